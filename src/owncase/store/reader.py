"""Questions go through here: plain SQL over the views, on a connection that cannot write."""

import sqlite3
from pathlib import Path
from typing import Any

from owncase.store import heads
from owncase.store.connection import connect, is_current
from owncase.store.place import existing


class Reader:
    """A read-only connection whose rows are dicts with the column names as keys, in order."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """All rows of an answer, fetched at once so that no reader holds the store while it prints."""
        cursor = self.connection.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def one(self, sql: str, **values: Any) -> dict[str, Any] | None:
        """The first row of an answer, or None."""
        cursor = self.connection.execute(sql, values)
        row = cursor.fetchone()
        return {column[0]: value for column, value in zip(cursor.description, row, strict=True)} if row else None

    def close(self) -> None:
        """Let go of the store."""
        self.connection.close()


def open_reader(path: Path, heads_folder: Path | None = None) -> Reader:
    """Open a store of this program's schema for reading.

    With a folder of remembered heads, refuse a store that went back in time (exit 5). Raises `StoreTooOld` (78).
    """
    connection = connect(existing(path), readonly=True)
    try:
        is_current(connection, path)
        if heads_folder is not None:
            heads.compare(connection, heads_folder)
    except BaseException:
        connection.close()
        raise
    return Reader(connection)
