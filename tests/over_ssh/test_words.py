"""Every word arrives as it was typed, whatever shell people have on the other machine."""

import shutil
import subprocess
import sys
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from owncase.cli.over_ssh import quoted

SHELLS = ("sh", "bash", "dash", "zsh", "ksh", "fish", "tcsh")
SAY = "import sys; sys.stdout.write('\\0'.join(sys.argv[1:]))"
TRICKY = [
    "",
    " ",
    "it's",
    '"',
    "$HOME",
    "$(id)",
    "`id`",
    "a\nb",
    "*",
    "?",
    "[a]",
    "{a,b}",
    "~",
    "~root",
    "!",
    "!!",
    "-n",
]
TRICKY += [
    "\\",
    "\\\\",
    "\\'",
    "'\\",
    "a\\",
    "\\n",
    "#x",
    "a;b",
    "a&b",
    "a|b",
    ">x",
    "<x",
    "x=y",
    "%x",
    "^x",
    "ä",
    "日本",
    "\u2028",
]
WORD = st.one_of(st.sampled_from(TRICKY), st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))


@cache
def _is_here(shell: str) -> bool:
    return shutil.which(shell) is not None


def heard(shell: str, words: list[str]) -> list[str]:
    line = " ".join(quoted(word) for word in [sys.executable, "-c", SAY, *words])
    done = subprocess.run([shell, "-c", line], capture_output=True, check=True)
    return done.stdout.decode().split("\0")


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_reads_the_words_that_are_known_to_go_wrong(shell: str) -> None:
    if not _is_here(shell):
        pytest.skip(f"{shell} is not installed")
    words = [word for word in TRICKY if shell != "tcsh" or "\n" not in word]  # it has no way to quote a line's end
    assert heard(shell, words) == words


@pytest.mark.parametrize("shell", ["bash", "dash"])
@settings(max_examples=60, deadline=None)
@given(words=st.lists(WORD, min_size=1, max_size=40))
def test_a_shell_reads_any_words(shell: str, words: list[str]) -> None:
    if not _is_here(shell):
        pytest.skip(f"{shell} is not installed")
    assert heard(shell, words) == words


def test_what_needs_no_quotes_has_none() -> None:
    assert " ".join(map(quoted, ["note", "1", "-", "--at=2026-11-27T15:00", "ssh://ada@desk/x.db", "#42"])) == (
        "note 1 - --at=2026-11-27T15:00 ssh://ada@desk/x.db '#42'"
    )
