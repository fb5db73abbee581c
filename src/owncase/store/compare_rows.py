"""Every table is compared with what history says, row by row and column by column; each difference is named."""

import sqlite3
from collections.abc import Iterator
from dataclasses import fields
from itertools import islice
from operator import attrgetter
from typing import Any

from owncase.domain.values import KEYS, Row
from owncase.store.findings import Findings
from owncase.store.memory import KINDS, MemoryRecords

AT_ONCE = 1_000


def compare(connection: sqlite3.Connection, records: MemoryRecords, findings: Findings) -> None:
    """Compare all derived tables with the records that history makes."""
    for kind in KINDS:
        told = records.tables[kind.TABLE]
        try:
            if not _agrees(connection, kind, told, findings):
                _name_differences(connection, kind, told, findings)
        except (sqlite3.Error, OverflowError) as trouble:
            findings.add("row", f"the table {kind.TABLE} cannot be read: {trouble}")


def columns_of(kind: type[Row]) -> tuple[str, ...]:
    """The columns of a value's table, keys first."""
    keys = KEYS.get(kind.TABLE, ("id",))
    return (*keys, *(column.name for column in fields(kind) if column.name not in keys))


def select(kind: type[Row]) -> str:
    """Every row of a value's table, in the order of its keys."""
    keys = ", ".join(KEYS.get(kind.TABLE, ("id",)))
    return f"SELECT {', '.join(columns_of(kind))} FROM {kind.TABLE} ORDER BY {keys}"  # noqa: S608 - the program's own names


def _agrees(connection: sqlite3.Connection, kind: type[Row], told: dict[Any, Row], findings: Findings) -> bool:
    """Whether a table is exactly what is told, found out without a look at single columns."""
    columns = attrgetter(*columns_of(kind))
    expected = (columns(told[key]) for key in sorted(told))
    for stored in _in_parts(connection, kind):
        findings.rows += len(stored)
        if stored != list(islice(expected, len(stored))):
            return False
    return next(expected, None) is None


def _in_parts(connection: sqlite3.Connection, kind: type[Row]) -> Iterator[list[tuple[Any, ...]]]:
    cursor = connection.execute(select(kind))
    while part := cursor.fetchmany(AT_ONCE):
        yield part


def _name_differences(
    connection: sqlite3.Connection, kind: type[Row], told: dict[Any, Row], findings: Findings
) -> None:
    names, left = columns_of(kind), dict(told)
    width = len(KEYS.get(kind.TABLE, ("id",)))
    for part in _in_parts(connection, kind):
        for row in part:
            key = row[0] if width == 1 else row[:width]
            value = left.pop(key, None)
            if value is None:
                findings.add("row", f"{_name(kind, key)} is in its table, and history never made it")
                continue
            wrong = [name for name, stored in zip(names, row, strict=True) if stored != getattr(value, name)]
            if wrong:
                findings.add("row", f"{_name(kind, key)} is not what history says in {', '.join(wrong)}", _event(value))
    for key, value in sorted(left.items()):
        findings.add("row", f"{_name(kind, key)} is missing from its table", _event(value))


def _name(kind: type[Row], key: Any) -> str:
    table = "case" if kind.TABLE == "cases" else kind.TABLE.replace("_", " ")
    return f"{table} {'.'.join(map(str, key)) if isinstance(key, tuple) else key}"


def _event(value: Row) -> int | None:
    event: int | None = getattr(value, "event", None)
    return event
