"""How fast cases of another tracker come in, beside a log of as many events: the aim is a third of the log's rate.

python benchmarks/import_cases.py           20,000 cases, each opened and offered: events a second of both, in one run
python benchmarks/import_cases.py 5000      so many
"""

import csv
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from import_log import import_in

PEOPLE, CUSTOMERS = 30, 300
GOAL = 1 / 3


def write_cases(path: Path, cases: int) -> None:
    """Invent what is open in a tracker: half without a due moment, one in ten with a note."""
    dice = random.Random(7)
    with open(path, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["external", "title", "customer", "owner", "next", "due", "note"])
        for number in range(cases):
            due = f"{dice.randint(1, 28):02}/12/2040" if number % 2 else ""
            note = "Moved from the old list" if number % 10 == 0 else ""
            customer, owner = f"Client {dice.randrange(CUSTOMERS)}", f"Agent {dice.randrange(PEOPLE)}"
            rows.writerow([f"T-{number:06}", f"Order {number} is late", customer, owner, "Call them", due, note])


def import_cases_in(folder: Path, cases: int) -> tuple[float, int]:
    """Seconds of the whole command that imports so many cases into a new store, and the events it wrote."""
    write_cases(folder / "cases.csv", cases)
    environ = {**os.environ, "HOME": str(folder), "OWNCASE_STORE": str(folder / "store.db")}
    command = [sys.executable, "-m", "owncase"]
    subprocess.run([*command, "init", "--me", "ada", "--name", "Ada"], env=environ, check=True, capture_output=True)
    for number in range(PEOPLE):
        person = [*command, "person", "add", f"agent-{number}", "--name", f"Agent {number}"]
        subprocess.run(person, env=environ, check=True, capture_output=True)
    before = _events(folder)
    words = "--dates dmy --new-customers --due-default +3bd --spread 10/day --yes --quiet"
    begun = time.perf_counter()
    subprocess.run(
        [*command, "import", "cases", str(folder / "cases.csv"), *words.split()],
        env=environ, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - begun, _events(folder) - before


def _events(folder: Path) -> int:
    connection = sqlite3.connect(folder / "store.db")
    found: int = connection.execute("SELECT max(seq) FROM event").fetchone()[0]
    connection.close()
    return found


def main() -> None:
    """Measure and print."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as mine, tempfile.TemporaryDirectory() as logs:
        seconds, events = import_cases_in(Path(mine), cases)
        log_seconds, _ = import_in(Path(logs), events)
    rate, log_rate = events / seconds, events / log_seconds
    print(f"import cases, {cases:,} cases: {cases / seconds:,.0f} cases/s, {rate:,.0f} events/s")
    print(f"import log, {events:,} events: {log_rate:,.0f} events/s")
    ratio = rate / log_rate
    print(f"ratio: {ratio:.2f} of the log's rate   goal {GOAL:.2f}   {'met' if ratio >= GOAL else 'MISSED'}")


if __name__ == "__main__":
    main()
