"""Everybody who uses a store remembers how far its history went, and notices when it goes back (exit 5).

A head is the seq and the hash of the last event seen, kept outside the store, one small file for each store: a restored
old copy, a cut-off tail or a second version of the past does not hold the remembered event any more.
"""

import sqlite3
from pathlib import Path
from typing import NamedTuple

from owncase.errors import Unsound
from owncase.store.small_file import write_small_file

LINE = "owncase-head/v1"
SHORT = 16
HEAD_WORDS = ("owncase-head/v1", "STORE", "SEQ", "HASH")


class WentBack(Unsound):
    """The store no longer holds an event that was seen in it before."""


class Head(NamedTuple):
    """How far a store's history goes."""

    store: str
    seq: int
    hash: str


def head_of(connection: sqlite3.Connection) -> Head:
    """The present head of a store."""
    found = _rows(
        connection,
        "SELECT json_extract(g.intent, '$.store'), e.seq, e.hash FROM event AS g, event AS e"
        " WHERE g.seq = 1 AND e.seq = (SELECT max(seq) FROM event)",
    )
    if not found or not isinstance(found[0][0], str):
        raise Unsound("the store has no history", fix="restore a backup: owncase store restore FILE")
    return Head(*found[0])


def head_at(connection: sqlite3.Connection, seq: int) -> Head | None:
    """The head as it was once so many events had happened."""
    found = _rows(
        connection,
        "SELECT json_extract(g.intent, '$.store'), e.seq, e.hash FROM event AS g, event AS e"
        " WHERE g.seq = 1 AND e.seq = ?",
        seq,
    )
    return Head(*found[0]) if found else None


def compare(connection: sqlite3.Connection, folder: Path) -> Head:
    """Refuse a store that went back from the remembered head; remember a newer one. Returns the present head."""
    head = head_of(connection)
    known = remembered(folder, head.store)
    if known is not None:
        if not _rows(connection, "SELECT 1 FROM event WHERE seq = ? AND hash = ?", known.seq, known.hash):
            gone = "back" if head.seq < known.seq else "another way"
            raise WentBack(
                f"the store went {gone}: event {known.seq} was seen here before, and is not in it now",
                fix=f"owncase store check; to accept it, remove {folder / head.store}",
            )
        if known.seq == head.seq:
            return head
    remember(folder, head)
    return head


def remembered(folder: Path, store: str) -> Head | None:
    """The head remembered for a store, or None."""
    try:
        seq, digest = (folder / _safe(store)).read_text(encoding="ascii").split()
        return Head(store, int(seq), digest)
    except (OSError, ValueError):
        return None


def remember(folder: Path, head: Head) -> None:
    """Remember a head, atomically; where that cannot be, a command that has succeeded does not fail for it."""
    write_small_file(folder / _safe(head.store), f"{head.seq} {head.hash}\n")


def _safe(store: str) -> str:
    return "".join(character for character in store if character in "0123456789abcdef")[:32] or "unknown"


def _rows(connection: sqlite3.Connection, sql: str, *values: object) -> list[tuple[str, int, str]]:
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor.execute(sql, values).fetchall()


def line_of(head: Head) -> str:
    """A head as one line for mails and reports: sixteen digits of the hash say enough."""
    return f"{LINE} {head.store} {head.seq} {head.hash[:SHORT]}"


def lines_in(text: str) -> list[Head]:
    """Every head that such lines in any text name; the hash is the short one."""
    found = []
    for line in text.splitlines():
        words = line[line.find(LINE) :].split()[:4] if LINE in line else []
        if len(words) == len(HEAD_WORDS) and words[2].isdecimal() and words[2].isascii():
            found.append(Head(words[1], int(words[2]), words[3]))
    return found
