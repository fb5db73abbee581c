"""The demo tells one story by really running it, leaves nothing behind, and fails if any step goes otherwise."""

import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from owncase.cli import demo
from owncase.cli.demo_story import Chapter
from owncase.cli.played import Sql, Step
from owncase.render.stage import command_line

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def _own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))


def test_the_whole_story_goes_as_told_and_leaves_nothing_behind(run: Run, tmp_path: Path) -> None:
    code, stdout, stderr = run("demo")
    assert (code, stderr) == (0, "")
    assert "\x1b" not in stdout
    for told in (
        "carol cannot answer for dana — ask dana to run: owncase ack 1",
        "NOT closed yet: offered to carol",
        "sqlite> UPDATE cases SET status = 'closed' WHERE number = 1",
        "Error: rules 2 and 4",
        "closed by dana, next owner carol",
        "1 promise, 1 not told",
        "answered on the spot",
    ):
        assert told in stdout
    owners = re.findall(r"^  Owner +(\w+)", stdout, re.MULTILINE)
    assert owners[:3] == ["dana", "rob", "dana"]
    assert "sound" in stdout
    assert list((tmp_path / "tmp").iterdir()) == []
    assert list((tmp_path / "home").iterdir()) == []


def test_each_act_fits_on_a_screen(run: Run) -> None:
    acts = re.split(r"\n(?=[^\n]+\n─+\n)", run("demo").stdout)
    assert max(act.count("\n") for act in acts) <= A_SCREEN


A_SCREEN = 40


def test_on_a_terminal_it_is_coloured_unless_unwanted(run: Run) -> None:
    assert "\x1b[" in run("demo", terminal=True, environ={"TERM": "xterm"}).stdout
    assert "\x1b" not in run("demo", terminal=True, environ={"TERM": "xterm", "NO_COLOR": "1"}).stdout


@pytest.mark.parametrize(
    "step",
    [
        Step("2026-11-16T08:00-05:00", "carol", ("person", "list")),
        Step("2026-11-16T08:00-05:00", "carol", ("init", "--me", "carol", "--name", "Carol"), 3),
    ],
)
def test_a_step_that_ends_otherwise_fails_the_demo(run: Run, monkeypatch: pytest.MonkeyPatch, step: Step) -> None:
    monkeypatch.setattr(demo, "STORY", (Chapter("One", "Words.", (step,)),))
    code, _, stderr = run("demo")
    assert code == 70
    assert "stumbled" in stderr


def test_a_statement_that_the_database_lets_through_fails_the_demo(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "STORY", (Chapter("One", "Words.", (Sql("2026-11-16T08:00-05:00", "x", "SELECT 1"),)),))
    assert run("demo").exit == 70


def test_a_long_command_line_is_broken_at_its_flags_and_can_be_pasted() -> None:
    words = ("owncase", "open", "A title of some length", "-c", "norfolk", "-n", "Call Pat", "-d", "fri 15:00")
    shown = command_line(words, 46)
    assert shown == "owncase open 'A title of some length' \\\n    -c norfolk -n 'Call Pat' -d 'fri 15:00'"
    assert command_line(words, 200).count("\n") == 0
