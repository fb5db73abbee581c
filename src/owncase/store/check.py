"""Whether a store is sound: file, schema, history, rules, tables, index and the heads that people remember.

Nothing is changed. History is told again in memory by the rules that a write obeys, and every derived row is
compared with it. A writer waits meanwhile; one who holds the store for long does not keep the check from being made.
"""

import gc
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from owncase.errors import Busy
from owncase.store import schema
from owncase.store.compare_rows import compare
from owncase.store.connection import connect
from owncase.store.findings import Findings
from owncase.store.heads import Head
from owncase.store.memory import MemoryRecords
from owncase.store.own_checks import beside
from owncase.store.queue import in_line
from owncase.store.refold import refold
from owncase.store.verify_chain import History

PATIENCE_SECONDS = 5.0


def check(path: Path, *, seen: Iterable[Head] = (), alone: bool = False) -> Findings:
    """Check the store at a path (see `place.existing`) against the heads that were seen in it.

    `alone` says that nobody else can reach the file, such as a draft of a backup. Raises `NotAStore` and `StoreTooNew`
    for a file that is no store of this program; whatever else is wrong is among the findings.
    """
    return examine(path, seen=seen, alone=alone)[0]


def examine(path: Path, *, seen: Iterable[Head] = (), alone: bool = False) -> tuple[Findings, MemoryRecords]:
    """As `check`; also gives what history says, which is worth something where `history_sound`."""
    findings = Findings()
    may_write = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    with ExitStack() as around:
        around.enter_context(_held(path, findings, wanted=may_write and not alone))
        others = around.enter_context(beside(path, may_write=may_write))
        around.enter_context(_without_collecting())
        records = _read(path, findings, list(seen))
    findings.take(others)
    return findings, records


@contextmanager
def _held(path: Path, findings: Findings, *, wanted: bool) -> Iterator[None]:
    """Keep writers out if that is possible at all: their commits would wait for this reader anyway."""
    with ExitStack() as held:
        if wanted:
            try:
                held.enter_context(in_line(path, who="owncase store check", seconds=PATIENCE_SECONDS))
            except (Busy, OSError) as trouble:
                findings.notes.append(f"checked beside a writer: {trouble}")
        yield


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Millions of values and no circle among them: looking for circles would cost as much as all the rest."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _read(path: Path, findings: Findings, seen: list[Head]) -> MemoryRecords:
    """Read it all as it must be; where a text is not UTF-8, again in a way that can say which event it belongs to."""
    try:
        with closing(connect(path, readonly=True)) as connection:
            try:
                return _compare_all(connection, findings, seen)
            except (sqlite3.OperationalError, UnicodeDecodeError) as trouble:
                if "decode" not in str(trouble):
                    raise
            findings.start_again()
            findings.add("file", "a text in the file is not UTF-8")
            connection.text_factory = _whatever_it_holds
            return _compare_all(connection, findings, seen)
    except (sqlite3.Error, UnicodeError, OverflowError) as trouble:
        findings.add("chain", f"history cannot be read beyond event {findings.seq}: {trouble}", findings.seq + 1)
        return MemoryRecords()


def _compare_all(connection: sqlite3.Connection, findings: Findings, seen: list[Head]) -> MemoryRecords:
    for message in schema.differences(connection):
        findings.add("schema", message)
    moment = connection.execute("SELECT seq FROM event")  # an answer not read to its end keeps the store as it is
    moment.fetchone()
    records = refold(History(connection, findings, seen).events(), findings)
    compare(connection, records, findings)
    moment.close()
    return records


def _whatever_it_holds(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogateescape")
