"""A small desk in memory, on the real schema, whose history is made by the real fold and written in the program's order.

Only the hashes are placeholders: a trigger cannot compute one, so none looks at more than their length.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from campaigns.schema import letters
from owncase.domain import history
from owncase.domain.event import Event
from owncase.domain.moment import to_text
from owncase.domain.terms import Terms, as_text
from owncase.domain.values import Row
from owncase.store import schema
from owncase.store.heads import Head
from owncase.store.memory import MemoryRecords
from owncase.store.rows import ORDER
from owncase.store.tx import Tx, keys_of

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
DUE = "2026-11-27T15:00:00Z"
LATER, PASSED = "2026-12-04T15:00:00Z", "2026-11-23T09:00:01Z"
INSERT_EVENT = (
    "INSERT INTO event (seq, kind, actor, case_number, subject, at, recorded_at, request, intent, hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
INSERT_TEXT = "INSERT INTO text (id, event, commitment, salt, body) VALUES (?, ?, ?, zeroblob(32), ?)"
LATE = "late"
"""The key of a playbook."""
HOURS = "mon-fri 09:00-17:00"

ADA, BOB, CY, DAN = 2, 3, 4, 5
"""The founder, who manages Bob and Cy; two reps; and Dan, who has left."""
PEOPLE = (ADA, BOB, CY)
ACME, GLOBEX = 7, 8
"""Ada's own account, and one that she claimed to be Bob's, who was asked."""


class Desk(Tx):
    """The records of one connection; `happen` does what the program's write does, inside a transaction of the caller's."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        head = raw.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0]
        super().__init__(None, raw, Head("0" * 32, head, ""))  # type: ignore[arg-type] - no session: rows go by plain SQL

    def happen(self, event: Event) -> None:
        """Let an event happen: the rule, the record, the rows, and a look at what the triggers made of them."""
        event = numbered(event, self.head.seq + 1)
        self._pending.clear()
        history.apply(self, event)
        self.record(event)
        rows = sorted(self._pending, key=lambda row: ORDER.index(type(row)))
        for row in rows:
            self.write(row)
        for row in {(row.TABLE, row.row_key): row for row in rows}.values():
            found = self._find(type(row), *where(row))
            assert found == [row], f"{event.kind}: the triggers made {found}, the fold {row}"

    def record(self, event: Event) -> None:
        """The event's record, and one text that it commits to."""
        insert_event(self.raw, event)
        self.raw.execute(
            INSERT_TEXT,
            (
                self.raw.execute("SELECT coalesce(max(id), 0) + 1 FROM text").fetchone()[0],
                event.seq,
                commitment(event.seq),
                "x",
            ),
        )
        self.head = self.head._replace(seq=event.seq)

    def write(self, row: Row) -> None:
        """A new row is inserted; of an old one the changed columns are updated."""
        names = [column.name for column in fields(row)]
        found = self._find(type(row), *where(row))
        if not found:
            marks = ", ".join("?" * len(names))
            self.raw.execute(
                f"INSERT INTO {row.TABLE} ({', '.join(names)}) VALUES ({marks})", [getattr(row, name) for name in names]
            )
            return
        changed = [name for name in names if getattr(row, name) != getattr(found[0], name)]
        if changed:
            clause, *key = where(row)
            sets = ", ".join(f"{name} = ?" for name in changed)
            self.raw.execute(
                f"UPDATE {row.TABLE} SET {sets} WHERE {clause}", [*(getattr(row, n) for n in changed), *key]
            )


def where(row: Row) -> tuple[Any, ...]:
    """The condition that finds a row, and its values."""
    key = row.row_key if isinstance(row.row_key, tuple) else (row.row_key,)
    return " AND ".join(f"{name} = ?" for name in keys_of(type(row))), *key


def numbered(event: Event, seq: int) -> Event:
    """The event at its place in history."""
    at = moment(seq)
    subject = seq if event.kind in ("person.added", "customer.added") else event.subject
    if event.kind == "letter.queued":
        event = replace(event, data={**event.data, "message_id": letters.message_id(seq)})
    return replace(event, seq=seq, at=at, recorded_at=at, subject=subject)


def moment(seq: int) -> str:
    """When the event of this number happens; one second passes with each."""
    return to_text(START + timedelta(seconds=seq))


def commitment(seq: int) -> str:
    """The placeholder for the commitment to an event's text."""
    return f"{seq:064x}"


def insert_event(raw: sqlite3.Connection, event: Event) -> None:
    """The bare record of an event, with a placeholder for its hash."""
    raw.execute(
        *event_record(
            event.seq, event.kind, event.actor, case=event.case, subject=event.subject, name=event.data.get("name", ""),
            value=event.data.get("value", ""),
            take=event.data.get("take", ()), request=event.request, typed_by=event.typed_by,
            undoes=event.data.get("undoes"), n=event.data.get("n"), due=event.data.get("due"), eta_debt=event.data.get("eta_debt"),
            terms=event.data.get("terms"), told=event.data.get("promises") if event.kind.endswith(".told") else None,
            redacts=event.data.get("commitments", ()),
            call=call_of(event), letter=letter_of(event) or duty_of(event),
            key=event.data.get("key") if event.kind.startswith("playbook.") else None,
            playbook=event.data.get("playbook"), step=event.data.get("step"),
        )
    )  # fmt: skip


def event_record(
    seq: int,
    kind: str,
    actor: int,
    *,
    case: int | None,
    subject: int | None,
    name: str = "",
    value: str = "true",
    take: Sequence[int] = (),
    request: str | None = None,
    typed_by: str = "eve",
    undoes: int | None = None,
    n: int | None = None,
    eta_debt: Sequence[int] | None = None,
    terms: Terms | None = None,
    due: str | None = None,
    told: Sequence[int] | None = None,
    redacts: Sequence[str] = (),
    call: str = "",
    letter: str = "",
    key: str | None = None,
    playbook: int | None = None,
    step: int | None = None,
) -> tuple[str, tuple[Any, ...]]:
    """The statement that records an event. Its intent says no more than triggers look for."""
    at = moment(seq)
    taken, text = ",".join(map(str, take)), commitment(seq)
    back = f',"undoes":{undoes}' if undoes is not None else ""
    which = f'"n":{n},' if n is not None else ""
    due_then = f'"due":"{due or DUE}",'
    debt = f'"eta_debt":{as_text(eta_debt)},' if eta_debt else ""
    said = f'"terms":{as_text(terms)},' if terms else ""
    heard = f'"how":"phone","promises":{as_text(list(told))},' if told is not None else '"how":"phone",'
    gone = f'"commitments":{as_text(redacts)},' if redacts else ""
    call += f'"key":"{key}","topics":null,' if key else ""
    call += f'"playbook":{playbook},' if playbook is not None else ""
    call += f'"step":{step},' if step is not None else ""
    data = f'{{{call}{letter}{gone}{due_then}{debt}{heard}{which}"name":"{name}","take":[{taken}],{said}"text":{{"text":"{text}"}}{back},"value":"{value}"}}'
    intent = f'{{"data":{data},"typed_by":"{typed_by}"}}'
    return INSERT_EVENT, (seq, kind, actor, case, subject, at, at, request, intent, "0" * 64)


def call_of(event: Event) -> str:
    """What triggers look for in a call; nothing for other events."""
    said = event.data
    if event.kind == "case.called":
        return called(answered=said["answer"] is not None, about=said["about_status"], due=said["callback"])
    return '"answer":{"text":"x"},"channel":"phone",' if event.kind == "customer.called" else ""


def letter_of(event: Event) -> str:
    """What triggers look for in a letter or a try; nothing for other events."""
    said = event.data
    if event.kind == "letter.queued":
        return letters.queued(said["form"], event.seq, said["promises"])
    if event.kind == "letter.tried":
        routes = {"refused": [n for n, _ in said["refused"]], "waiting": [n for n, _ in said["waiting"]]}
        return letters.tried(said["letter"], accepted=said["accepted"], **routes)
    return ""


def duty_of(event: Event) -> str:
    """What triggers look for in a duty; nothing for other events."""
    return on_duty(event.data["from_at"], event.data["until_at"]) if event.kind == "duty.added" else ""


def on_duty(since: str, until: str) -> str:
    """A stretch of duty as an event states it."""
    return f'"from_at":"{since}","until_at":"{until}",'


def called(*, answered: bool, about: int = 1, due: str | None = None) -> str:
    """A call about a case as an event states it, in the order of its fields."""
    moment_of = f'"{due or DUE}"'
    answer, back = ('{"text":"x"}', "null") if answered else ("null", moment_of)
    plan = f'"next_due":{moment_of},' if not answered and about else ""
    return f'"about_status":{about},"answer":{answer},"callback":{back},"channel":"phone",{plan}'


def stated(kind: str, by: int, case: int | None = None, subject: int | None = None, **data: Any) -> Event:
    """An event before it has its place in history."""
    return Event(kind=kind, actor=by, at="", case=case, subject=subject, data=data)


def person(handle: str, *, manager: int | None = None, login: str | None = None) -> Event:
    """Ada adds a person."""
    return stated(
        "person.added", ADA, handle=handle, name=handle.title(), email=None, phone=None, place=None, zone="UTC",
        hours=HOURS, manager=manager, login=login,
    )  # fmt: skip


def customer(key: str, account_owner: int, second: int | None) -> Event:
    """Ada adds a customer."""
    return stated(
        "customer.added", ADA, key=key, name=key.title(), contact=None, email=None, phone=None,
        account_owner=account_owner, second=second,
    )  # fmt: skip


def opening(number: int, by: int, *, external: str | None = None, playbook: int | None = None) -> Event:
    """Somebody opens a case for Acme."""
    begun = {} if playbook is None else {"playbook": playbook}
    return stated(
        "case.opened", by, number, uid=f"uid-{number}", source="local", external=external, title="Damaged drives",
        customer=ACME, urgency="normal", cause=None, contact=None, channel=None, next_action="Call Pat", next_due=DUE,
        waiting_for=None, **begun,
    )  # fmt: skip


BEGINNING: Sequence[Event] = (
    stated("store.created", ADA),
    person("ada", login="ada"),
    person("bob", manager=ADA, login="bob"),
    person("cy", manager=ADA),
    person("dan"),
    stated("person.retired", ADA, subject=DAN),
    customer("acme", ADA, BOB),
    customer("globex", BOB, None),
    stated("customer.offered", ADA, subject=GLOBEX, to=BOB, note="yours?", answer_by=DUE),
    stated("store.set", ADA, name="require-login", value="false"),
    stated("store.set", ADA, name="require-login", value="false"),
    replace(opening(1, ADA, external="A-1"), request="r-1"),
    opening(2, ADA, external="A-2"),
)
LOG: Sequence[Event] = (
    stated("log.opened", ADA, 3, uid="uid-3", source="log", external="L-1", title="Case L-1", customer=ACME, owner=CY,
           status="open", ended=False),
    stated("log.moved", ADA, 3, to=BOB, status="open", ended=False),
    stated("case.imported", ADA, 3, owner_default=None, next_action="Look again", next_due=DUE, digest="d"),
)  # fmt: skip
ENDED: Sequence[Event] = (
    stated("log.opened", ADA, 4, uid="uid-4", source="log", external="L-2", title="Case L-2", customer=ACME, owner=CY,
           status="over", ended=True),
    stated("case.imported", ADA, 4, owner_default=None, next_action=None, next_due=None, digest="d"),
)  # fmt: skip


def begin(*, without: Sequence[str] = (), script: Sequence[str] | None = None) -> sqlite3.Connection:
    """A store in memory with four people, two accounts, two open cases, and two that an import claimed.

    `without` names triggers to leave out; `script` replaces the statements of the schema.
    """
    raw = sqlite3.connect(":memory:", isolation_level=None, cached_statements=20_000)
    for statement in script or list(schema.statements()):
        raw.execute(statement)
    desk, memory = Desk(raw), MemoryRecords()
    for event in BEGINNING:
        desk.happen(event)
        history.apply(memory, numbered(event, desk.head.seq))
    for log in (LOG, ENDED):
        adopt(desk, memory, log)
    for name in without:
        raw.execute(f"DROP TRIGGER {name}")
    return raw


def adopt(desk: Desk, memory: MemoryRecords, log: Sequence[Event]) -> None:
    """Import one case as the program does: its events first, then the rows that they come to."""
    for event in log:
        placed = numbered(event, desk.head.seq + 1)
        history.apply(memory, placed)
        desk.record(placed)
    case = log[0].case
    for table in ("handoff", "tenure", "cases"):
        for row in memory.tables[table].values():
            if getattr(row, "case_number", getattr(row, "number", None)) == case:
                desk.write(row)


@contextmanager
def undone(raw: sqlite3.Connection, name: str) -> Iterator[None]:
    """Whatever happens inside is taken back."""
    raw.execute(f"SAVEPOINT {name}")
    try:
        yield
    finally:
        if raw.in_transaction:
            raw.execute(f"ROLLBACK TO {name}")
            raw.execute(f"RELEASE {name}")
