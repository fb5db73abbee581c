"""The only place that begins or commits: one writer at a time, all of a command or nothing of it.

The driver's own transactions are switched off: left alone, they start after the read that decided the write, and
updates are lost without an error. Here every write takes its lock first: the queue, then BEGIN IMMEDIATE; then it
looks, then it acts.
"""

import json
import os
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

from owncase.domain.moment import from_text
from owncase.domain.wordless import is_another
from owncase.errors import Busy, CannotCreate, LookAgain, Refused
from owncase.store import heads, ledger, place, schema
from owncase.store.connection import connect
from owncase.store.groups import Group
from owncase.store.queue import in_line, make_lock
from owncase.store.sharing import give, share_folder
from owncase.store.write import Typing, Write

if TYPE_CHECKING:
    from owncase.desk import Actor, Desk

LOOK_AHEAD_SECONDS = 86_400
TEXTS = "SELECT commitment, body FROM text WHERE event = ?"


class RequestReused(LookAgain):
    """The request id stands for another command."""


class LoginChanged(Busy):
    """The login of the acting person changed while this write waited."""


class ClockBehind(Refused):
    """This machine's clock is far behind the history it would add to."""


class AlreadyThere(CannotCreate):
    """Only a path that does not exist yet becomes a store."""


class DatabaseRefused(Refused):
    """The database itself refused what the program let through."""


class AlreadyDone(Exception):
    """The command with this request id was done before, as `event`; `case` and `subject` say what it was about."""

    def __init__(self, event: int, case: int | None, subject: int | None) -> None:
        super().__init__(f"done before, as event {event}")
        self.event = event
        self.case = case
        self.subject = subject


@contextmanager
def write_tx(
    desk: "Desk", *, request: str | None = None, digest: str | None = None, by: "Actor | None" = None
) -> Iterator[Write]:
    """One write: everything inside happens, or nothing does. `by` acts where that is not yet the desk's person.

    With a `request` id, the same command (by `digest`) is not done twice: raises `AlreadyDone`, or `RequestReused` when
    the id came with something else. Raises the refusals of rules, `Queue` after 60 s, and `sqlite3.Error` or OSError.
    """
    path = place.existing(desk.store)
    me = by or desk.me
    desk.close()
    with in_line(path, who=f"{desk.os_user} owncase"), _session(path) as (session, raw):
        head = heads.compare(raw, desk.heads_dir)
        if request is not None:
            is_new(raw, request, digest)
        write = Write(session, raw, head, me, _not_before_history(raw, desk.now()))
        if by is None:
            _is_still(write, me)
        write.request = (request, digest or "") if request is not None else None
        yield write
        if write.head == head:
            session.rollback()
            return
        with _undisturbed():
            session.commit()
            desk.committed = f"event {write.head.seq}"
            heads.remember(desk.heads_dir, write.head)


@contextmanager
def create_tx(
    path: Path, desk: "Desk", *, store: str, enforcing: bool = True, group: Group | None = None
) -> Iterator[Write]:
    """Make a new store, 0600, with its schema, and begin its history inside. Raises `AlreadyThere` (exit 73).

    With a `group` file and lock are the group's, and so its folder has to be. With `enforcing` off, references between
    tables are not looked at until the caller does.
    """
    path = path.absolute()
    _new_file(path, group)
    try:
        if group is not None:
            give(path, path, group.id)
            make_lock(path)
        with _session(path, fresh=True, enforcing=enforcing) as (session, raw):
            for statement in schema.statements():
                raw.execute(statement)
            write = Write(session, raw, heads.Head(store, 0, ""), None, desk.now())
            yield write
            with _undisturbed():
                session.commit()
                desk.committed = f"event {write.head.seq}"
                heads.remember(desk.heads_dir, write.head)
    except BaseException:
        if desk.committed is None:
            path.unlink(missing_ok=True)
        raise


@contextmanager
def rebuild_tx(path: Path, desk: "Desk", who: "Typing", head: heads.Head) -> Iterator[Write]:
    """Make everything derived anew inside; the caller holds the queue, and compares before it leaves.

    References between tables are not enforced meanwhile, because the tables themselves come and go.
    """
    with _session(path, enforcing=False) as (session, raw):
        yield (write := Write(session, raw, head, who, _not_before_history(raw, desk.now())))
        with _undisturbed():
            session.commit()
            desk.committed = f"event {write.head.seq}"
            heads.remember(desk.heads_dir, write.head)


def _new_file(path: Path, group: Group | None) -> None:
    if group is None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.is_own_folder(path.parent)
    else:
        share_folder(path.parent, group)
    place.is_local(path)
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
    except FileExistsError:
        raise AlreadyThere(
            f"{path} exists already", fix="owncase store info, or name another path with --store"
        ) from None


@contextmanager
def _session(
    path: Path, *, fresh: bool = False, enforcing: bool = True
) -> Iterator[tuple[Session, sqlite3.Connection]]:
    def opened() -> sqlite3.Connection:
        connection = connect(path, readonly=False, fresh=fresh)
        if not enforcing:
            connection.execute("PRAGMA foreign_keys=OFF")
        return connection

    engine = make_engine(opened)
    try:
        with Session(engine, expire_on_commit=False, autoflush=False) as session:
            raw = session.connection(execution_options={"owncase_write": True}).connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            yield session, raw
    except IntegrityError as refused:
        raise DatabaseRefused(
            f"the store refused it: {refused.orig}", fix="report this; nothing was written"
        ) from refused
    except DBAPIError as trouble:
        if trouble.orig is not None:
            raise trouble.orig from trouble
        raise
    finally:
        engine.dispose()


def make_engine(opener: Callable[[], sqlite3.Connection]) -> Engine:
    """An engine whose transactions are ours: BEGIN IMMEDIATE to write, and nothing begun behind our back."""
    engine = create_engine("sqlite://", poolclass=NullPool, creator=opener)

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        wants = connection.get_execution_options().get("owncase_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if wants else "BEGIN")

    return engine


def _is_still(write: Write, me: "Actor") -> None:
    """Rule 11 was asked before the wait in line, and who may act for somebody may have changed since."""
    if write.person(me.id).login != me.login:
        raise LoginChanged(f"the login of {me.handle} changed meanwhile", fix="run it again")


def is_new(raw: sqlite3.Connection, request: str, digest: str | None) -> None:
    """Raise `AlreadyDone` for a request that is in history, `RequestReused` where it was another command."""
    sql = "SELECT seq, case_number, subject, intent FROM event WHERE request = ?"
    if found := raw.execute(sql, (request,)).fetchone():
        kept = ledger.read_texts(json.loads(found[3])["request"]["digest"], dict(raw.execute(TEXTS, found[:1])))
        if is_another(kept, digest or ""):
            raise RequestReused(
                f"request {request} was something else (event {found[0]})", fix="use a fresh --request-id"
            )
        raise AlreadyDone(*found[:3])


def _not_before_history(raw: sqlite3.Connection, now: str) -> str:
    last: str = raw.execute("SELECT recorded_at FROM event ORDER BY seq DESC LIMIT 1").fetchone()[0]
    ahead = _seconds(last) - _seconds(now)
    if ahead > LOOK_AHEAD_SECONDS:
        raise ClockBehind(f"this clock says {now}, and history has reached {last}", fix="set the clock right")
    return max(now, last)


def _seconds(moment: str) -> float:
    at: datetime = from_text(moment)
    return at.timestamp()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold signals back from COMMIT until the commit is known, so that nobody is told the wrong thing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, held)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
