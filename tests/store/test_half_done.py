"""What a killed writer left half done stands in nobody's way: whoever may write rolls it back, and others are told."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from owncase.store.connection import connect

BREAK_OFF = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("PRAGMA cache_spill = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("CREATE TABLE half_done AS SELECT hex(randomblob(400)) AS junk FROM event, event, event LIMIT 500")
os._exit(9)
"""


@pytest.fixture
def half_done(team: Callable[..., Any], tmp_path: Path) -> Path:
    """The team's store as a writer left it who was killed after some pages had reached the file."""
    store = tmp_path / "team.db"
    subprocess.run([sys.executable, "-c", BREAK_OFF, str(store)], check=False)
    assert store.with_name("team.db-journal").stat().st_size > 0
    return store


def test_reading_goes_on_after_a_writer_was_killed(half_done: Path, team: Callable[..., Any]) -> None:
    assert team("person", "list").exit == 0
    assert not half_done.with_name("team.db-journal").exists()
    assert team("store", "check").exit == 0


def test_writing_goes_on_after_a_writer_was_killed(half_done: Path, team: Callable[..., Any]) -> None:
    assert team("open", "Devices", "-c", "norfolk", "-n", "Call", "-d", "+1d", "--request-id", "a").exit == 0
    assert team("store", "check").exit == 0


def test_who_may_only_read_is_told_that_a_writer_crashed(
    half_done: Path, team: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anything
    done = team("person", "list")
    assert done.exit == 77
    assert "a writer crashed" in done.stderr


def test_nothing_of_the_half_done_is_ever_read(half_done: Path) -> None:
    with closing(connect(half_done, readonly=True)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    assert "half_done" not in tables
    with closing(sqlite3.connect(half_done)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
