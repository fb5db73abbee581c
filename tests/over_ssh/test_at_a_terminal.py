"""Somebody at a terminal here is at a terminal there: colour, width, questions and Ctrl-C."""

import os
import re
import signal
import subprocess
import sys
import termios
from pathlib import Path
from typing import Any

import pexpect
import pytest

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(autouse=True)
def _sshd_gives_terminals(machine: Any) -> None:
    """An sshd that is not root's can give one only where new terminals have the group that they should have."""
    ask = [machine.folder / "bin" / "ssh", "-tt", "desk.example", "true"]
    if os.geteuid() != 0 and subprocess.run(ask, stdin=subprocess.DEVNULL, capture_output=True).returncode:
        pytest.skip("this sshd, which is not root's, can give no terminal here")


def at_terminal(desk: Any, *words: str, width: int = 120, **environ: str) -> "pexpect.spawn[str]":
    facts = {"TERM": "xterm-256color", "PAGER": "cat"} | environ
    return pexpect.spawn(
        sys.executable,
        ["-m", "owncase", *words],
        env=desk.environ | facts,
        dimensions=(24, width),
        encoding="utf-8",
        timeout=60,
    )


def ended(screen: "pexpect.spawn[str]") -> tuple[int | None, str]:
    """The exit code, and what was shown until then."""
    screen.expect(pexpect.EOF)
    screen.close()
    return screen.exitstatus, str(screen.before)


def test_a_table_comes_in_colour_and_as_wide_as_the_terminal(desk: Any) -> None:
    wide_code, wide = ended(at_terminal(desk, "list"))
    narrow_code, narrow = ended(at_terminal(desk, "list", width=50))
    assert (wide_code, narrow_code) == (0, 0)
    assert COLOUR.search(wide)
    lines = COLOUR.sub("", wide).splitlines()
    assert any(re.search(r"Disks damaged +.*Call Pat", line) for line in lines)
    assert max(len(line) for line in COLOUR.sub("", narrow).splitlines()) <= 50
    assert "Connection" not in wide


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"OWNCASE_COLOR": "never"}], ids=str)
def test_no_colour_here_is_no_colour_there(environ: dict[str, str], desk: Any) -> None:
    code, shown = ended(at_terminal(desk, "list", **environ))
    assert code == 0
    assert "Disks damaged" in shown
    assert not COLOUR.search(shown)


def test_bare_owncase_is_next(desk: Any) -> None:
    code, shown = ended(at_terminal(desk))
    assert code == 0
    assert "1 later: owncase list --owner ada" in COLOUR.sub("", shown)


def test_a_question_is_asked_and_answered(desk: Any) -> None:
    screen = at_terminal(desk, "note", "1")
    screen.expect("note: ")
    screen.sendline("Pat is back on Monday")
    code, shown = ended(screen)
    assert code == 0
    assert "1 norfolk" in shown
    assert b"Pat is back on Monday" in desk.run_there("history", "1").stdout


def test_ctrl_c_ends_it_as_it_does_here(desk: Any) -> None:
    screen = at_terminal(desk, "note", "1")
    screen.expect("note: ")
    screen.sendintr()
    code, shown = ended(screen)
    assert code == 130
    assert "interrupted — nothing was changed" in shown


def test_a_machine_that_was_never_met_is_asked_about_by_ssh_itself(desk: Any, tmp_path: Path) -> None:
    ssh = tmp_path / "bin" / "ssh"
    ssh.parent.mkdir()
    known = f"-o StrictHostKeyChecking=ask -o UserKnownHostsFile={tmp_path / 'known'}"
    ssh.write_text(f'#!/bin/sh\nexec {desk.machine.folder}/bin/ssh {known} "$@"\n')
    ssh.chmod(0o755)
    path = f"{ssh.parent}:{desk.machine.path}"
    screen = at_terminal(desk, "show", "1", NO_COLOR="1", PATH=path)
    screen.expect(r"continue connecting.*\? ")
    screen.sendline("yes")
    code, shown = ended(screen)
    assert (code, "Disks damaged" in shown) == (0, True)
    assert "authenticity" not in ended(at_terminal(desk, "show", "1", PATH=path))[1]


def test_the_shell_runs_there_whole(desk: Any) -> None:
    screen = at_terminal(desk, "shell", NO_COLOR="1")
    screen.expect("ada>")
    screen.send("note 1 from the shell\r")
    screen.expect("1 norfolk")
    screen.expect("ada>")
    screen.send("--store ssh://127.0.0.1:1/x list\r")
    screen.expect("could not be reached through ssh")
    screen.expect("ada.* 69")
    screen.send("exit\r")
    assert ended(screen)[0] == 0
    assert b"from the shell" in desk.run_there("history", "1").stdout


def test_a_walk_takes_single_keys_there(desk: Any) -> None:
    desk.run_there("person", "add", "dana", "--name", "Dana Cole")
    desk.run_there("open", "Fan is loud", "-c", "norfolk", "-n", "Look", "-d", "+2d", "--as", "dana")
    screen = at_terminal(desk, "inbox", "--walk", NO_COLOR="1")
    screen.expect("Fan is loud")
    screen.expect(r"\[\?\]: $")
    screen.send("q")
    assert ended(screen)[0] == 0


def test_the_terminal_is_put_back_when_ssh_is_killed(desk: Any) -> None:
    screen = at_terminal(desk, "shell", PROMPT_TOOLKIT_NO_CPR="1")
    before = termios.tcgetattr(screen.child_fd)[:4]
    screen.expect("ada>")
    assert termios.tcgetattr(screen.child_fd)[:4] != before
    (ssh,) = Path(f"/proc/{screen.pid}/task/{screen.pid}/children").read_text().split()
    os.kill(int(ssh), signal.SIGKILL)
    screen.expect(pexpect.EOF)
    assert termios.tcgetattr(screen.child_fd)[:4] == before
    screen.close()
    assert screen.exitstatus == 69
