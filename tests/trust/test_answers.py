"""An answer that cannot be given undoes nothing, a write that has no room changes nothing, and both say so."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from owncase.store.check import check

COMMAND = [sys.executable, "-m", "owncase"]


@pytest.fixture
def shell(store: Path, tmp_path: Path) -> Any:
    """Run a shell line in which `"$@"` is a command line of owncase; carol acts, who has no login."""

    def run(line: str, *words: str) -> "subprocess.CompletedProcess[str]":
        command = [*COMMAND, "--store", str(store), "--as", "carol", *words]
        home = {"HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin"}
        return subprocess.run(
            ["sh", "-c", line, "sh", *command], env=home, capture_output=True, text=True, check=False, timeout=60
        )

    return run


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("where", ["/dev/full", "&-"])
def test_a_change_whose_answer_cannot_be_written_is_saved_and_says_so(shell: Any, ask: Any, where: str) -> None:
    done = shell(f'"$@" >{where}', "note", "1", "hello")
    assert done.returncode == 74
    assert "the change is saved, do not repeat it" in done.stderr
    assert ask("SELECT text FROM note WHERE text = 'hello'") == [("hello",)]


def test_a_change_whose_reader_has_gone_is_saved_and_ends_quietly(store: Path, ask: Any, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [*COMMAND, "--store", str(store), "--as", "carol", "note", "1", "hello"]
    done = subprocess.run(
        command, env={"HOME": str(tmp_path / "home")}, stdout=writing, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writing)
    assert (done.returncode, "Traceback" in done.stderr) == (141, False)
    assert ask("SELECT text FROM note WHERE text = 'hello'") == [("hello",)]


def test_a_write_that_has_no_room_changes_nothing_and_reading_goes_on(shell: Any, store: Path) -> None:
    """A limit on file sizes, for once in the shell's units of 512 bytes, is what a full disk is to SQLite."""
    before = store.read_bytes()
    room = len(before) // 512
    (store.parent / "long").write_text("long " * 12_000)
    full = shell(f'ulimit -f {room}; "$@" <{store.parent / "long"}', "note", "1", "-")
    assert (full.returncode, "nothing was changed" in full.stderr) == (74, True), full
    assert store.read_bytes() == before
    assert shell(f'ulimit -f {room}; "$@"', "list").returncode == 0
    assert check(store).found == []
    assert shell('"$@"', "note", "1", "short").returncode == 0
