"""The schema as it is written down: tables, views, and the rules again as triggers."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
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
    described = sorted(f"{kind} {name}|{sql}" for (kind, name), sql in described_by(connection).items())
    return sha256("\n".join(described).encode("utf-8", "surrogateescape")).hexdigest()


@cache
def expected_fingerprint() -> str:
    """The fingerprint of a store as this program makes it."""
    with closing(_fresh()) as connection:
        return fingerprint(connection)


def differences(connection: sqlite3.Connection) -> list[str]:
    """Every table, view, trigger and index that is missing, was added or was changed, by name."""
    with closing(_fresh()) as fresh:
        expected = described_by(fresh)
    found = described_by(connection)
    gone = [f"the {kind} {name} is missing" for kind, name in expected.keys() - found.keys()]
    added = [f"the {kind} {name} does not belong to a store" for kind, name in found.keys() - expected.keys()]
    shared = expected.keys() & found.keys()
    changed = [f"the {kind} {name} was changed" for kind, name in shared if expected[kind, name] != found[kind, name]]
    return sorted(gone + added + changed)


def described_by(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """Everything that the schema of a store says, by type and name."""
    cursor = connection.cursor()
    cursor.row_factory = None
    rows = cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'")
    return {(row[0], row[1]): " ".join(f"{row[2]} {row[3] or ''}".split()) for row in rows.fetchall()}


def _fresh() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for statement in statements():
        connection.execute(statement)
    return connection
