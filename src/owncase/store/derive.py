"""Everything derived is put down from what history says: rows first, then the rules that guard them from now on."""

import sqlite3
from operator import attrgetter
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from owncase.store import schema
from owncase.store.memory import KINDS, MemoryRecords
from owncase.store.rows import COLUMNS, MODELS

PORTION = 10_000


def put_rows(session: Session, records: MemoryRecords) -> None:
    """Fill the empty derived tables. The rules must not stand yet: they guard changes, and this is none."""
    for kind in KINDS:
        names, rows = COLUMNS[kind], list(records.tables[kind.TABLE].values())
        values = attrgetter(*names)
        table: Any = MODELS[kind]
        for start in range(0, len(rows), PORTION):
            portion = [dict(zip(names, values(row), strict=True)) for row in rows[start : start + PORTION]]
            session.execute(insert(table.__table__), portion)


def fill_index(raw: sqlite3.Connection) -> None:
    """Make the full-text index anew from the texts."""
    raw.execute("INSERT INTO text_index (text_index) VALUES ('rebuild')")


def drop_rules(raw: sqlite3.Connection) -> None:
    """Take the rules away inside a transaction that puts them back."""
    for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        raw.execute(f'DROP TRIGGER "{name}"')


def make_rules(raw: sqlite3.Connection) -> None:
    """Put the rules of this program in place."""
    for statement in schema.statements():
        if statement.startswith("CREATE TRIGGER"):
            raw.execute(statement)
