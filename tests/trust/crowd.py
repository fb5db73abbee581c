"""Many processes at one store at once: each runs its own command lines, all begin together, and all report.

    python crowd.py < WISH > ANSWER

The wish names a store, a home and for each process the OS user and its command lines; the answer holds for each process
the exit code, stdout and stderr of every line. Processes are forked after everything is imported and share no
connection.
"""

import io
import json
import os
import pkgutil
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import owncase.cli
from owncase.bootstrap import World
from owncase.cli.main import run

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def answer(store: str, home: str, user: str, words: Sequence[str]) -> tuple[int, str, str]:
    """Run one command line in this process."""
    out, err = io.StringIO(), io.StringIO()
    world = World({"HOME": home}, Path(home), user, lambda: NOW, lambda: "UTC", io.StringIO(), out, err)
    return run(["--store", store, *words], world), out.getvalue(), err.getvalue()


def _member(wish: dict[str, Any], part: dict[str, Any], gate: int, report: int) -> None:
    os.read(gate, 1)  # ends when the parent closes its side
    said = [answer(wish["store"], wish["home"], part["user"], words) for words in part["lines"]]
    with os.fdopen(report, "w") as stream:
        json.dump(said, stream)


def together(wish: dict[str, Any]) -> list[Any]:
    """Fork a process for each part of the wish, let all go at once, and collect what they report."""
    for module in pkgutil.walk_packages(owncase.cli.__path__, "owncase.cli."):
        import_module(module.name)
    gate, opener = os.pipe()
    reports = []
    for part in wish["parts"]:
        mine, its = os.pipe()
        if os.fork() == 0:
            os.close(opener)
            os.close(mine)
            code = 1
            try:
                _member(wish, part, gate, its)
                code = 0
            finally:
                os._exit(code)
        os.close(its)
        reports.append(mine)
    os.close(opener)
    said = []
    for report in reports:
        with os.fdopen(report) as stream:
            said.append(json.load(stream))
    for _ in reports:
        os.wait()
    return said


if __name__ == "__main__":
    json.dump(together(json.load(sys.stdin)), sys.stdout)
