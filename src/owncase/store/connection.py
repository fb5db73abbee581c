"""How a store is opened: read-write or read-only, never created, with every guard that SQLite offers.

The settings and the measurements behind them are in docs/trust.md. `DELETE` journal and `EXTRA` sync lose no
acknowledged commit in a power cut; `IMMEDIATE` transactions (see `engine`) lose no update.
"""

import os
import sqlite3
from pathlib import Path

from owncase.errors import Misconfigured, StoreTooNew
from owncase.store.place import GROUP_WRITES, NotAStore

APPLICATION = 0x4F574E43
SCHEMA_VERSION = 3
WAIT_SECONDS = 60.0
OLDEST_SQLITE = (3, 37, 0)
GUARDS = (
    "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "foreign_keys=ON", "recursive_triggers=ON",
    "synchronous=EXTRA",
)  # fmt: skip
FORBIDDEN_PRAGMAS = frozenset(
    (
        "writable_schema",
        "ignore_check_constraints",
        "journal_mode",
        "legacy_alter_table",
        "schema_version",
        "trusted_schema",
    )
)
HALF_DONE = "SQLITE_READONLY_ROLLBACK"
"""SQLite's name for a journal that a killed writer left, met by somebody who asked only to read."""
DENIED = frozenset((sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH))


class StoreTooOld(Misconfigured):
    """The tables of the store were made by an older owncase; `store upgrade` makes them anew."""


def connect(path: Path, *, readonly: bool, fresh: bool = False) -> sqlite3.Connection:
    """Open an existing store; `fresh` is a file about to become one. The driver begins nothing by itself.

    What a killed writer left half done is rolled back first, also before reading, where this user may write the file.
    Raises `NotAStore`, `StoreTooNew` and `sqlite3.Error`.
    """
    try:
        return _opened(path, readonly=readonly, fresh=fresh)
    except sqlite3.OperationalError as trouble:
        if trouble.sqlite_errorname != HALF_DONE or not os.access(path, os.W_OK):
            raise
    _opened(path, readonly=False, fresh=False).close()
    return _opened(path, readonly=readonly, fresh=fresh)


def _opened(path: Path, *, readonly: bool, fresh: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={'ro' if readonly else 'rw'}", uri=True, timeout=WAIT_SECONDS, isolation_level=None,
        check_same_thread=False,
    )  # fmt: skip
    try:
        for guard in GUARDS:
            connection.execute(f"PRAGMA {guard}")
        if readonly:
            connection.execute("PRAGMA query_only=ON")
        if not fresh:
            check_version(connection, path)
            check_group(connection, path)
        _limit(connection)
        connection.set_authorizer(_authorize)
    except BaseException as trouble:
        connection.close()
        if getattr(trouble, "sqlite_errorname", "") == "SQLITE_NOTADB":
            raise _not_ours(path) from trouble
        raise
    return connection


def check_version(connection: sqlite3.Connection, path: Path) -> None:
    """Raise `NotAStore` or `StoreTooNew` unless this is a store that the program knows."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION:
        raise _not_ours(path)
    if version > SCHEMA_VERSION:
        raise StoreTooNew(
            f"{path} has schema {version}; this program knows {SCHEMA_VERSION}", fix="install a newer owncase"
        )


def is_current(connection: sqlite3.Connection, path: Path) -> None:
    """Raise `StoreTooOld` for the tables of an older program, which hold no answer to what this one asks."""
    cursor = connection.cursor()
    cursor.row_factory = None
    version = cursor.execute("PRAGMA user_version").fetchone()[0]
    if version != SCHEMA_VERSION:
        raise StoreTooOld(
            f"{path} has schema {version}, and this program works with {SCHEMA_VERSION}",
            fix="owncase store upgrade, which keeps the store as it was beside it",
        )


def check_group(connection: sqlite3.Connection, path: Path) -> None:
    """Raise `UnsafePlace` where another group may write the store than the one that it names."""
    facts = os.stat(path)
    if facts.st_mode & GROUP_WRITES:
        from owncase.store.sharing import is_recorded  # a private store pays nothing for it

        is_recorded(connection, path, facts.st_gid)


def _not_ours(path: Path) -> NotAStore:
    return NotAStore(f"{path} is not an owncase store", fix="name another file with --store")


def _limit(connection: sqlite3.Connection) -> None:
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 16 << 20)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 200_000)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 4_000)


def _authorize(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    if action in DENIED or (action == sqlite3.SQLITE_PRAGMA and second and (first or "").lower() in FORBIDDEN_PRAGMAS):
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() == "load_extension":
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK
