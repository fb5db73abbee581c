"""How fast a log comes in, beside the floor: the same rows put down by plain sqlite3, rules on, in one transaction.

python benchmarks/import_log.py             100,000 events: both rates and their ratio (the aim is at most 5)
python benchmarks/import_log.py --memory    1,000,000 events: the most memory that the import holds (the aim is 200 MB)
"""

import csv
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from owncase.store import schema

TABLES = ("event", "text", "person", "customer", "tenure", "handoff", "cases")
STATUSES = ("New", "Working", "Working", "Waiting", "Offered", "Working")


def write_log(path: Path, events: int) -> None:
    """Invent a log: cases of one to ten rows, told by turns so that their rows are scattered over the file."""
    dice = random.Random(7)
    names = [f"Agent {number}" for number in range(200)]
    clients = [f"Client {number}" for number in range(500)]
    at = datetime(2020, 1, 1, tzinfo=UTC)
    open_cases: list[tuple[str, str, int]] = []
    with open(path, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["case", "at", "owner", "status", "customer"])
        number = 0
        for _ in range(events):
            if len(open_cases) < 1000:
                number += 1
                open_cases.append((f"T-{number:07}", dice.choice(clients), dice.randint(1, 10)))
            place = dice.randrange(len(open_cases))
            case, client, left = open_cases[place]
            at += timedelta(seconds=dice.randint(1, 90))
            status = dice.choice(STATUSES) if left > 1 else dice.choice(("Done", "Waiting"))
            rows.writerow([case, at.isoformat(), dice.choice(names), status, client])
            if left > 1:
                open_cases[place] = (case, client, left - 1)
            else:
                open_cases[place] = open_cases[-1]
                open_cases.pop()


def import_in(folder: Path, events: int) -> tuple[float, float]:
    """Seconds and peak megabytes of a whole command that imports so many events into a new store."""
    log = folder / "log.csv"
    write_log(log, events)
    environ = {**os.environ, "HOME": str(folder), "OWNCASE_STORE": str(folder / "store.db")}
    command = [sys.executable, "-m", "owncase"]
    subprocess.run([*command, "init", "--me", "ada", "--name", "Ada"], env=environ, check=True, capture_output=True)
    words = "--case case --at at --owner owner --status status --customer customer --closed Done --offered Offered"
    begun = time.perf_counter()
    subprocess.run(
        [*command, "import", "log", str(log), *words.split(), "--next", "Look", "--due-default", "+7d", "--quiet"],
        env=environ, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    seconds = time.perf_counter() - begun
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def insert_plainly(folder: Path) -> float:
    """Seconds that plain sqlite3 takes to put the same rows into a fresh schema, rules on, in one transaction."""
    source = sqlite3.connect(folder / "store.db")
    rows = {table: source.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    target = sqlite3.connect(folder / "plain.db", isolation_level=None)
    for pragma in ("foreign_keys=ON", "recursive_triggers=ON", "synchronous=EXTRA"):
        target.execute(f"PRAGMA {pragma}")
    for statement in schema.statements():
        target.execute(statement)
    target.execute("BEGIN IMMEDIATE")
    founding = 2  # the store, and the person who made it
    _insert(target, "event", rows["event"][:founding])
    _insert(target, "person", rows["person"][:1])
    begun = time.perf_counter()
    _insert(target, "event", rows["event"][founding:])
    _insert(target, "text", rows["text"])
    target.executemany("INSERT INTO text_index (rowid, body) VALUES (?, ?)", [(row[0], row[4]) for row in rows["text"]])
    _insert(target, "person", rows["person"][1:])
    for table in TABLES[3:]:
        _insert(target, table, rows[table])
    target.execute("COMMIT")
    return time.perf_counter() - begun


def _insert(target: sqlite3.Connection, table: str, rows: list[tuple[object, ...]]) -> None:
    if rows:
        target.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "--memory" in sys.argv:
            seconds, megabytes = import_in(folder, 1_000_000)
            print(f"import log, 1,000,000 events: {megabytes:.0f} MB at most, {1_000_000 / seconds:,.0f} events/s")
            return
        seconds, megabytes = import_in(folder, 100_000)
        floor = insert_plainly(folder)
        print(f"import log, 100,000 events: {100_000 / seconds:,.0f} events/s, {megabytes:.0f} MB at most")
        print(f"plain sqlite3, the same rows, rules on: {100_000 / floor:,.0f} events/s")
        print(f"ratio: {seconds / floor:.2f}")


if __name__ == "__main__":
    main()
