"""A write in progress: events are appended one by one, the fold decides what they do, and every row is read back.

Nothing here begins or commits; `engine.write_tx` does.
"""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from owncase.domain import history
from owncase.domain.event import Event
from owncase.domain.values import KEYS, Row
from owncase.errors import Unsound
from owncase.store import ledger
from owncase.store.heads import Head
from owncase.store.rows import MODELS, ORDER, EventRow, TextRow, values_of
from owncase.store.table_rows import Rows


class NotAsFolded(Unsound):
    """What stands in a table is not what history says; nothing was written."""


class Tx(Rows):
    """The records of the store inside one transaction. `append` is the only way anything changes."""

    def __init__(self, session: Session, raw: sqlite3.Connection, head: Head) -> None:
        self.session = session
        super().__init__(raw)
        self.head = head
        self._pending: list[Row] = []

    def put(self, row: Row) -> None:
        """Part of the fold: a row to be written with the event that is being appended."""
        self._pending.append(row)

    def add(self, event: Event) -> Event:
        """Append an event: the rule, the record, the rows, and a look at what was really written."""
        self._pending.clear()
        history.apply(self, event)
        self._record(event)
        rows = sorted(self._pending, key=lambda row: ORDER.index(type(row)))
        for row in rows:
            self.session.merge(MODELS[type(row)](**values_of(row)))
            self.session.flush()
        self.session.expunge_all()
        self._look_again(event, rows)
        return event

    def _record(self, event: Event) -> None:
        intent, texts = ledger.write_intent(event, store=self.head.store, on=self._last_hash_of(event.case))
        before = bytes.fromhex(self.head.hash) if self.head.hash else ledger.GENESIS
        made = ledger.record_hash(bytes.fromhex(self.head.store), event.seq, before, intent, event.recorded_at)
        self.session.execute(insert(EventRow), [record_of(event, intent, made)])
        if texts:
            first = self.raw.execute("SELECT coalesce(max(id), 0) + 1 FROM text").fetchone()[0]
            kept = [text_of(event.seq, first + n, text) for n, text in enumerate(texts)]
            self.session.execute(insert(TextRow), kept)
            self.raw.executemany("INSERT INTO text_index (rowid, body) VALUES (:id, :body)", kept)
        self.head = Head(self.head.store, event.seq, made.hex())

    def _last_hash_of(self, case: int | None) -> str | None:
        found = self.raw.execute(
            "SELECT hash FROM event WHERE case_number = ? ORDER BY seq DESC LIMIT 1", (case,)
        ).fetchone()
        return found[0] if found else None

    def _look_again(self, event: Event, rows: Sequence[Row]) -> None:
        stored = self.raw.execute("SELECT intent, recorded_at, hash FROM event WHERE seq = ?", (event.seq,)).fetchone()
        before = self.raw.execute("SELECT hash FROM event WHERE seq = ?", (event.seq - 1,)).fetchone()
        previous = bytes.fromhex(before[0]) if before else ledger.GENESIS
        again = ledger.record_hash(bytes.fromhex(self.head.store), event.seq, previous, stored[0], stored[1]).hex()
        if stored[2] != again or again != self.head.hash or json.loads(stored[0])["kind"] != event.kind:
            raise NotAsFolded(f"event {event.seq} did not reach the store as it was made", fix="owncase store check")
        last = {(row.TABLE, row.row_key): row for row in rows}
        for row in last.values():
            key = row.row_key if isinstance(row.row_key, tuple) else (row.row_key,)
            where = " AND ".join(f"{name} = ?" for name in keys_of(type(row)))
            if self._find(type(row), where, *key) != [row]:
                raise NotAsFolded(f"{row.TABLE} {row.row_key} is not what its history says", fix="owncase store check")


def keys_of(kind: type[Row]) -> tuple[str, ...]:
    """The columns that identify a row."""
    return KEYS.get(kind.TABLE, ("id",))


def record_of(event: Event, intent: str, made: bytes) -> dict[str, Any]:
    """An event as the columns of its record."""
    return {
        "seq": event.seq, "kind": event.kind, "actor": event.actor, "case_number": event.case,
        "subject": event.subject, "at": event.at, "recorded_at": event.recorded_at, "request": event.request,
        "intent": intent, "hash": made.hex(),
    }  # fmt: skip


def text_of(seq: int, number: int, text: ledger.Text) -> dict[str, Any]:
    """A text as the columns of its row."""
    return {"id": number, "event": seq, "commitment": text.commitment, "salt": text.salt, "body": text.body}
