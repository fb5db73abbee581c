"""What SQLite itself can say about a store: damaged pages, broken references, an index that lost its texts.

These run beside the reading of history, on a connection and a thread of their own.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread

from owncase.store.connection import SCHEMA_VERSION, connect
from owncase.store.findings import Findings

SHORT_WAIT_MS = 2_000
INDEX = "INSERT INTO text_index (text_index, rank) VALUES ('integrity-check', 1)"
"""FTS5 checks itself by a command in the form of an insert. It writes nothing, but SQLite asks for a write lock.

It compares every word of every text with the index. A few bytes that only speed a search up it does not look at; `store
upgrade --rebuild` makes them anew.
"""


@contextmanager
def beside(path: Path, *, may_write: bool) -> Iterator[Findings]:
    """Run SQLite's own checks while the body works; what they found is complete after it."""
    findings = Findings()
    try:
        connection = connect(path, readonly=not may_write)
    except (sqlite3.Error, UnicodeError) as trouble:
        findings.add("file", f"SQLite cannot read the file: {trouble}")
        yield findings
        return
    with closing(connection):
        thread = Thread(target=_look, args=(connection, findings, may_write), daemon=True)
        thread.start()
        try:
            yield findings
        except BaseException:
            connection.interrupt()
            raise
        finally:
            thread.join()


def _look(connection: sqlite3.Connection, findings: Findings, may_write: bool) -> None:  # noqa: FBT001 - a thread's argument
    try:
        _look_at_settings(connection, findings)
        for (line,) in connection.execute("PRAGMA integrity_check(20)"):
            if line != "ok":
                findings.add("file", f"SQLite says: {line}")
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            findings.add("row", f"row {row} of {table} names something in {parent} that is not there")
    except (sqlite3.Error, UnicodeError) as trouble:
        findings.add("file", f"SQLite cannot read the file: {trouble}")
    if may_write:
        _look_at_index(connection, findings)
    else:
        findings.notes.append("the full-text index was not checked: the store may only be read here")


def _look_at_settings(connection: sqlite3.Connection, findings: Findings) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != SCHEMA_VERSION:
        findings.add("schema", f"the store says schema {version}, and this program makes {SCHEMA_VERSION}")
    if (mode := connection.execute("PRAGMA journal_mode").fetchone()[0]) != "delete":
        findings.add("file", f"the journal mode is {mode}: sqlite3 STORE 'PRAGMA journal_mode=DELETE'")


def _look_at_index(connection: sqlite3.Connection, findings: Findings) -> None:
    connection.execute(f"PRAGMA busy_timeout={SHORT_WAIT_MS}")
    connection.execute("SAVEPOINT look")  # taken back below: a statement of its own would commit, and wait for readers
    try:
        connection.execute(INDEX)
    except sqlite3.OperationalError as trouble:
        if "BUSY" in getattr(trouble, "sqlite_errorname", ""):
            findings.notes.append("the full-text index was not checked: somebody was writing")
        else:
            findings.add("index", f"the full-text index cannot be checked: {trouble}")
    except (sqlite3.DatabaseError, UnicodeError) as trouble:
        findings.add("index", f"the full-text index does not agree with the texts: {trouble}")
    finally:
        connection.rollback()
