"""How soon the card of a call stands on the screen, in a store with 100,000 open cases and three promises in each.

    python benchmarks/calls.py [ROUNDS [CASES]]

A card is measured to its first byte on stdout, which comes with the rest of it: `call` writes, and the answer must not
wait for that. `whole` is the process to its end. The floor is a Python that imports the parser, the driver and JSON and
does nothing. Everything runs in turn, so that a busy moment of the machine hits all alike; the fastest half of the
rounds counts. Goal: the card within 1.4 times the floor. What a write costs is in writes.py.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from big_store import MOST, build
from timing import OWNCASE, READ_FLOOR, line

CASES, PROMISES, GOAL = 100_000, 3, 1.4
ANSWERED = ["How is my job going?", "--answered", "It is on the truck"]
CARDS: dict[str, list[str]] = {
    "who CASE": ["who", "42"],
    "who CUSTOMER": ["who", "customer-7"],
    "who PHONE": ["who", "(757) 555-0008"],
    "who PHONE with a 0": ["who", "020 7946 0007"],
    "call CASE": ["call", "42", *ANSWERED],
    "call CUSTOMER": ["call", "customer-7", *ANSWERED],
    "call PHONE": ["call", "757.555.0008", *ANSWERED],
    "call E-MAIL": ["call", "pat@works-7.example", *ANSWERED],
}


def main() -> None:
    """Build the store, measure, print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    cases = int(sys.argv[2]) if len(sys.argv) > 2 else CASES
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "calls.db"
        build(path, cases, PROMISES)
        print(f"{cases:,} open cases, {_promises(path):,} open promises, {path.stat().st_size / 2**20:,.0f} MiB")
        print_all(measured(path, Path(folder), rounds))


def measured(path: Path, home: Path, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """First byte and end of each command and of the floor, in seconds; one round more than counts."""
    around = {**os.environ, "HOME": str(home), "OWNCASE_AS": MOST}
    runs = {"floor": READ_FLOOR} | {name: [*OWNCASE, "--store", str(path), *words] for name, words in CARDS.items()}
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
    for turn in range(rounds + 1):
        for name, command in runs.items():
            taken = _once(command, around)
            if turn:
                times[name].append(taken)
    return times


def _once(command: list[str], around: dict[str, str]) -> tuple[float, float]:
    began = time.perf_counter()
    with subprocess.Popen(
        command, env=around, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        os.read(process.stdout.fileno(), 1)
        first = time.perf_counter() - began
        process.stdout.read()
    assert process.returncode == 0, command
    return first, time.perf_counter() - began


def print_all(times: dict[str, list[tuple[float, float]]]) -> None:
    """A line for each card: milliseconds to its first byte and ratio to the floor; then to the end of the process."""
    floor = _best([whole for _, whole in times.pop("floor")])
    print(f"floor {floor * 1000:.0f} ms")
    for name, taken in times.items():
        whole = _best([end for _, end in taken])
        print(f"{line(name, _best([first for first, _ in taken]), floor, GOAL)}   whole {whole * 1000:.0f} ms")


def _best(taken: list[float]) -> float:
    best = len(taken) // 2 + 1
    return sum(sorted(taken)[:best]) / len(sorted(taken)[:best])


def _promises(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM promise WHERE state = 'open'").fetchone()[0])


if __name__ == "__main__":
    main()
