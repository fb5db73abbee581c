"""What a whole check of a store costs beside the least that reading its history takes: fetch, parse, hash.

python benchmarks/check.py [EVENTS]

The store is made for it, 100,000 events unless told otherwise.
"""

import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from big_store import build
from timing import line

from owncase.store.check import check

GOAL = 4.0
EVENTS_PER_OPEN_CASE = 2.8
ROUNDS = 3


def bare(path: Path) -> int:
    """Fetch every event, parse it, hash it."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    count = 0
    for (intent,) in connection.execute("SELECT intent FROM event ORDER BY seq"):
        json.loads(intent)
        sha256(intent.encode()).digest()
        count += 1
    connection.close()
    return count


def whole(path: Path) -> int:
    """The check, as `owncase store check` runs it."""
    findings = check(path)
    assert findings.sound, findings.found
    return findings.seq


def best(work: Callable[[Path], int], path: Path) -> tuple[float, int]:
    """Seconds of the quickest of a few rounds, and how many events there were."""
    times, count = [], 0
    for _ in range(ROUNDS):
        began = time.perf_counter()
        count = work(path)
        times.append(time.perf_counter() - began)
    return min(times), count


def main(events: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.db"
        build(path, int(events / EVENTS_PER_OPEN_CASE))
        floor, count = best(bare, path)
        print(f"{count} events; fetch, parse and hash {floor * 1000:.0f} ms")
        print(line("check", best(whole, path)[0], floor, GOAL))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
