"""A backup is a copy that was checked as a whole store, and holds the newest event that the store had."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from owncase.store import heads
from owncase.store.check import check
from owncase.store.connection import WAIT_SECONDS, connect
from owncase.store.findings import Findings, not_sound
from owncase.store.new_copy import draft_of, may_become, put_in_place


class Backup(NamedTuple):
    """A backup that was made: where, how big in bytes, and the head it holds."""

    path: Path
    size: int
    head: heads.Head
    findings: Findings


def backup(store: Path, target: Path, *, replacing: bool = False, history_is_enough: bool = False) -> Backup:
    """Copy a store (see `place.existing`) to a new 0600 file, checked before it gets its name.

    With `history_is_enough`, damaged tables are copied too: history makes them anew. Raises `TargetExists` and
    `NotAFile` (73), `NotSound` (5), `sqlite3.Error` and OSError; then there is no new file.
    """
    may_become(target, replacing=replacing)
    with closing(connect(store, readonly=True)) as connection:
        head = heads.head_of(connection)
    with draft_of(target) as draft:
        _copy(store, draft)
        findings = check(draft, seen=[head], alone=True)
        if not (findings.sound or (history_is_enough and findings.history_sound)):
            raise not_sound(findings, "the copy")
        size = draft.stat().st_size
        put_in_place(draft, target, replacing=replacing)
    return Backup(target, size, heads.Head(findings.store, findings.seq, findings.hash), findings)


def _copy(store: Path, draft: Path) -> None:
    """Let SQLite write a compact copy of one moment. It attaches the new file, which ordinary connections may not."""
    with closing(
        sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True, timeout=WAIT_SECONDS, isolation_level=None)
    ) as connection:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("VACUUM INTO ?", (str(draft),))
