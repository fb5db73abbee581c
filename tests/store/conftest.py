"""A store with a story in it: people, a customer, a handoff, promises, notes, closings and a reopening."""

import io
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from owncase.bootstrap import World
from owncase.cli.main import run as run_in

Run = Callable[..., Any]
START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
STORY = (
    "init --me rob --name Rob --zone UTC",
    "person add dana --name Dana",
    "person add carol --name Carol --email carol@example.com",
    "customer add norfolk --name Norfolk --second dana",
    "open Storage_devices -c norfolk -n Call_Pat -d 2026-11-27 --promise New_drives --by 2026-11-30",
    "note 1 Pat_is_away_until_ten --as dana",
    "seen 1",
    "handoff 1 --to dana --note She_knows_Pat",
    "ack 1 --take 1 -n Drive_there -d 2026-11-26 --as dana",
    "promise keep 1.1 --confirmed-by Pat --as dana",
    "close 1 --outcome Drives_replaced --to carol --confirmed-by Pat --as dana",
    "ack 1 --as carol",
    "reopen 1 --because One_is_broken_again -n Call_Pat -d 2026-11-27 --as carol",
    "customer handoff norfolk --to carol",
    "ack norfolk --as carol",
    "open Invoice -c norfolk -n Ask_finance -d 2026-11-27 --keep --promise An_answer --by 2026-11-28 --as dana",
    "replan 2 -n Ask_again -d 2026-11-27 --because Nobody_was_there --as dana",
    "handoff 2 --to rob --as dana",
    "config set require-login false",
)


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the story, made once; `_` stands for a space in a word."""
    home = tmp_path_factory.mktemp("told")
    moments = count()
    for line in STORY:
        streams = (io.StringIO(), io.StringIO(), io.StringIO())
        world = World({"HOME": str(home)}, home, "rob", lambda: START + timedelta(seconds=next(moments)), lambda: "UTC",
                      *streams)  # fmt: skip
        assert run_in([word.replace("_", " ") for word in line.split()], world) == 0, (line, streams[2].getvalue())
    (found,) = home.rglob("*.db")
    return found


@pytest.fixture
def store(told: Path, tmp_path: Path) -> Path:
    """A copy of it, where `run` finds its store."""
    home = next(folder for folder in told.parents if folder.name.startswith("told"))
    where = tmp_path / "home" / told.relative_to(home)
    where.parent.mkdir(mode=0o700, parents=True)
    shutil.copyfile(told, where)
    where.chmod(0o600)
    return where


@pytest.fixture
def copy(told: Path, tmp_path: Path) -> Callable[[], Path]:
    """Make a copy of the store in a private folder of its own."""
    made: list[Path] = []

    def one_more() -> Path:
        folder = tmp_path / f"copy-{len(made)}"
        folder.mkdir(mode=0o700)
        made.append(folder / "cases.db")
        shutil.copyfile(told, made[-1])
        made[-1].chmod(0o600)
        return made[-1]

    return one_more
