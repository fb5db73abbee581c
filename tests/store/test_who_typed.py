"""Who typed an event is checked again under the lock, so that no write in good faith makes a store that is unsound."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from owncase import bootstrap
from owncase.actions.note import note
from owncase.bootstrap import World
from owncase.errors import Busy
from owncase.store.check import check


@pytest.mark.parametrize(("by", "code"), [("rob", 0), ("dana", 0), ("carol", 0), ("eve", 66)])
def test_tables_are_made_anew_by_somebody_of_the_team(
    team: Callable[..., Any], tmp_path: Path, by: str, code: int
) -> None:
    assert team("store", "upgrade", "--rebuild", by=by).exit == code
    assert check(tmp_path / "team.db").found == []


def test_nobody_makes_tables_anew_in_the_name_of_another(team: Callable[..., Any], tmp_path: Path) -> None:
    assert team("store", "upgrade", "--rebuild", "--as", "dana").exit == 77
    assert check(tmp_path / "team.db").found == []


def test_a_login_that_came_while_a_write_waited_is_noticed(team: Callable[..., Any], tmp_path: Path) -> None:
    team("open", "Devices", "-c", "norfolk", "-n", "Call", "-d", "+1d", "--keep")
    streams = (io.StringIO(), io.StringIO(), io.StringIO())
    clock = lambda: datetime(2026, 11, 23, 12, tzinfo=UTC)  # noqa: E731
    world = World({"HOME": str(tmp_path)}, tmp_path, "rob", clock, lambda: "UTC", *streams)
    desk = bootstrap.desk(world, bootstrap.settings(world), store=str(tmp_path / "team.db"), acting="carol")
    assert desk.me.claimed  # asked before the lock is held
    assert team("person", "edit", "carol", "--login", "carol").exit == 0
    with pytest.raises(Busy, match="carol"):
        note(desk, 1, "Typed by rob")
    assert check(tmp_path / "team.db").found == []
