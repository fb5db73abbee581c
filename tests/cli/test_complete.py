"""The Tab key offers commands, handles, customers and cases, and never an error."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from owncase import bootstrap
from owncase.actions.add_person import add_person
from owncase.actions.make_store import make_store
from owncase.bootstrap import World


def candidates(line: str) -> list[str]:
    """What bash is offered at the end of a line."""
    asked = {"_OWNCASE_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    done = subprocess.run(
        [sys.executable, "-m", "owncase"], env={**os.environ, **asked}, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.fixture
def store(world: Callable[..., World], tmp_path: Path) -> Path:
    """A store with Ada and Dana."""
    here = world()
    path = tmp_path / "store.db"
    desk = bootstrap.desk(here, bootstrap.settings(here), store=str(path))
    make_store(desk, {"handle": "ada", "name": "Ada", "zone": "UTC"})
    add_person(desk, {"handle": "dana", "name": "Dana"})
    return path


def test_verbs_and_their_verbs_are_offered() -> None:
    assert candidates("owncase re") == ["replan", "reopen", "report"]
    assert candidates("owncase config ") == ["get", "set", "list", "path"]


def test_options_of_the_command_and_those_that_stand_everywhere_are_offered() -> None:
    assert {"--json", "--store", "--as"} <= set(candidates("owncase config get --"))


@pytest.mark.parametrize("line", ["owncase --store {} --as d", "owncase config get --store {} --as d"])
def test_handles_come_from_the_store_that_the_line_names(line: str, store: Path) -> None:
    assert candidates(line.format(store)) == ["dana"]


def test_a_store_that_is_missing_or_no_store_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no store")
    assert candidates("owncase --as d") == []
    assert candidates(f"owncase --store {tmp_path / 'text.db'} --as d") == []


def test_a_store_on_another_machine_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ssh = tmp_path / "bin" / "ssh"
    ssh.parent.mkdir()
    ssh.write_text(f"#!/bin/sh\ntouch {tmp_path / 'asked'}\n")
    ssh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{ssh.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("OWNCASE_STORE", "ssh://desk.example")
    assert candidates("owncase --as d") == candidates("owncase ack ") == candidates("owncase who n") == []
    assert candidates("owncase --store ssh://desk.example/x --as d") == []
    assert candidates("owncase re") == ["replan", "reopen", "report"]
    assert not (tmp_path / "asked").exists()
