"""How long a line at the warm prompt takes from its text to the printed answer, beside the SQL that it asks.

    python benchmarks/shell.py [ROUNDS]

`sql` is the statements that the line puts to the store for its answer, with the same values, through bare sqlite3 on a
connection that is as warm, fetched whole as tuples; looking whether the store is still the same one is no part of it.
`parse` is Typer reading the line. All run in turn; CPU time counts, so that other work does not, and of the rounds the
fastest half. `pipe` is TSV, every row; `screen` is a table of 120 columns and at most 50 rows, as a terminal has it.

Goal: 3 times the SQL; where that takes less than a millisecond, 3 times SQL and reading together.
"""

import gc
import io
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from big_store import MOST, build

from owncase import bootstrap
from owncase.cli.lazy import LazyGroup
from owncase.cli.main import root
from owncase.cli.shell.session import Session
from owncase.store.kept import KeptReader
from owncase.store.reader import Reader

SIZES = (100, 10_000, 100_000)
LINES = ("next", "inbox", "show 42", "who 42", "list", "find order 546", "report owners")
GOAL = 3.0
Statement = tuple[str, Any]


class Sink(io.StringIO):
    """A stream that may say it is a terminal."""

    encoding = "utf-8"

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def empty(self) -> None:
        self.seek(0)
        self.truncate()


def main() -> None:
    """Build the stores, measure, print."""
    gc.set_threshold(100_000, 20, 20)  # as the program does
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"{size}.db"
            build(path, size)
            print(f"{size:,} open cases")
            for line in LINES:
                for way in WAYS:
                    print(f"  {line:14} {_measured(path, line, way, rounds)}", flush=True)


WAYS = ("pipe", "screen")


def _measured(path: Path, line: str, way: str, rounds: int) -> str:
    out = Sink(way == "screen")
    environ = {"HOME": str(path.parent), "OWNCASE_AS": MOST, "OWNCASE_STORE": str(path), "COLUMNS": "120"}
    world = bootstrap.real_world()._replace(
        stdout=out, stderr=Sink(False), environ=environ | {"LINES": "9999", "NO_COLOR": "1"}
    )
    session = Session(world)
    asked = _asked(session, line)
    bare = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)

    def floor() -> None:
        for sql, values in asked:
            bare.execute(sql, values).fetchall()

    def whole() -> None:
        out.empty()
        assert session.run_line(line) == 0

    def parse() -> None:
        tree = root(world)
        ctx = tree.make_context("owncase", line.split(), obj=session.invocation())
        while isinstance(ctx.command, LazyGroup):
            name, command, rest = ctx.command.resolve_command(ctx, ctx._protected_args + ctx.args)
            ctx = command.make_context(name, rest, parent=ctx)

    sql, read, answer = (seconds * 1e3 for seconds in in_turn(floor, parse, whole, rounds=rounds))
    session.close()
    bare.close()
    ratio, both = answer / sql, answer / (sql + read)
    verdict = "met" if (ratio if sql >= 1 else both) <= GOAL else "MISSED"
    return (
        f"{way:6}  sql {sql:8.2f} ms  parse {read:.2f} ms  answer {answer:8.2f} ms"
        f" = {ratio:4.1f} x sql, {both:4.1f} x both   {verdict}"
    )


def _asked(session: Session, line: str) -> list[Statement]:
    """The statements that a line puts to the store for its answer."""
    asked: list[Statement] = []
    lend = KeptReader.lend
    KeptReader.lend = lambda self, *at: _watched(lend(self, *at), asked)  # type: ignore[method-assign]
    try:
        assert session.run_line(line) == 0
        asked.clear()  # the first time it may have been opened
        assert session.run_line(line) == 0
    finally:
        KeptReader.lend = lend  # type: ignore[method-assign]
    return asked


def _watched(reader: Reader, asked: list[Statement]) -> Reader:
    reader.connection = Watched(reader.connection, asked)  # type: ignore[assignment]
    return reader


class Watched:
    """A connection that remembers what it was asked, or a cursor of it."""

    def __init__(self, connection: sqlite3.Connection, asked: list[Statement]) -> None:
        self.connection = connection
        self.asked = asked

    def cursor(self) -> "Watched":
        return self

    def execute(self, sql: str, values: Any = ()) -> sqlite3.Cursor:
        self.asked.append((sql, values))
        return self.connection.execute(sql, values)


def in_turn(*actions: Callable[[], None], rounds: int) -> list[float]:
    """CPU seconds of each action: the mean of the fastest half of the rounds, after one that does not count."""
    times: list[list[float]] = [[] for _ in actions]
    for _ in range(rounds + 1):
        for taken, action in zip(times, actions, strict=True):
            began = time.thread_time()
            action()
            taken.append(time.thread_time() - began)
    best = rounds // 2 + 1
    return [sum(sorted(taken[1:])[:best]) / best for taken in times]


if __name__ == "__main__":
    main()
