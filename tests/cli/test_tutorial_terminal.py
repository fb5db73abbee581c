"""The tutorial at a real terminal: read with an editor, on screens of two sizes; however it ends, nothing stays."""

import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pexpect
import pytest

import owncase
from owncase.cli.tutorial_story import LESSONS

pytestmark = pytest.mark.slow
SOURCE = Path(owncase.__file__).parent.parent
TAKE_ON = next(str(number) for number, lesson in enumerate(LESSONS, 1) if lesson.title.startswith("Somebody offers"))
CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
MARK = rf"\x1b\[\?2004h(?:{CODES.pattern})*you\$ "
"""The prompt, once the editor has the terminal: what is typed before that is not yet its own."""


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Start the tutorial on a terminal of this size."""
    started: list[Any] = []
    environ = {
        "HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "tmp"), "PATH": os.environ["PATH"], "TERM": "xterm",
        "PYTHONPATH": str(SOURCE), "PROMPT_TOOLKIT_NO_CPR": "1", "PYTHONUTF8": "1", "TZ": "UTC",
    }  # fmt: skip
    (tmp_path / "tmp").mkdir()

    def start(*words: str, size: tuple[int, int] = (24, 80), first: str = "", **more: str) -> Any:
        words = ("-m", "owncase", "tutorial", *words)
        child = pexpect.spawn(
            sys.executable, list(words), env=environ | more, dimensions=size, encoding="utf-8", timeout=60
        )
        started.append(child)
        child.delaybeforesend = None
        child.expect(f"(?s){first}.*?{MARK}")
        return child

    yield start
    for child in started:
        child.close(force=True)
    assert list((tmp_path / "tmp").iterdir()) == []
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.parametrize("size", [(24, 80), (50, 160)], ids=["80x24", "160x50"])
def test_the_whole_of_it_can_be_typed_and_each_step_fits_the_screen(
    terminal: Callable[..., Any], size: tuple[int, int]
) -> None:
    child = terminal(size=size, first=LESSONS[0].title)
    for lesson, following in pairwise((*LESSONS, None)):
        introduced = CODES.sub("", child.after).splitlines()
        assert len(introduced) <= size[0] - 8  # room for an answer
        assert all(len(line) < size[1] for line in introduced)
        for hint in lesson.hint:
            child.send(f"{hint}\r")
        child.expect(r"Enter goes on\.")
        child.expect(MARK)
        child.send("\r")
        if following:
            child.expect(f"(?s){re.escape(following.title)}.*?{MARK}")
    child.expect("That was all of it")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_ctrl_c_clears_the_line_and_a_second_one_leaves(terminal: Callable[..., Any]) -> None:
    child = terminal("--from", "3")
    child.send("note 2 no, that is wr")
    child.sendintr()
    child.expect(f"(?s)Ctrl-C again leaves.*?{MARK}")
    child.sendintr()
    child.expect("owncase tutorial --from 3")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_ctrl_c_interrupts_a_question_the_lesson_goes_on_and_ctrl_d_leaves(terminal: Callable[..., Any]) -> None:
    child = terminal("--from", TAKE_ON, NO_COLOR="1")
    child.send("ack 1\r")
    child.expect("y/n: ")
    child.sendintr()
    child.expect("interrupted")
    child.expect("Still to do")
    child.expect(MARK)
    child.send("ack 1\r")
    child.expect("y/n: ")
    child.send("y\r")
    child.expect(r"Next action, in your words \[Correct the invoice\]: ")
    child.send("\r")
    child.expect("Now case 1 is yours")
    child.expect(MARK)
    child.sendeof()
    child.expect(f"owncase tutorial --from {TAKE_ON}")
    child.expect(pexpect.EOF)


def test_a_terminal_that_is_closed_leaves_nothing_behind(terminal: Callable[..., Any]) -> None:
    child = terminal()
    child.kill(signal.SIGHUP)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 143
