"""Whole processes in turn, so that a busy moment hits all alike; the fastest half of the rounds counts."""

import compileall
import os
import subprocess
import sys
import time
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import TypeVar

import owncase

Name = TypeVar("Name", bound=Hashable)

PYTHON = [sys.executable]
OWNCASE = [sys.executable, "-m", "owncase"]
BARE = [*PYTHON, "-c", "pass"]
compileall.compile_dir(Path(owncase.__file__).parent, quiet=1)  # as an installed package is
READ_FLOOR = [*PYTHON, "-c", "import typer, sqlite3, json"]


def in_turn(
    runs: Mapping[Name, list[str]], *, rounds: int, environ: Mapping[str, str] | None = None
) -> dict[Name, float]:
    """Seconds of each command, run `rounds` times after one that does not count; with 0 rounds that one counts."""
    around = {**os.environ, **(environ or {})}
    times: dict[Name, list[float]] = {name: [] for name in runs}
    for turn in range(rounds + 1):
        for name, command in runs.items():
            began = time.perf_counter()
            subprocess.run(
                command,
                env=around,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=True,
            )
            if turn or not rounds:
                times[name].append(time.perf_counter() - began)
    best = rounds // 2 + 1
    return {name: sum(sorted(taken)[:best]) / best for name, taken in times.items()}


def line(name: str, seconds: float, floor: float, goal: float) -> str:
    """One figure beside its floor and its goal."""
    ratio = seconds / floor
    verdict = "met" if ratio <= goal else "MISSED"
    return f"{name:24} {seconds * 1000:7.1f} ms = {ratio:.2f} x floor   goal {goal}   {verdict}"
