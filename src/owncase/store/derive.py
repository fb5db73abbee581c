"""Everything derived is put down from what history says: rows first, then the rules that guard them from now on."""

import sqlite3
from operator import attrgetter
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from owncase.store import schema
from owncase.store.compare_rows import compare
from owncase.store.findings import Findings, not_sound
from owncase.store.memory import KINDS, MemoryRecords
from owncase.store.rows import COLUMNS, MODELS

PORTION = 10_000
KEPT = ("event", "text")
"""The tables of history."""


def drop(raw: sqlite3.Connection) -> None:
    """Take everything derived away: rules, views, indexes, tables."""
    drop_rules(raw)
    for kind in ("view", "index", "table"):
        sql = "SELECT name, tbl_name FROM sqlite_schema WHERE type = ? AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        for name, table in raw.execute(sql, (kind,)).fetchall():
            shadow = name.startswith("text_index_")
            if table not in KEPT and not shadow:
                raw.execute(f'DROP {kind} IF EXISTS "{name}"')


def make(session: Session, raw: sqlite3.Connection, records: MemoryRecords) -> None:
    """Make everything derived anew of what history says; the rules come last."""
    for statement in schema.statements():
        if not statement.startswith("CREATE TRIGGER") and about(statement) not in KEPT:
            raw.execute(statement)
    put_rows(session, records)
    fill_index(raw)
    make_rules(raw)


def is_as_told(raw: sqlite3.Connection, records: MemoryRecords) -> None:
    """Raise `NotSound` unless all that was made anew is what history says."""
    findings = Findings()
    compare(raw, records, findings)
    for message in schema.differences(raw):
        findings.add("schema", message)
    if raw.execute("PRAGMA foreign_key_check").fetchone():
        findings.add("row", "a row names something that is not there")
    if not findings.sound:
        raise not_sound(findings, "what was made anew")


def about(statement: str) -> str:
    """The table that a statement of the schema makes, or is about; nothing for a pragma."""
    words = statement.split()
    return words[words.index("ON") + 1] if "INDEX" in words else words[2] if words[0] == "CREATE" else ""


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
