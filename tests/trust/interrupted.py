"""One process after another writes into a store and is ended from outside at any moment.

    python interrupted.py < WISH > ANSWER

Each process is a fork of this one, writes notes with request ids `r0`, `r1`, … one after the other, and reports each
only after the command line has answered. It is ended some reports and a moment later. What the next process does first
is to repeat the request that the last one may or may not have finished. The answer lists what each process reported.
"""

import io
import json
import os
import random
import select
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from owncase.bootstrap import World
from owncase.cli.main import run
from owncase.cli.signals import end_politely

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def answer(store: str, home: str, user: str, words: Sequence[str]) -> tuple[int, str, str]:
    """Run one command line in this process."""
    out, err = io.StringIO(), io.StringIO()
    world = World({"HOME": home}, Path(home), user, lambda: NOW, lambda: "UTC", io.StringIO(), out, err)
    return run(["--store", store, *words], world), out.getvalue(), err.getvalue()


def _write_on(wish: dict[str, Any], number: int, report: int) -> None:
    end_politely()
    while True:
        request = f"r{number}"
        said = answer(wish["store"], wish["home"], "rob", ["note", "1", f"note {request}", "--request-id", request])
        os.write(report, f"{json.dumps([request, said[0], said[2]])}\n".encode())
        if said[0]:
            os._exit(said[0])
        number += 1


def ended_at_random(wish: dict[str, Any]) -> list[list[Any]]:
    """Fork, wait for some reports and a moment, send the signal, go on; for as many times as wished."""
    chance, number, lives = random.Random(wish["seed"]), 0, []
    answer(wish["store"], wish["home"], "rob", ["note", "1", "first"])  # whatever is loaded late is loaded now
    for _ in range(wish["times"]):
        mine, its = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(mine)
            try:
                _write_on(wish, number, its)
            finally:
                os._exit(1)
        os.close(its)
        with os.fdopen(mine) as stream:
            life = [json.loads(line) for line in islice(stream, chance.randrange(3))]
            select.select([], [], [], chance.uniform(0, 0.04))
            os.kill(child, getattr(signal, wish["signal"]))
            os.waitpid(child, 0)
            life += [json.loads(line) for line in stream]
        number += sum(1 for _, code, _ in life if code == 0)
        lives.append(life)
    return lives


if __name__ == "__main__":
    json.dump(ended_at_random(json.load(sys.stdin)), sys.stdout)
