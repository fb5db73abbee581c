"""Who acts: the person with the OS user's login, or somebody who has no login and is acted for by name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from owncase import bootstrap
from owncase.actions.add_person import add_person
from owncase.actions.make_store import make_store
from owncase.bootstrap import World
from owncase.desk import Desk
from owncase.errors import NotFound, NotPermitted


@pytest.fixture
def desk(world: Callable[..., World], tmp_path: Path) -> Callable[..., Desk]:
    """A desk at a store with Ada (login ada, Berlin), who made it, Dana (login dana) and Rob (no login)."""

    def at(os_user: str = "ada", acting: str | None = None) -> Desk:
        here = world(os_user=os_user)
        return bootstrap.desk(here, bootstrap.settings(here), store=str(tmp_path / "store.db"), acting=acting)

    make_store(at(), {"handle": "ada", "name": "Ada", "zone": "Europe/Berlin"})
    add_person(at(), {"handle": "dana", "name": "Dana", "login": "dana"})
    add_person(at(), {"handle": "rob", "name": "Rob"})
    return at


def test_the_login_says_who_acts(desk: Callable[..., Desk]) -> None:
    me = desk("ada").me
    assert (me.handle, me.typed_by, me.claimed) == ("ada", "ada", False)
    assert desk("ada").zone == "Europe/Berlin"


def test_acting_for_somebody_without_a_login_is_claimed(desk: Callable[..., Desk]) -> None:
    me = desk("eve", acting="rob").me
    assert (me.handle, me.typed_by, me.claimed) == ("rob", "eve", True)


def test_somebody_with_a_login_acts_only_as_that_os_user(desk: Callable[..., Desk]) -> None:
    with pytest.raises(NotPermitted, match="only by the OS user dana, and you are ada"):
        _ = desk("ada", acting="dana").me
    assert desk("dana", acting="dana").me.claimed is False


def test_a_handle_that_nobody_has_is_answered_with_the_nearest(desk: Callable[..., Desk]) -> None:
    with pytest.raises(NotFound) as refusal:
        _ = desk("ada", acting="dnaa").me
    assert "dana" in (refusal.value.fix or "")


def test_reading_needs_no_person_and_writing_does(desk: Callable[..., Desk]) -> None:
    stranger = desk("mallory")
    assert stranger.zone == "UTC"
    assert len(stranger.reader.rows("SELECT handle FROM person_view")) == 3
    with pytest.raises(NotFound, match="no person here has the login mallory"):
        _ = stranger.me
