"""The records of a store inside one transaction, as rules look at them: each row of a table is a value."""

import sqlite3
from collections.abc import Sequence
from typing import TypeVar

from owncase.domain.values import (
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
from owncase.errors import NotFound
from owncase.store.held import HOLDINGS, LOGIN_GIVEN
from owncase.store.rows import COLUMNS

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


class Rows:
    """What stands in the tables now."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.raw = raw

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
