"""A write in progress: events are appended one by one, the fold decides what they do, and every row is read back.

Nothing here begins or commits; `engine.write_tx` does.
"""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import insert
from sqlmodel import Session

from owncase.domain import history
from owncase.domain.event import Event
from owncase.domain.values import (
    KEYS,
    Call,
    Case,
    Contact,
    Customer,
    CustomerOffer,
    Delivery,
    Duty,
    Handoff,
    Letter,
    Note,
    Person,
    Playbook,
    Promise,
    Row,
    Setting,
    Tenure,
)
from owncase.errors import NotFound, Unsound
from owncase.store import ledger
from owncase.store.heads import Head
from owncase.store.held import HOLDINGS, LOGIN_GIVEN
from owncase.store.rows import COLUMNS, MODELS, ORDER, EventRow, TextRow, values_of

R = TypeVar("R", bound=Row)


class NoSuchCase(NotFound):
    """There is no case of this number."""


class NoSuchPerson(NotFound):
    """There is no person of this handle."""


class NoSuchCustomer(NotFound):
    """There is no customer of this key."""


class NoSuchNote(NotFound):
    """There is no note of this id."""


class NoSuchLetter(NotFound):
    """There is no letter of this id."""


class NoSuchDuty(NotFound):
    """There is no duty of this number."""


class NoSuchPlaybook(NotFound):
    """There is no version of a playbook of this id."""


class NotAsFolded(Unsound):
    """What stands in a table is not what history says; nothing was written."""


class Tx:
    """The records of the store inside one transaction. `append` is the only way anything changes."""

    def __init__(self, session: Session, raw: sqlite3.Connection, head: Head) -> None:
        self.session = session
        self.raw = raw
        self.head = head
        self._pending: list[Row] = []

    # what a rule may look at ------------------------------------------------------------------------------------

    def person(self, number: int) -> Person:
        """The person of this id."""
        return self._need(Person, NoSuchPerson(f"there is no person {number}"), "id = ?", number)

    def customer(self, number: int) -> Customer:
        """The customer of this id."""
        return self._need(Customer, NoSuchCustomer(f"there is no customer {number}"), "id = ?", number)

    def case(self, number: int) -> Case:
        """The case of this number."""
        missing = NoSuchCase(f"there is no case {number}", fix="owncase list")
        return self._need(Case, missing, "number = ?", number)

    def person_named(self, handle: str) -> Person:
        """The person of this handle."""
        missing = NoSuchPerson(f"there is no person {handle}", fix=self._near(handle, "person", "handle"))
        return self._need(Person, missing, "handle = ?", handle)

    def customer_named(self, key: str) -> Customer:
        """The customer of this key."""
        missing = NoSuchCustomer(f"there is no customer {key}", fix=self._near(key, "customer", "key"))
        return self._need(Customer, missing, "key = ?", key)

    def setting(self, name: str) -> str | None:
        """The store's choice of this name."""
        found = self._find(Setting, "name = ?", name)
        return found[0].value if found else None

    def offer_of(self, case: int) -> Handoff | None:
        """The standing offer of a case."""
        return next(iter(self._find(Handoff, "case_number = ? AND state = 'offered'", case)), None)

    def account_offer_of(self, customer: int) -> CustomerOffer | None:
        """The standing offer of an account."""
        return next(iter(self._find(CustomerOffer, "customer = ? AND state = 'offered'", customer)), None)

    def cases_of(self, customer: int) -> Sequence[Case]:
        """Every case of a customer, in order, open or not."""
        return self._find(Case, "customer = ? ORDER BY number", customer)

    def contacts_of(self, customer: int) -> Sequence[Contact]:
        """All contacts of a customer, in order."""
        return self._find(Contact, "customer = ? ORDER BY n", customer)

    def handoff(self, number: int) -> Handoff:
        """The offer of a case with this id."""
        return self._need(Handoff, NoSuchCase(f"there is no offer {number}"), "id = ?", number)

    def account_handoff(self, number: int) -> CustomerOffer:
        """The offer of an account with this id."""
        return self._need(CustomerOffer, NoSuchCustomer(f"there is no offer {number}"), "id = ?", number)

    def promises_of(self, case: int) -> Sequence[Promise]:
        """All promises of a case, in order."""
        return self._find(Promise, "case_number = ? ORDER BY n", case)

    def playbook(self, number: int) -> Playbook:
        """The version of a playbook with this id."""
        missing = NoSuchPlaybook(f"there is no playbook {number}", fix="owncase playbook list")
        return self._need(Playbook, missing, "id = ?", number)

    def playbook_of(self, key: str) -> Playbook | None:
        """The version of this key that is in use."""
        return next(iter(self._find(Playbook, "key = ? AND active = 1", key)), None)

    def note(self, number: int) -> Note:
        """The note of this id."""
        return self._need(Note, NoSuchNote(f"there is no note {number}"), "id = ?", number)

    def unseen_of(self, case: int) -> Sequence[Note]:
        """Notes that the owner has not seen."""
        return self._find(Note, "case_number = ? AND unseen = 1", case)

    def letter(self, number: int) -> Letter:
        """The letter of this id."""
        missing = NoSuchLetter(f"there is no letter {number}", fix="owncase outbox list")
        return self._need(Letter, missing, "id = ?", number)

    def deliveries_of(self, letter: int) -> Sequence[Delivery]:
        """A letter's way to each of its recipients, in order."""
        return self._find(Delivery, "letter = ? ORDER BY n", letter)

    def tenure_of(self, case: int) -> Tenure:
        """The stretch that lasts."""
        return self._find(Tenure, "case_number = ? AND until_at IS NULL", case)[0]

    def is_taken(self, name: str, *, but: int | None = None) -> bool:
        """Whether another person or customer goes by this name."""
        sql = "SELECT id FROM person WHERE handle = ?1 UNION ALL SELECT id FROM customer WHERE key = ?1"
        return any(row[0] != but for row in self.raw.execute(sql, (name,)))

    def holder_of_login(self, login: str) -> Person | None:
        """The person with this login."""
        return next(iter(self._find(Person, "login = ?", login)), None)

    def has_login_since(self, person: int) -> str | None:
        """When the person got the login that they have."""
        found = self.raw.execute(LOGIN_GIVEN, (person,)).fetchone()
        return found[0] if found else None

    def duty(self, number: int) -> Duty:
        """The duty of this id."""
        return self._need(Duty, NoSuchDuty(f"there is no duty {number}", fix="owncase duty list"), "id = ?", number)

    def holdings(self, person: int, at: str) -> Sequence[str]:
        """What the person still owns, is asked to own or is on duty for after `at`."""
        return [row[0] for row in self.raw.execute(HOLDINGS, {"who": person, "at": at})]

    def case_of(self, source: str, external: str) -> int | None:
        """The number of the case that another tracker knows by this id."""
        sql = "SELECT number FROM cases WHERE source = ? AND external = ?"
        found = self.raw.execute(sql, (source, external)).fetchone()
        return int(found[0]) if found else None

    def last_offer_of(self, case: int) -> Handoff | None:
        """The latest offer of a case, whatever became of it."""
        return next(iter(self._find(Handoff, "case_number = ? ORDER BY id DESC LIMIT 1", case)), None)

    def callbacks_since(self, case: int, event: int) -> Sequence[Call]:
        """The calls about a case after an event that were not answered, in order."""
        return self._find(Call, "case_number = ? AND id > ? AND callback IS NOT NULL ORDER BY id", case, event)

    def offer_ended_by(self, event: int) -> Handoff | None:
        """The offer that this event superseded, if it did."""
        return next(iter(self._find(Handoff, "event = ? AND state = 'superseded'", event)), None)

    def last_account_offer_of(self, customer: int) -> CustomerOffer | None:
        """The latest offer of an account, whatever became of it."""
        return next(iter(self._find(CustomerOffer, "customer = ? ORDER BY id DESC LIMIT 1", customer)), None)

    def colleagues_of(self, person: int) -> Sequence[Person]:
        """Everybody else who is active, by handle."""
        return self._find(Person, "id <> ? AND active = 1 ORDER BY handle", person)

    def next_number(self) -> int:
        """The number that the next case gets."""
        return int(self.raw.execute("SELECT coalesce(max(number), 0) + 1 FROM cases").fetchone()[0])

    # what happens -----------------------------------------------------------------------------------------------

    def put(self, row: Row) -> None:
        """Part of the fold: a row to be written with the event that is being appended."""
        self._pending.append(row)

    def add(self, event: Event) -> Event:
        """Append an event: the rule, the record, the rows, and a look at what was really written."""
        self._pending.clear()
        history.apply(self, event)
        self._record(event)
        rows = sorted(self._pending, key=lambda row: ORDER.index(type(row)))
        for row in rows:
            self.session.merge(MODELS[type(row)](**values_of(row)))
            self.session.flush()
        self.session.expunge_all()
        self._look_again(event, rows)
        return event

    def _record(self, event: Event) -> None:
        intent, texts = ledger.write_intent(event, store=self.head.store, on=self._last_hash_of(event.case))
        before = bytes.fromhex(self.head.hash) if self.head.hash else ledger.GENESIS
        made = ledger.record_hash(bytes.fromhex(self.head.store), event.seq, before, intent, event.recorded_at)
        self.session.execute(insert(EventRow), [record_of(event, intent, made)])
        if texts:
            first = self.raw.execute("SELECT coalesce(max(id), 0) + 1 FROM text").fetchone()[0]
            kept = [text_of(event.seq, first + n, text) for n, text in enumerate(texts)]
            self.session.execute(insert(TextRow), kept)
            self.raw.executemany("INSERT INTO text_index (rowid, body) VALUES (:id, :body)", kept)
        self.head = Head(self.head.store, event.seq, made.hex())

    def _last_hash_of(self, case: int | None) -> str | None:
        found = self.raw.execute(
            "SELECT hash FROM event WHERE case_number = ? ORDER BY seq DESC LIMIT 1", (case,)
        ).fetchone()
        return found[0] if found else None

    def _look_again(self, event: Event, rows: Sequence[Row]) -> None:
        stored = self.raw.execute("SELECT intent, recorded_at, hash FROM event WHERE seq = ?", (event.seq,)).fetchone()
        before = self.raw.execute("SELECT hash FROM event WHERE seq = ?", (event.seq - 1,)).fetchone()
        previous = bytes.fromhex(before[0]) if before else ledger.GENESIS
        again = ledger.record_hash(bytes.fromhex(self.head.store), event.seq, previous, stored[0], stored[1]).hex()
        if stored[2] != again or again != self.head.hash or json.loads(stored[0])["kind"] != event.kind:
            raise NotAsFolded(f"event {event.seq} did not reach the store as it was made", fix="owncase store check")
        last = {(row.TABLE, row.row_key): row for row in rows}
        for row in last.values():
            key = row.row_key if isinstance(row.row_key, tuple) else (row.row_key,)
            where = " AND ".join(f"{name} = ?" for name in keys_of(type(row)))
            if self._find(type(row), where, *key) != [row]:
                raise NotAsFolded(f"{row.TABLE} {row.row_key} is not what its history says", fix="owncase store check")

    def _find(self, kind: type[R], where: str, *values: object) -> list[R]:
        names = COLUMNS[kind]
        sql = f"SELECT {', '.join(names)} FROM {kind.TABLE} WHERE {where}"  # noqa: S608 - names are the program's own
        return [kind(**dict(zip(names, row, strict=True))) for row in self.raw.execute(sql, values)]

    def _need(self, kind: type[R], missing: NotFound, where: str, value: object) -> R:
        found = self._find(kind, where, value)
        if not found:
            raise missing
        return found[0]

    def _near(self, name: str, table: str, column: str) -> str:
        import difflib  # only a mistake needs it

        known = [row[0] for row in self.raw.execute(f"SELECT {column} FROM {table}")]  # noqa: S608 - the program's own names
        near = difflib.get_close_matches(name, known)
        return f"did you mean {' or '.join(near)}?" if near else f"owncase {table} list"


def keys_of(kind: type[Row]) -> tuple[str, ...]:
    """The columns that identify a row."""
    return KEYS.get(kind.TABLE, ("id",))


def record_of(event: Event, intent: str, made: bytes) -> dict[str, Any]:
    """An event as the columns of its record."""
    return {
        "seq": event.seq, "kind": event.kind, "actor": event.actor, "case_number": event.case,
        "subject": event.subject, "at": event.at, "recorded_at": event.recorded_at, "request": event.request,
        "intent": intent, "hash": made.hex(),
    }  # fmt: skip


def text_of(seq: int, number: int, text: ledger.Text) -> dict[str, Any]:
    """A text as the columns of its row."""
    return {"id": number, "event": seq, "commitment": text.commitment, "salt": text.salt, "body": text.body}
