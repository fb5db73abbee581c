"""A store with a story in it: people, a customer, a handoff, promises, notes, closings and a reopening."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
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


def tell(run: Run, lines: tuple[str, ...] = STORY) -> None:
    """Run command lines, as rob unless they say otherwise; `_` stands for a space in a word."""
    for line in lines:
        done = run(*(word.replace("_", " ") for word in line.split()), os_user="rob")
        assert done.exit == 0, (line, done)


@pytest.fixture
def store(tmp_path: Path, run: Run) -> Path:
    """The store of the story, which is the default store of `run`."""
    tell(run)
    return _path(tmp_path)


def _path(tmp_path: Path) -> Path:
    (found,) = (tmp_path / "home").rglob("*.db")
    return found


@pytest.fixture
def copy(store: Path, tmp_path: Path) -> Callable[[], Path]:
    """Make a copy of the store in a private folder of its own."""
    made: list[Path] = []

    def one_more() -> Path:
        folder = tmp_path / f"copy-{len(made)}"
        folder.mkdir(mode=0o700)
        made.append(folder / "cases.db")
        shutil.copyfile(store, made[-1])
        made[-1].chmod(0o600)
        return made[-1]

    return one_more
