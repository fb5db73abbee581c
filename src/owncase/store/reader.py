"""Questions go through here: plain SQL over the views, on a connection that cannot write."""

import sqlite3
from pathlib import Path
from typing import Any

from owncase.store import heads
from owncase.store.connection import connect
from owncase.store.place import existing


class Reader:
    """A read-only connection whose rows are dicts with the column names as keys, in order."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        connection.row_factory = _as_dict

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """All rows of an answer, fetched at once so that no reader holds the store while it prints."""
        return self.connection.execute(sql, values).fetchall()

    def one(self, sql: str, **values: Any) -> dict[str, Any] | None:
        """The first row of an answer, or None."""
        found: dict[str, Any] | None = self.connection.execute(sql, values).fetchone()
        return found

    def close(self) -> None:
        """Let go of the store."""
        self.connection.close()


def open_reader(path: Path, heads_folder: Path | None = None) -> Reader:
    """Open a store for reading; with a folder of remembered heads, refuse a store that went back in time (exit 5)."""
    connection = connect(existing(path), readonly=True)
    try:
        if heads_folder is not None:
            heads.compare(connection, heads_folder)
    except BaseException:
        connection.close()
        raise
    return Reader(connection)


def _as_dict(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> dict[str, Any]:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}
