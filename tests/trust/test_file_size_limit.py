"""Where the system lets a file grow no further, nothing changes and the message says that space is what is missing."""

import os
import pwd
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_a_write_past_the_file_size_limit_says_so_and_changes_nothing(run: Callable[..., Any], tmp_path: Path) -> None:
    store, me = tmp_path / "team.db", pwd.getpwuid(os.getuid()).pw_name

    def owncase(*words: str) -> Any:
        return run("--store", str(store), *words, os_user=me)

    owncase("init", "--me", "ada", "--name", "Ada Lund")
    owncase("customer", "add", "acme", "--name", "Acme")
    owncase("open", "Late", "-c", "acme", "-n", "Call", "-d", "+1d")
    before, size = owncase("store", "head").stdout, store.stat().st_size
    done = subprocess.run(
        [sys.executable, "-m", "owncase", "--store", str(store), "note", "1", "a" * 60_000],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        capture_output=True, text=True, check=False, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (74, "")
    assert "the disk is full, a limit is reached" in done.stderr
    assert "nothing was changed" in done.stderr
    assert owncase("store", "head").stdout == before
    assert owncase("show", "1").exit == 0
