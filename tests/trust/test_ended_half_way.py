"""A writer ended at any moment says truly whether it wrote; the next one repeats what may not have been said."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from owncase.store.check import check

SEED = 20261123
SAYS_NOTHING = {
    "SIGTERM": (143, "owncase: terminated — nothing was changed\n"),
    "SIGINT": (130, "owncase: interrupted — nothing was changed\n"),
}


@pytest.fixture
def store(team: Callable[..., Any], tmp_path: Path) -> Path:
    """The team's store, with case 1 of rob's for norfolk in it."""
    opened = team("open", "Devices damaged", "-c", "norfolk", "-n", "Call Pat", "-d", "+3d", "--keep")
    assert opened.exit == 0, opened
    return tmp_path / "team.db"


def lives_of(store: Path, home: Path, ending: str, times: int) -> list[list[Any]]:
    """What each of so many writers reported before it was ended by this signal."""
    wish = {"store": str(store), "home": str(home), "seed": SEED, "times": times, "signal": ending}
    script = str(Path(__file__).with_name("interrupted.py"))
    done = subprocess.run([sys.executable, script], input=json.dumps(wish), capture_output=True, text=True, check=True)
    lives: list[list[Any]] = json.loads(done.stdout)
    return lives


def kept_in(store: Path) -> list[str]:
    """The request ids of the notes in a store, in the order of history; each has its text, and no other has."""
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as connection:
        requests = connection.execute("SELECT request FROM event WHERE request GLOB 'r*' ORDER BY seq").fetchall()
        texts = connection.execute("SELECT body FROM text WHERE body GLOB 'note r*' ORDER BY id").fetchall()
    assert [f"note {request}" for (request,) in requests] == [body for (body,) in texts]
    return [request for (request,) in requests]


def test_killed_writers_lose_and_double_nothing(store: Path, tmp_path: Path) -> None:
    lives = lives_of(store, tmp_path, "SIGKILL", 30)
    assert [report for life in lives for report in life if report[1]] == []
    acknowledged = [request for life in lives for request, _, _ in life]
    assert acknowledged == [f"r{number}" for number in range(len(acknowledged))]
    assert len(acknowledged) > 15
    assert check(store).found == []
    assert kept_in(store) in (acknowledged, [*acknowledged, f"r{len(acknowledged)}"])


@pytest.mark.parametrize("ending", SAYS_NOTHING)
def test_a_writer_that_is_asked_to_end_says_truly_whether_it_wrote(store: Path, tmp_path: Path, ending: str) -> None:
    lives = lives_of(store, tmp_path, ending, 15)
    last = [life[-1] for life in lives if life and life[-1][1]]
    code, nothing = SAYS_NOTHING[ending]
    assert len(last) > 5
    assert [report for report in last if report[1] != code] == []
    kept = kept_in(store)
    assert [report for report in last if report[2] != nothing and "the change is saved" not in report[2]] == []
    assert {request for request, _, said in last if said != nothing} <= set(kept)
    assert len(kept) == len(set(kept))
    assert check(store).found == []
