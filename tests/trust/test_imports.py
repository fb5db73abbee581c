"""An import of cases doubles nothing and loses nothing: at once with others, killed half way, or past the program."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from owncase.store.check import check

CASES = 35
IMPORT = ("--new-customers", "--yes")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of cases for customers of whom half are new."""
    lines = [f"T-{number},Order {number},Client {number % 5},dana,Call them,2026-11-27" for number in range(CASES)]
    path = tmp_path / "old.csv"
    path.write_text("\n".join(["external,title,customer,owner,next,due", *lines, ""]), "utf-8")
    return path


@pytest.mark.slow
def test_four_imports_of_one_file_at_once_bring_each_case_once(
    crowd: Callable[..., Any], ask: Callable[..., Any], store: Path, file: Path
) -> None:
    said = crowd(*(("rob", [["import", "cases", str(file), *IMPORT]]) for _ in range(4)))
    assert [line[0] for (line,) in said] == [0] * 4, said
    assert sum(f"{CASES} new" in line[2] for (line,) in said) == 1
    assert ask("SELECT count(*), count(DISTINCT external) FROM cases WHERE source = 'old'") == [(CASES, CASES)]
    assert ask("SELECT count(*) FROM customer WHERE name GLOB 'Client *'") == [(5,)]
    assert ask("SELECT count(*) FROM handoff WHERE state = 'offered'") == [(CASES,)]
    assert check(store).found == []


@pytest.mark.slow
def test_an_import_killed_at_any_layer_is_finished_by_running_it_again(
    team: Callable[..., Any], ask: Callable[..., Any], store: Path, file: Path, tmp_path: Path
) -> None:
    script, head = str(Path(__file__).with_name("import_killed.py")), ask("SELECT max(seq) FROM event")
    for layer, whole_batches in ((6, 0), (11, 1)):
        words = [sys.executable, script, str(store), str(tmp_path / "killed"), str(file), str(layer)]
        assert subprocess.run(words, check=False).returncode == -signal.SIGKILL
        assert ask("SELECT count(*) FROM cases WHERE source = 'old'") == [(10 * whole_batches,)]
        assert check(store).found == []
    assert ask("SELECT max(seq) FROM event") > head
    done = team("import", "cases", str(file), *IMPORT)
    assert f"{CASES} rows: 25 new, 10 already present; done" in done.stderr, done
    assert ask("SELECT count(*), count(DISTINCT external) FROM cases WHERE source = 'old'") == [(CASES, CASES)]
    assert check(store).found == []


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT OR REPLACE INTO cases SELECT * FROM cases WHERE number = 2",
        "REPLACE INTO handoff SELECT * FROM handoff WHERE case_number = 2",
        "UPDATE OR REPLACE cases SET owner = 4 WHERE number = 2",
        "UPDATE cases SET digest = 'other', version = version + 1 WHERE number = 2",
        "UPDATE cases SET claimed = 1, version = version + 1 WHERE number = 2",
        "UPDATE OR REPLACE cases SET external = 'T-1' WHERE number = 2",
        "UPDATE handoff SET state = 'acknowledged', answered_by = taker, answered_at = '' WHERE case_number = 2",
        "UPDATE event SET intent = replace(intent, 'T-0', 'T-9') WHERE case_number = 2",
        "DELETE FROM handoff WHERE case_number = 2",
    ],
)
def test_past_the_program_an_imported_case_moves_no_more_than_any_other(
    team: Callable[..., Any], store: Path, file: Path, sql: str
) -> None:
    assert team("import", "cases", str(file), *IMPORT).exit == 0
    with closing(sqlite3.connect(store)) as connection, pytest.raises(sqlite3.IntegrityError, match="rule"):
        connection.execute(sql)
    assert check(store).found == []


def test_an_export_brings_imported_cases_back(
    team: Callable[..., Any], store: Path, file: Path, tmp_path: Path, run: Callable[..., Any]
) -> None:
    assert team("import", "cases", str(file), *IMPORT).exit == 0
    kept = tmp_path / "kept.jsonl"
    assert team("export", str(kept)).exit == 0
    again = ("--store", str(tmp_path / "again.db"), "init", "--from", str(kept))
    assert run(*again, os_user="rob").exit == 0
    assert check(tmp_path / "again.db").found == []
