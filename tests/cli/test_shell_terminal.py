"""The warm prompt at a real terminal: Tab, Up, Ctrl-C, Ctrl-D, what is pasted, signals, and another size."""

import os
import pwd
import re
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

pexpect = pytest.importorskip("pexpect")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")

Ask = Callable[..., Any]
SIZES = pytest.mark.parametrize(("rows", "columns"), [(24, 80), (50, 160)])
OWNCASE = [sys.executable, "-m", "owncase", "shell"]
HOSTILE = "Fan \u200b[red]loud[/red]"
QUESTION = "What happens next? "
TAB, UP, ENTER, CTRL_C, CTRL_D, CTRL_Z = "\t", "\x1b[A", "\r", "\x03", "\x04", "\x1a"
PASTING = {"PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm", "NO_COLOR": "1"}
"""A terminal in which the editor asks for marks around what is pasted, and takes that back while a command runs."""
ANSWER = re.compile(r"\x1b\[\?2004l(.*?)\x1b\[\?2004h(.*)", re.DOTALL)
FORWARD = re.compile(r"\x1b\[(\d*)C")
CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def plain(text: str) -> str:
    """What is on the screen, without colours and moves; the editor writes a last blank as a move forward."""
    return CODES.sub("", FORWARD.sub(lambda move: " " * int(move[1] or 1), text))


class Shell:
    """A shell at a terminal of its own."""

    def __init__(self, child: Any) -> None:
        self.child = child
        self.seen = ""

    def type(self, *keys: str) -> None:
        for key in keys:
            self.child.send(key)

    def sees(self, text: str) -> str:
        """Wait until a text is on the screen, and give what came before it, without colours and moves."""
        shown = plain(self.seen)
        while text not in shown:
            self.child.expect(r".+")
            self.seen += self.child.before + self.child.after
            shown = plain(self.seen)
        before, _, _ = shown.partition(text)
        self.seen = ""
        return before

    def answers(self, line: str, prompt: str, key: str = ENTER) -> str:
        """What a line prints before the next prompt."""
        self.seen = ""
        self.type(line, key)
        while not (found := ANSWER.search(self.seen)) or prompt not in plain(found[2]):
            self.child.expect(r".+")
            self.seen += self.child.before + self.child.after
        self.seen = ""
        return plain(found[1])

    def ended(self) -> int:
        self.child.expect(pexpect.EOF)
        self.child.wait()
        code: int = self.child.exitstatus
        return code


@pytest.fixture
def shell(run: Ask, clock: Any, tmp_path: Path) -> Iterator[Ask]:
    """Start a shell: `shell(rows=24, columns=80)`; rob has two cases for acme there."""
    clock.at = datetime.now(UTC)
    user = pwd.getpwuid(os.getuid()).pw_name
    run("init", "--me", "rob", "--name", "Rob Hale", "--zone", "Europe/Berlin", os_user=user)
    run("person", "add", "dana", "--name", "Dana Cole", os_user=user)
    run("customer", "add", "acme", "--name", "Acme Tools", os_user=user)
    for title in ("Disks damaged", HOSTILE):
        assert run("open", title, "-c", "acme", "-n", "Look", "-d", "+2d", os_user=user).exit == 0
    started: list[Any] = []

    def start(*words: str, rows: int = 24, columns: int = 80, through: str | None = None) -> Shell:
        kept = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LANG": "C.UTF-8"}
        line = ["bash", "--norc", "--noprofile", "-i"] if through else [*OWNCASE, *words]
        child = pexpect.spawn(
            line[0], line[1:],
            env={**kept, **PASTING, "HOME": str(tmp_path / "home")},
            dimensions=(rows, columns), encoding="utf-8", timeout=60,
        )  # fmt: skip
        child.delaybeforesend = None
        started.append(child)
        if through:
            child.sendline(through)
        made = Shell(child)
        made.sees("rob> ")
        return made

    yield start
    for child in started:
        child.close(force=True)


@SIZES
def test_commands_are_answered_at_the_prompt(shell: Ask, rows: int, columns: int) -> None:
    at = shell(rows=rows, columns=columns)
    assert "Disks damaged" in at.answers("show 1", "rob> ")
    assert "Rob Hale" in at.answers("owncase who rob", "rob> ")
    at.type("exit", ENTER)
    assert at.ended() == 0


def test_the_prompt_shows_the_code_of_a_line_that_failed_until_one_succeeds(shell: Ask) -> None:
    at = shell()
    assert "there is no case 99" in at.answers("show 99", "rob 66> ")
    at.answers("handoff 1 --to rob", "rob 3> ")
    at.answers("who rob", "rob> ")


def test_the_prompt_says_what_waits(shell: Ask) -> None:
    at = shell()
    at.answers("open Mine -c acme -n Look -d +2d --as dana", "rob · 1 to ack> ")
    at.answers("ack 3 -n Call", "rob> ")


def test_an_apostrophe_needs_no_escaping(shell: Ask) -> None:
    at = shell()
    at.answers("note 1 Pat's photo isn't here", "rob> ")
    assert "Pat's photo isn't here" in at.answers("show 1", "rob> ")


def test_an_open_quote_is_said_and_the_line_can_be_mended(shell: Ask) -> None:
    at = shell()
    assert 'a " is not closed' in at.answers('note 1 "Call Pat', "rob 2> ")
    at.type(UP)
    at.sees('note 1 "Call Pat')
    at.answers('"', "rob> ")
    assert "Call Pat" in at.answers("show 1", "rob> ")


@SIZES
def test_tab_completes_commands_cases_and_options(shell: Ask, rows: int, columns: int) -> None:
    at = shell(rows=rows, columns=columns)
    at.type("sho", TAB)
    at.sees("show ")
    at.type(TAB)
    menu = at.sees("Disks damaged")
    assert "[red]loud[/red]" in menu
    assert "\u200b" not in menu
    assert "<U+200B>" in menu
    at.answers("", "rob> ", CTRL_C)
    at.type("handoff 1 --to d", TAB)
    at.sees("dana ")
    at.type("--ans", TAB)
    at.sees("--answer-by ")


@SIZES
def test_up_brings_back_lines_also_those_of_an_earlier_session(
    shell: Ask, tmp_path: Path, rows: int, columns: int
) -> None:
    first = shell(rows=rows, columns=columns)
    first.answers("show 1", "rob> ")
    first.answers(" who dana", "rob> ")
    first.answers("who rob", "rob> ")
    first.type(CTRL_D)
    assert first.ended() == 0
    second = shell(rows=rows, columns=columns)
    second.type(UP)
    second.sees("who rob")
    second.type(UP)
    assert "Disks damaged" in second.answers("", "rob> ")
    (kept,) = (tmp_path / "home" / ".local" / "state" / "owncase" / "lines").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700
    assert kept.read_text() == "show 1\nwho rob\nshow 1\n"


def test_ctrl_c_clears_the_line_and_ctrl_d_leaves(shell: Ask) -> None:
    at = shell()
    at.answers("note 1 nothing of this", "rob> ", CTRL_C)
    assert "nothing of this" not in at.answers("show 1", "rob> ")
    at.type(CTRL_D)
    assert at.ended() == 0


def test_ctrl_c_interrupts_the_command_and_stays(shell: Ask) -> None:
    at = shell()
    at.type("done 1 -d +2d", ENTER)
    at.sees(QUESTION)
    at.type("half a tho")
    at.sees("half a tho")
    at.type(CTRL_C)
    assert "interrupted — nothing was changed" in at.sees("rob 130> ")
    assert "half a tho" not in at.answers("show 1", "rob> ")


def test_a_question_is_asked_inside_the_shell(shell: Ask) -> None:
    at = shell()
    at.type("done 1 -d +2d", ENTER)
    at.sees(QUESTION)
    at.type("Call Pat", ENTER)
    at.sees("rob> ")
    assert "Call Pat" in at.answers("show 1", "rob> ")


def test_what_is_pasted_becomes_one_line_and_runs_nothing(shell: Ask) -> None:
    at = shell()
    at.type("\x1b[200~note 1 first line\r\nvoid 1 --reason spam\n\x1b[201~")
    at.sees("void 1 --reason spam")
    at.answers("", "rob> ", CTRL_C)
    assert "first line" not in at.answers("show 1", "rob> ")


def test_a_request_to_end_ends_it(shell: Ask) -> None:
    at = shell()
    os.kill(at.child.pid, signal.SIGTERM)
    assert at.ended() == 143


def test_a_request_to_end_a_command_ends_the_shell(shell: Ask) -> None:
    at = shell()
    at.type("done 1 -d +2d", ENTER)
    at.sees(QUESTION)
    os.kill(at.child.pid, signal.SIGTERM)
    assert at.ended() == 143


def test_another_size_is_noticed(shell: Ask) -> None:
    at = shell(columns=160)
    at.child.setwinsize(24, 60)
    at.sees("rob> ")
    shown = at.answers("list", "rob> ")
    assert max(len(line.rstrip()) for line in shown.splitlines()[1:]) <= 60


def test_it_can_be_stopped_and_continued(shell: Ask) -> None:
    at = shell(through=f"PS1='ready'\\ ; {' '.join(OWNCASE)}")
    at.type("who ro", CTRL_Z)
    assert "Stopped" in at.sees("ready ")
    at.type("fg", ENTER)
    at.sees("who ro")
    assert "Rob Hale" in at.answers("b", "rob> ")
