"""Matching verbs beside Taskwarrior, the list keeper of the terminal, with the same number of open items.

    python benchmarks/taskwarrior.py [ROUNDS]

Needs the `task` command; without it, says so and measures nothing. Both answer into a pipe, twenty rows at most; hooks,
colour and questions are off. `next` and `list` sort by what is pressing, `show` is one item whole, `find` a word in a
title. Taskwarrior holds plain tasks; owncase's cases have owners, offers, promises and history as well. Goals: faster
at every read from 10,000 on, ten times at 100,000.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from big_store import MOST, NOW, WORDS, build
from timing import OWNCASE, in_turn

SIZES = (1_000, 10_000, 100_000)
PAIRS = {
    "next": (["next", "--limit", "20"], ["next", "limit:20"]),
    "list": (["list", "--limit", "20"], ["list", "limit:20"]),
    "show": (["show", "42"], ["42", "info"]),
    "find": (["find", "order", "546"], ["/order 546/", "list", "limit:20"]),
}


def main() -> None:
    """Build both stores of each size, measure in turn, print."""
    if shutil.which("task") is None:
        print("not measured: Taskwarrior (`task`) is not installed")
        return
    version = subprocess.run(["task", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"Taskwarrior {version}")
    for size in SIZES:
        rounds = int(sys.argv[1]) if len(sys.argv) > 1 else (5 if size > 10_000 else 9)
        with tempfile.TemporaryDirectory() as folder:
            compare(Path(folder), size, rounds)


def compare(folder: Path, size: int, rounds: int) -> None:
    """Print a line for each verb at one size."""
    build(folder / "owncase.db", size)
    task = _tasks(folder, size)
    runs = {}
    for verb, (ours, theirs) in PAIRS.items():
        runs[f"owncase {verb}"] = [*OWNCASE, "--store", str(folder / "owncase.db"), *ours]
        runs[f"task {verb}"] = [*task, *theirs]
    times = in_turn(runs, rounds=rounds, environ={"HOME": str(folder), "OWNCASE_AS": MOST})
    for verb in PAIRS:
        ours, theirs = times[f"owncase {verb}"], times[f"task {verb}"]
        goal = 10 if size >= 100_000 else 1
        met = theirs / ours >= goal if size >= 10_000 else True
        print(
            f"{size:>8,} {verb:6} owncase {ours * 1000:8.1f} ms   task {theirs * 1000:9.1f} ms   "
            f"{theirs / ours:6.1f} x   {'met' if met else f'MISSED (goal {goal} x)'}"
        )


def _tasks(folder: Path, size: int) -> list[str]:
    settings = folder / "taskrc"
    settings.write_text(
        f"data.location={folder / 'task'}\nconfirmation=off\nhooks=off\ncolor=off\nverbose=nothing\n"
        "recurrence=off\ngc=off\n"
    )
    rows = [_task(number) for number in range(1, size + 1)]
    (folder / "tasks.json").write_text("\n".join(json.dumps(row) for row in rows))
    task = ["task", f"rc:{settings}"]
    subprocess.run([*task, "import", str(folder / "tasks.json")], check=True, capture_output=True)
    return task


def _task(number: int) -> dict[str, str]:
    due = NOW + timedelta(hours=(number * 7) % 1000 - 40)
    stamp = "%Y%m%dT%H%M%SZ"
    return {
        "uuid": str(UUID(int=number + (1 << 100))), "status": "pending", "entry": NOW.strftime(stamp),
        "description": f"{WORDS[number % 10]} and {WORDS[number // 10 % 10]} fail, order {number * 13}",
        "due": due.strftime(stamp), "project": f"customer-{number % 2000}",
    }  # fmt: skip


if __name__ == "__main__":
    main()
