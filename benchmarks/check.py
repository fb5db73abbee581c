"""What a whole check of a store costs beside the least that reading its history takes: fetch, parse, every hash.

python benchmarks/check.py [EVENTS]

The store is made for it, 100,000 events unless told otherwise.
"""

import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from hmac import digest as hmac_digest
from pathlib import Path

from big_store import build
from timing import line

from owncase.store.check import check
from owncase.store.ledger import record_hash

GOAL = 4.0
EVENTS_PER_OPEN_CASE = 2.8
ROUNDS = 3


def bare(path: Path) -> int:
    """Fetch every event and text, parse each intent, and compute each hash and commitment; compare nothing."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    count, before, store = 0, bytes(32), b""
    for seq, recorded_at, intent in connection.execute("SELECT seq, recorded_at, intent FROM event ORDER BY seq"):
        store = store or bytes.fromhex(json.loads(intent)["store"])
        json.loads(intent)
        before = record_hash(store, seq, before, intent, recorded_at)
        count += 1
    for salt, body in connection.execute("SELECT salt, body FROM text ORDER BY id"):
        hmac_digest(salt, body.encode(), "sha256")
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
        print(f"{count} events; fetch, parse and every hash {floor * 1000:.0f} ms")
        print(line("check", best(whole, path)[0], floor, GOAL))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
