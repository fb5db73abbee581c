"""Heads that were kept elsewhere catch what a store alone cannot show: a lost tail, another past, another store."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def head(team: Run) -> str:
    line: str = team("store", "head").stdout
    return line


def test_a_head_in_any_text_is_found_and_holds(team: Run, head: str) -> None:
    mail = f"Dear all,\n\n> as of Monday: {head}\nYours, Rob\n"
    assert team("store", "check", "--against", "-", stdin=mail).exit == 0


@pytest.mark.parametrize("change", ["hash", "seq"])
def test_a_head_that_history_does_not_hold_is_named(team: Run, head: str, change: str) -> None:
    word, store, seq, digest = head.split()
    wrong = f"{word} {store} {seq} {'0' * len(digest)}" if change == "hash" else f"{word} {store} 999 {digest}"
    done = team("store", "check", "--against", "-", stdin=wrong)
    assert done.exit == 5
    assert f"event {seq if change == 'hash' else 999} was seen" in done.stdout


def test_a_store_in_the_place_of_another_is_found_out(team: Run, run: Run, tmp_path: Path, head: str) -> None:
    other = tmp_path / "other.db"
    assert run("--store", str(other), "init", "--me", "eve", "--name", "Eve", os_user="eve").exit == 0
    done = run("--store", str(other), "store", "check", "--against", "-", stdin=head)
    assert done.exit == 5
    assert head.split()[1][:8] in done.stderr


@pytest.mark.parametrize("text", ["", "nothing of the kind\n", "owncase-head/v1 only\n"])
def test_a_text_without_any_head_is_no_proof(team: Run, text: str) -> None:
    assert team("store", "check", "--against", "-", stdin=text).exit == 65


def test_a_file_that_is_not_there_is_named(team: Run, tmp_path: Path) -> None:
    assert team("store", "check", "--against", str(tmp_path / "none")).exit == 66
