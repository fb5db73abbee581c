"""What is derived is made anew from untouched history: new tables after an upgrade, sound ones after damage.

There are no migrations. The old tables, views and triggers go, those of this program come, history is told again into
them, and the store is compared with it before the commit.
"""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from owncase import __version__
from owncase.domain.values import Person
from owncase.errors import NotFound, NotPermitted
from owncase.store import derive, place
from owncase.store.backup import backup
from owncase.store.check import examine
from owncase.store.connection import SCHEMA_VERSION, connect
from owncase.store.engine import rebuild_tx
from owncase.store.findings import Findings, not_sound
from owncase.store.heads import Head, head_of, remembered
from owncase.store.memory import MemoryRecords
from owncase.store.new_copy import free_name
from owncase.store.queue import in_line
from owncase.store.write import Typist, Write

if TYPE_CHECKING:
    from owncase.desk import Desk


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
        findings, records = examine(path, seen=seen(desk, path), alone=True)
        if not findings.history_sound:
            raise not_sound(findings, "history")
        kept = free_name(path, "before-upgrade")
        backup(path, kept, history_is_enough=True)
        return Upgraded(_make_anew(desk, path, findings, records, before), kept)


def _make_anew(desk: "Desk", path: Path, findings: Findings, records: MemoryRecords, before: int) -> int:
    head = Head(findings.store, findings.seq, findings.hash)
    with rebuild_tx(path, desk, typist(desk, records), head) as tx:
        derive.drop(tx.raw)
        derive.make(tx.session, tx.raw, records)
        _say_so(tx, before)
        derive.is_as_told(tx.raw, records)
        return tx.head.seq


def _say_so(tx: Write, before: int) -> None:
    tx.append("store.upgraded", schema_before=before, schema_after=SCHEMA_VERSION, program=__version__)


def seen(desk: "Desk", path: Path) -> list[Head]:
    """What this user remembers of the store."""
    with closing(connect(path, readonly=True)) as connection:
        known = remembered(desk.heads_dir, head_of(connection).store)
    return [known] if known else []


def typist(desk: "Desk", records: MemoryRecords) -> Typist:
    """Who acts, by what history says: the tables, which a desk asks, may be what is damaged. As `Desk.me` otherwise."""
    people = [row for row in records.tables["person"].values() if isinstance(row, Person) and row.active]
    wanted = [row for row in people if (row.handle == desk.acting if desk.acting else row.login == desk.os_user)]
    if not wanted:
        raise NoTypist(f"no person here is {desk.acting or f'the OS user {desk.os_user}'}", fix="say --as HANDLE")
    found = wanted[0]
    if found.login not in {None, desk.os_user}:
        raise NotTheirs(f"{found.handle} is acted for only by the OS user {found.login}", fix="leave out --as")
    return Typist(found.id, desk.os_user, found.login is None)
