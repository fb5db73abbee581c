"""A backup comes back only whole and checked, and nobody loses history without having said how much of it."""

import os
import shutil
import sqlite3
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import NamedTuple

from owncase.errors import BadData, NotFound, OwncaseError, Refused
from owncase.store import heads, place
from owncase.store.check import check
from owncase.store.connection import connect
from owncase.store.findings import not_sound
from owncase.store.heads import Head
from owncase.store.new_copy import draft_of, free_name, put_in_place, sync
from owncase.store.queue import in_line
from owncase.store.sharing import give, give_to_owner, group_here, group_of


class NoBackup(NotFound):
    """There is no backup of this name."""


class LosesEvents(Refused):
    """The backup is older than what was seen of the store."""


class AnotherStore(BadData):
    """The backup is of another store than the one in this place."""


class Restored(NamedTuple):
    """What stands now, how many events it is behind what was known, and where the replaced store is kept."""

    head: Head
    lost: int
    kept: Path | None


def restore(store: Path, source: Path, *, heads_folder: Path, lose: int = 0) -> Restored:
    """Put a backup in the place of a store, which is kept beside it as `.before-restore`.

    `lose` is the exact number of newer events that may go. Raises `NoBackup` (66), `NotSound` (5), `AnotherStore` (65),
    `LosesEvents` (3), `Queue` (75), OSError; then everything is as before.
    """
    pinned = Path(os.path.realpath(store))
    pinned.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    place.is_local(pinned)
    with ExitStack() as held:
        held.enter_context(in_line(pinned, who="owncase store restore"))
        draft = held.enter_context(draft_of(pinned))
        _fill(draft, source)
        findings = check(draft, alone=True)
        if not findings.sound:
            raise not_sound(findings, f"the backup {source}")
        head = Head(findings.store, findings.seq, findings.hash)
        lost = _lost(draft, head, _known(pinned, head.store, heads_folder), lose)
        _keep_rights(draft, pinned)
        kept = _set_aside(pinned)
        put_in_place(draft, pinned, replacing=True)
    heads.remember(heads_folder, head)
    return Restored(head, lost, kept)


def _keep_rights(draft: Path, store: Path) -> None:
    """What comes back is its owner's and its group's, as what it replaces was."""
    with closing(connect(draft, readonly=True)) as connection:
        gid = group_here(store, connection)
    _give(draft, store, gid)


def _give(draft: Path, store: Path, gid: int | None) -> None:
    if gid is not None:
        give(draft, store, gid)
        return
    descriptor = os.open(draft, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        give_to_owner(descriptor, store)
    finally:
        os.close(descriptor)


def _fill(draft: Path, source: Path) -> None:
    try:
        shutil.copyfile(source, draft)
    except FileNotFoundError:
        raise NoBackup(f"there is no file {source}", fix="name a backup") from None
    except (IsADirectoryError, shutil.SpecialFileError):
        raise NoBackup(f"{source} is not a plain file", fix="name a backup") from None
    sync(draft)


def _known(store: Path, identity: str, heads_folder: Path) -> list[Head]:
    """What was seen of the store last: here, and in the store that is to be replaced."""
    found = [heads.remembered(heads_folder, identity)]
    with suppress(sqlite3.Error, OwncaseError, OSError), closing(connect(store, readonly=True)) as connection:
        found.append(heads.head_of(connection))
    return [head for head in found if head is not None]


def _lost(draft: Path, head: Head, known: list[Head], lose: int) -> int:
    if strange := next((other for other in known if other.store != head.store), None):
        raise AnotherStore(
            f"the backup is of the store {head.store[:8]}, and {strange.store[:8]} is here",
            fix="restore it to another path with --store",
        )
    newest = max(known, key=lambda other: other.seq, default=head)
    lost = max(newest.seq - head.seq, 0)
    with closing(connect(draft, readonly=True)) as connection:
        for other in known:
            row = connection.execute("SELECT hash FROM event WHERE seq = ?", (other.seq,)).fetchone()
            if row is not None and row[0] != other.hash:
                lost = other.seq  # where the two part is not known from a head: all that was seen counts
    if lost != lose:
        raise LosesEvents(
            f"the backup ends at event {head.seq}, and event {newest.seq} was seen: {lost} would be lost"
            if lost else f"the backup loses no events, and --lose-events says {lose}",
            fix=f"owncase store restore FILE --lose-events {lost}" if lost else "leave --lose-events out",
        )  # fmt: skip
    return lost


def _set_aside(store: Path) -> Path | None:
    """Keep a copy of the present store beside it, with the journal that a crashed writer left.

    A second name of it would do too; but whoever reads meanwhile, or after a crash just now, would find two.
    """
    if not store.exists():
        return None
    kept = free_name(store, "before-restore")
    with draft_of(kept) as draft:
        shutil.copyfile(store, draft)
        _give(draft, store, group_of(store))
        put_in_place(draft, kept, replacing=False)
    journal = store.with_name(f"{store.name}-journal")
    if journal.exists():
        os.replace(journal, kept.with_name(f"{kept.name}-journal"))
    return kept
