"""`init` makes a store where nothing is, and registers who made it; it never touches what is there."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
ME = ("init", "--me", "ada", "--name", "Ada Byron")


def test_a_new_store_knows_its_founder_by_login_and_local_zone(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "team" / "store.db"
    code, stdout, _ = run("--store", str(path), *ME, "--json", "--hours", "mon-thu 8-16")
    assert code == 0
    assert json.loads(stdout) == {
        "store": str(path),
        "handle": "ada",
        "name": "Ada Byron",
        "login": "ada",
        "zone": "UTC",
        "hours": "mon-thu 08:00-16:00",
    }
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    listed = json.loads(run("--store", str(path), "person", "list", "--json").stdout)
    assert [(row["handle"], row["login"], row["active"], row["founder"]) for row in listed] == [
        ("ada", "ada", True, True)
    ]


def test_a_second_init_is_refused_and_changes_nothing(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    assert run("--store", str(path), *ME).exit == 0
    before = path.read_bytes()
    code, stdout, stderr = run("--store", str(path), *ME)
    assert (code, stdout) == (73, "")
    assert "exists already" in stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize("what", ["file", "empty", "folder", "fifo", "dangling"])
def test_whatever_stands_there_is_left_alone(run: Run, tmp_path: Path, what: str) -> None:
    path = tmp_path / "store.db"
    make: dict[str, Callable[[], object]] = {
        "file": lambda: path.write_text("mine"),
        "empty": path.touch,
        "folder": path.mkdir,
        "fifo": lambda: os.mkfifo(path),
        "dangling": lambda: path.symlink_to(tmp_path / "nowhere"),
    }
    make[what]()
    assert run("--store", str(path), *ME).exit == 73
    assert run("--store", "/dev/null", *ME).exit == 73
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("words", [("person", "list"), ("customer", "list"), ("person", "add", "bob", "--name", "Bob")])
def test_nothing_but_init_makes_a_store(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    path = tmp_path / "typo.db"
    code, _, stderr = run("--store", str(path), *words)
    assert code == 66
    assert "owncase init" in stderr
    assert not path.exists()


def test_without_a_terminal_a_missing_name_is_a_usage_problem(run: Run) -> None:
    code, _, stderr = run("init", "--me", "ada")
    assert code == 2
    assert "--name" in stderr
    assert run("init", "--me", "ada", "--name", "Ada").exit == 0


def test_on_a_terminal_handle_and_name_are_asked_for_and_the_next_commands_told(run: Run) -> None:
    code, _, stderr = run("init", terminal=True, stdin="\nAda Byron\n")
    assert code == 0
    assert "your handle [ada]: " in stderr
    assert "owncase person add" in stderr
    assert json.loads(run("person", "show", "ada", "--json").stdout)["name"] == "Ada Byron"


@pytest.mark.parametrize(
    "wrong",
    [("--me", "Ada"), ("--me", "42"), ("--name", "  "), ("--zone", "Mars/Base"), ("--hours", "always")],
)
def test_a_malformed_detail_makes_no_store(run: Run, tmp_path: Path, wrong: tuple[str, str]) -> None:
    path = tmp_path / "store.db"
    said = {"--me": "ada", "--name": "Ada", wrong[0]: wrong[1]}
    assert run("--store", str(path), "init", *(word for pair in said.items() for word in pair)).exit == 65
    assert not path.exists()
