"""The schema as it is written down: tables, views, and the rules again as triggers."""

import sqlite3
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files

from owncase.store.connection import APPLICATION, SCHEMA_VERSION

PARTS = ("tables.sql", "views.sql", "rules_sqlite.sql")


def statements() -> Iterator[str]:
    """Every statement that makes an empty store, in order."""
    yield f"PRAGMA application_id = {APPLICATION}"
    yield f"PRAGMA user_version = {SCHEMA_VERSION}"
    for part in PARTS:
        yield from split((files(__name__) / part).read_text("utf-8"))


def split(script: str) -> Iterator[str]:
    """The statements of a script; a trigger is one, whatever semicolons it holds."""
    statement = ""
    for line in script.splitlines(keepends=True):
        if not statement and (not line.strip() or line.startswith("--")):
            continue
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""


def fingerprint(connection: sqlite3.Connection) -> str:
    """The schema that a store really has, as one hash: all but white space counts, and so does anything added."""
    rows = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'"
    ).fetchall()
    described = sorted("|".join(" ".join(str(part or "").split()) for part in row) for row in rows)
    return sha256("\n".join(described).encode()).hexdigest()


@cache
def expected_fingerprint() -> str:
    """The fingerprint of a store as this program makes it."""
    connection = sqlite3.connect(":memory:")
    try:
        for statement in statements():
            connection.execute(statement)
        return fingerprint(connection)
    finally:
        connection.close()
