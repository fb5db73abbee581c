"""Desks of the team, for what is called without a command line."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from owncase import bootstrap
from owncase.bootstrap import World
from owncase.desk import Desk


@pytest.fixture
def desk(world: Callable[..., World], team_store: Path, tmp_path: Path) -> Callable[..., Desk]:
    """The desk of a person at a copy of the team's store: `desk("dana")`."""
    store = tmp_path / "team.db"
    shutil.copyfile(team_store, store)
    store.chmod(0o600)

    def sit(handle: str = "rob") -> Desk:
        at = world(os_user="rob" if handle == "carol" else handle)
        acting = "carol" if handle == "carol" else None
        return bootstrap.desk(at, bootstrap.settings(at), store=str(store), acting=acting)

    return sit
