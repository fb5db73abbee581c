"""A walk at a real terminal: single keys without Enter, and the terminal is put back however the walk ends."""

import os
import pwd
import signal
import sys
import termios
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

pexpect = pytest.importorskip("pexpect")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")

Ask = Callable[..., Any]
KEYS = r"\[\?\]: $"
HOSTILE = "[q]uit \u200b [bold]x[/bold]"


@pytest.fixture
def terminal(run: Ask, clock: Any, tmp_path: Path) -> Iterator[Ask]:
    """Start a program at a terminal: `terminal("next", "--walk", rows=24, columns=80)`; three cases wait there."""
    clock.at = datetime.now(UTC)
    user = pwd.getpwuid(os.getuid()).pw_name
    run("init", "--me", "rob", "--name", "Rob Hale", "--zone", "Europe/Berlin", os_user=user)
    run("person", "add", "dana", "--name", "Dana Cole", os_user=user)
    run("customer", "add", "acme", "--name", "Acme Tools", "--second", "dana", os_user=user)
    for title in ("Disks damaged", HOSTILE, "Fan is loud"):
        done = run("open", title, "-c", "acme", "-n", "Look", "-d", "+2d", "--as", "dana", os_user=user)
        assert done.exit == 0, done.stderr
    started = []

    def start(*words: str, rows: int = 24, columns: int = 80, program: list[str] | None = None) -> Any:
        kept = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LANG": "C.UTF-8"}
        line = program or [sys.executable, "-m", "owncase", *words]
        child = pexpect.spawn(
            line[0], line[1:], env={**kept, "HOME": str(tmp_path / "home"), "TERM": "xterm", "NO_COLOR": "1"},
            dimensions=(rows, columns), encoding="utf-8", timeout=60,
        )  # fmt: skip
        child.delaybeforesend = None
        started.append(child)
        return child

    yield start
    for child in started:
        child.close(force=True)


def modes(child: Any) -> list[Any]:
    """How the terminal treats what is typed."""
    return termios.tcgetattr(child.child_fd)[:4]


def is_raw(child: Any) -> bool:
    return not modes(child)[3] & (termios.ICANON | termios.ECHO)


def ended(child: Any) -> int:
    child.expect(pexpect.EOF)
    child.wait()
    code: int = child.exitstatus
    return code


@pytest.mark.parametrize(("rows", "columns", "rule"), [(24, 80, 80), (50, 160, 110)])
def test_single_keys_walk_on_a_small_and_on_a_large_screen(terminal: Ask, rows: int, columns: int, rule: int) -> None:
    child = terminal("inbox", "--walk", rows=rows, columns=columns)
    before = modes(child)
    child.expect(KEYS)
    lines = child.before.splitlines()
    assert "1 of 3" in child.before
    assert len(lines) < rows
    assert child.before.count("─") + len(" To acknowledge  1 of 3 ") == rule
    assert is_raw(child)
    child.send("s")
    child.expect("2 of 3")
    child.expect(KEYS)
    child.send("\x1b[C")
    child.expect("none of the keys")
    child.expect(KEYS)
    child.send("\x1c")
    child.expect("none of the keys")
    child.expect(KEYS)
    child.send("ssss")
    child.expect("none of the keys")
    child.expect(KEYS)
    child.send("a")
    child.expect("in your words .*: ")
    assert not is_raw(child)
    child.sendline("Ask Pat")
    child.expect("acme · rob · Ask Pat")
    child.expect("3 of 3")
    child.expect(KEYS)
    child.send("q")
    assert ended(child) == 0
    assert child.before.strip().endswith("2 looked at: 1 acknowledged, 1 skipped; 1 left")
    assert modes(child) == before


def test_ctrl_c_at_the_keys_ends_it_and_the_next_walk_resumes(terminal: Ask) -> None:
    child = terminal("next", "--walk")
    before = modes(child)
    child.expect(KEYS)
    child.send("s")
    child.expect("2 of 3")
    child.expect(KEYS)
    child.sendintr()
    assert ended(child) == 130
    assert "1 looked at: 1 skipped; 2 left" in child.before
    assert modes(child) == before
    child = terminal("next", "--walk")
    child.expect("resuming: 1 passed already")
    child.expect("2 of 3")
    child.expect(KEYS)
    child.sendeof()
    assert ended(child) == 0


def test_ctrl_c_and_ctrl_d_at_a_question_only_take_the_key_back(terminal: Ask) -> None:
    child = terminal("next", "--walk")
    child.expect(KEYS)
    for back in (child.sendintr, child.sendeof, child.sendline):
        child.send("c")
        child.expect(r"reason \(.*\): ")
        back()
        child.expect(KEYS)
    child.send("q")
    assert ended(child) == 0
    assert "0 looked at; 3 left" in child.before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_puts_the_terminal_back_and_what_was_passed_is_remembered(
    terminal: Ask, tmp_path: Path, number: int
) -> None:
    child = terminal("next", "--walk")
    before = modes(child)
    child.expect(KEYS)
    child.send("s")
    child.expect("2 of 3")
    child.expect(KEYS)
    child.kill(number)
    assert ended(child) == 143
    assert "Traceback" not in child.before
    assert modes(child) == before
    assert len(list((tmp_path / "home").rglob("walks/*"))) == 1


def test_with_the_terminal_closed_it_ends_and_is_remembered(terminal: Ask, tmp_path: Path) -> None:
    child = terminal("next", "--walk")
    child.expect(KEYS)
    child.send("s")
    child.expect("2 of 3")
    child.expect(KEYS)
    child.ptyproc.fileobj.close()
    child.ptyproc.closed = child.closed = True
    child.wait()  # whether the signal or the failing read comes first is the system's choice
    assert len(list((tmp_path / "home").rglob("walks/*"))) == 1


def test_another_size_is_used_from_the_next_screen_on(terminal: Ask) -> None:
    child = terminal("next", "--walk", rows=24, columns=50)
    child.expect(KEYS)
    assert child.before.count("─") + len(" To acknowledge  1 of 3 ") == 50
    child.setwinsize(50, 100)
    child.sendcontrol("l")
    child.expect(KEYS)
    assert "1 of 3" in child.before
    assert child.before.count("─") + len(" To acknowledge  1 of 3 ") == 100
    child.send("q")
    assert ended(child) == 0


def test_what_people_wrote_presses_no_key(terminal: Ask) -> None:
    child = terminal("next", "--walk", columns=40)
    child.expect(KEYS)
    child.send("s")
    child.expect("2 of 3")
    child.expect(KEYS)
    assert "[bold]x[/bold]" in child.before
    assert not set(child.before) & set("\u200b")
    child.send("q")
    assert ended(child) == 0


def test_it_can_be_stopped_and_continued(terminal: Ask) -> None:
    child = terminal(program=["bash", "--norc", "--noprofile", "-i"])
    child.sendline(f"PS1='ready'\\ ; {sys.executable} -m owncase next --walk")
    child.expect(KEYS)
    child.send("s")
    child.expect("2 of 3")
    child.expect(KEYS)
    child.sendcontrol("z")
    child.expect("Stopped")
    child.expect("ready ")
    child.sendline("stty -a | tr ' ' '\\n' | grep -cx -e icanon -e echo")
    child.expect("[\r\n]2\r\n")
    child.sendline("fg")
    child.expect(KEYS)
    child.send("s")
    child.expect("3 of 3")
    child.expect(KEYS)
    child.send("q")
    child.expect("2 looked at: 2 skipped; 1 left")
    child.sendline("exit")
    child.expect(pexpect.EOF)
