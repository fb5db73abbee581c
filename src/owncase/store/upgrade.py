"""What is derived is made anew from untouched history: new tables after an upgrade, sound ones after damage.

There are no migrations. The old tables, views and triggers go, those of this program come, history is told again into
them, and the store is compared with it before the commit.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from owncase import __version__
from owncase.domain.values import Person
from owncase.errors import NotFound, NotPermitted
from owncase.store import derive, place, schema
from owncase.store.backup import backup, not_sound
from owncase.store.check import examine
from owncase.store.compare_rows import compare
from owncase.store.connection import SCHEMA_VERSION, connect
from owncase.store.engine import rebuild_tx
from owncase.store.findings import Findings
from owncase.store.heads import Head, head_of, remembered
from owncase.store.memory import MemoryRecords
from owncase.store.new_copy import free_name
from owncase.store.queue import in_line
from owncase.store.write import Typist, Write

if TYPE_CHECKING:
    from owncase.desk import Desk

KEPT = ("event", "text")
"""The tables of history."""


class NoTypist(NotFound):
    """Nobody in the store is who wants to make it anew."""


class NotTheirs(NotPermitted):
    """The person named is acted for by another OS user."""


class Upgraded(NamedTuple):
    """The event that says so, and the backup made before it."""

    seq: int
    backup: Path


def upgrade(desk: "Desk", *, rebuild: bool = False) -> Upgraded | None:
    """Make everything derived anew; None when the store is up to date, unless `rebuild` asks for it all the same.

    The store as it was is kept beside it as `.before-upgrade`. Raises `NotSound` (5) when history does not verify,
    `NoTypist` (66) and `NotTheirs` (77).
    """
    path = place.existing(desk.store)
    with closing(connect(path, readonly=True)) as connection:
        before: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if before == SCHEMA_VERSION and not rebuild:
        return None
    desk.close()
    with in_line(path, who=f"{desk.os_user} owncase store upgrade"):
        findings, records = examine(path, seen=_seen(desk, path), alone=True)
        if not findings.history_sound:
            raise not_sound(findings, "history")
        kept = free_name(path, "before-upgrade")
        backup(path, kept, history_is_enough=True)
        return Upgraded(_make_anew(desk, path, findings, records, before), kept)


def _make_anew(desk: "Desk", path: Path, findings: Findings, records: MemoryRecords, before: int) -> int:
    head = Head(findings.store, findings.seq, findings.hash)
    with rebuild_tx(path, desk, _typist(desk, records), head) as tx:
        derive.drop_rules(tx.raw)
        _drop_derived(tx.raw)
        for statement in schema.statements():
            if not _is_kept(statement):
                tx.raw.execute(statement)
        derive.put_rows(tx.session, records)
        derive.fill_index(tx.raw)
        derive.make_rules(tx.raw)
        _say_so(tx, before)
        _is_as_told(tx.raw, records)
        return tx.head.seq


def _say_so(tx: Write, before: int) -> None:
    tx.append("store.upgraded", schema_before=before, schema_after=SCHEMA_VERSION, program=__version__)


def _is_as_told(raw: sqlite3.Connection, records: MemoryRecords) -> None:
    findings = Findings()
    compare(raw, records, findings)
    for message in schema.differences(raw):
        findings.add("schema", message)
    if raw.execute("PRAGMA foreign_key_check").fetchone():
        findings.add("row", "a row names something that is not there")
    if not findings.sound:
        raise not_sound(findings, "what was made anew")


def _seen(desk: "Desk", path: Path) -> list[Head]:
    with closing(connect(path, readonly=True)) as connection:
        known = remembered(desk.heads_dir, head_of(connection).store)
    return [known] if known else []


def _drop_derived(raw: sqlite3.Connection) -> None:
    for kind in ("view", "index", "table"):
        sql = "SELECT name, tbl_name FROM sqlite_schema WHERE type = ? AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        for name, table in raw.execute(sql, (kind,)).fetchall():
            shadow = name.startswith("text_index_")
            if table not in KEPT and not shadow:
                raw.execute(f'DROP {kind} IF EXISTS "{name}"')


def _is_kept(statement: str) -> bool:
    """Whether a statement makes a part of history, which stands, or a rule, which comes last."""
    words = statement.split()
    about = words[words.index("ON") + 1] if "INDEX" in words else words[2] if len(words) > 2 else ""  # noqa: PLR2004
    return statement.startswith("CREATE TRIGGER") or (about in KEPT and words[0] == "CREATE")


def _typist(desk: "Desk", records: MemoryRecords) -> Typist:
    """Who acts, by what history says: the tables, which a desk asks, may be what is damaged. As `Desk.me` otherwise."""
    people = [row for row in records.tables["person"].values() if isinstance(row, Person) and row.active]
    wanted = [row for row in people if (row.handle == desk.acting if desk.acting else row.login == desk.os_user)]
    if not wanted:
        raise NoTypist(f"no person here is {desk.acting or f'the OS user {desk.os_user}'}", fix="say --as HANDLE")
    found = wanted[0]
    if found.login not in {None, desk.os_user}:
        raise NotTheirs(f"{found.handle} is acted for only by the OS user {found.login}", fix="leave out --as")
    return Typist(found.id, desk.os_user, found.login is None)
