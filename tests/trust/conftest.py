"""The team's store, met by many processes at once."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

Crowd = Callable[..., list[list[Any]]]
Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def store(team: Callable[..., Any], tmp_path: Path) -> Path:
    """The team's store, with case 1 of rob's for norfolk in it."""
    opened = team("open", "Devices damaged", "-c", "norfolk", "-n", "Call Pat", "-d", "+3d", "--keep")
    assert opened.exit == 0, opened
    return tmp_path / "team.db"


@pytest.fixture
def crowd(store: Path, tmp_path: Path) -> Crowd:
    """Let each `(os user, [command line, …])` be a process, all at once: `crowd(("rob", [["note", "1", "x"]]), …)`.

    Gives for each process a list with exit code, stdout and stderr of each line.
    """

    def at_once(*parts: tuple[str, list[list[str]]]) -> list[list[Any]]:
        home = tmp_path / "crowd"
        home.mkdir(exist_ok=True)
        members = [{"user": user, "lines": lines} for user, lines in parts]
        wish = json.dumps({"store": str(store), "home": str(home), "parts": members})
        script = str(Path(__file__).with_name("crowd.py"))
        done = subprocess.run([sys.executable, script], input=wish, capture_output=True, text=True, check=True)
        said: list[list[Any]] = json.loads(done.stdout)
        return said

    return at_once


@pytest.fixture
def ask(store: Path) -> Ask:
    """Ask the store by plain SQL: `ask("SELECT …", value, …)`."""

    def rows(sql: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute(sql, values).fetchall()

    return rows
