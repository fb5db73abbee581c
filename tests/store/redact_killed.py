"""A redaction that is killed (SIGKILL) at moments spread over all that it takes, each time on a copy of the same store.

    python redact_killed.py STORE FOLDER TIMES

Makes FOLDER/0/team.db, FOLDER/1/team.db, … and prints for each whether the command line had answered.
"""

import io
import json
import os
import select
import shutil
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from owncase.bootstrap import World
from owncase.cli.main import run

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def redact(store: Path, report: int) -> None:
    """Redact case 1 in this process, and say so once it is done."""
    streams = (io.StringIO(), io.StringIO(), io.StringIO())
    world = World({"HOME": str(store.parent)}, store.parent, "rob", lambda: NOW, lambda: "UTC", *streams)
    words = ["--store", str(store), "store", "redact", "1", "--because", "They asked", "--yes"]
    os.write(report, bytes([run(words, world)]))


def life(store: Path, seconds: float | None) -> tuple[bool, float]:
    """Fork, let it redact for so long, and kill it: whether it had answered, and how long it took."""
    begin, (reading, writing) = perf_counter(), os.pipe()
    child = os.fork()
    if child == 0:
        redact(store, writing)
        os._exit(0)
    ready, _, _ = select.select([reading], [], [], seconds)
    took = perf_counter() - begin
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    answered = bool(ready) and os.read(reading, 1) == b"\0"
    os.close(reading)
    os.close(writing)
    return answered, took


def main(store: Path, folder: Path, times: int) -> None:
    """The first one is left to end, and says how long the others have."""
    whole, answers = 0.0, []
    for number in range(times):
        copy = folder / str(number) / "team.db"
        copy.parent.mkdir(mode=0o700)
        shutil.copyfile(store, copy)
        copy.chmod(0o600)
        answered, took = life(copy, whole * number / times if number else None)
        whole = whole or took
        answers.append(answered)
    print(json.dumps(answers))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
