"""The records of a desk in plain memory: what history says, before any table is asked."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

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
    Told,
)
from owncase.errors import NotFound


class NoSuch(NotFound):
    """History speaks of something that it never began."""


class MemoryRecords:
    """Every value that history makes, by table and key."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[Any, Row]] = {kind.TABLE: {} for kind in KINDS}
        self._offers: dict[int, Handoff] = {}
        self._account_offers: dict[int, CustomerOffer] = {}
        self._contacts: dict[int, list[Contact]] = {}
        self._promises: dict[int, list[Promise]] = {}
        self._deliveries: dict[int, list[Delivery]] = {}
        self._unseen: dict[int, dict[int, Note]] = {}
        self._tenures: dict[int, Tenure] = {}
        self._playbooks: dict[str, Playbook] = {}
        self._names: dict[str, int] = {}
        self._logins: dict[str, int] = {}

    def _get(self, table: str, key: int) -> Any:
        try:
            return self.tables[table][key]
        except KeyError:
            raise NoSuch(f"there is no {table} {key}") from None

    def person(self, number: int) -> Person:
        """The person of this id."""
        found: Person = self._get("person", number)
        return found

    def customer(self, number: int) -> Customer:
        """The customer of this id."""
        found: Customer = self._get("customer", number)
        return found

    def case(self, number: int) -> Case:
        """The case of this number."""
        found: Case = self._get("cases", number)
        return found

    def setting(self, name: str) -> str | None:
        """The store's choice of this name."""
        found = self.tables["setting"].get(name)
        return found.value if isinstance(found, Setting) else None

    def offer_of(self, case: int) -> Handoff | None:
        """The standing offer of a case."""
        return self._offers.get(case)

    def account_offer_of(self, customer: int) -> CustomerOffer | None:
        """The standing offer of an account."""
        return self._account_offers.get(customer)

    def cases_of(self, customer: int) -> Sequence[Case]:
        """Every case of a customer, in order; asked for so rarely that none are kept together."""
        cases = (row for row in self.tables["cases"].values() if isinstance(row, Case) and row.customer == customer)
        return sorted(cases, key=attrgetter("number"))

    def contacts_of(self, customer: int) -> Sequence[Contact]:
        """All contacts of a customer, in order."""
        return self._contacts.get(customer, ())

    def handoff(self, number: int) -> Handoff:
        """The offer of a case with this id."""
        found: Handoff = self._get("handoff", number)
        return found

    def account_handoff(self, number: int) -> CustomerOffer:
        """The offer of an account with this id."""
        found: CustomerOffer = self._get("customer_offer", number)
        return found

    def promises_of(self, case: int) -> Sequence[Promise]:
        """All promises of a case, in order."""
        return self._promises.get(case, ())

    def playbook(self, number: int) -> Playbook:
        """The version of a playbook with this id."""
        found: Playbook = self._get("playbook", number)
        return found

    def playbook_of(self, key: str) -> Playbook | None:
        """The version of this key that is in use."""
        return self._playbooks.get(key)

    def note(self, number: int) -> Note:
        """The note of this id."""
        found: Note = self._get("note", number)
        return found

    def unseen_of(self, case: int) -> Sequence[Note]:
        """Notes that the owner has not seen."""
        return list(self._unseen.get(case, {}).values())

    def letter(self, number: int) -> Letter:
        """The letter of this id."""
        found: Letter = self._get("letter", number)
        return found

    def deliveries_of(self, letter: int) -> Sequence[Delivery]:
        """A letter's way to each of its recipients, in order."""
        return self._deliveries.get(letter, ())

    def tenure_of(self, case: int) -> Tenure:
        """The stretch that lasts."""
        return self._tenures[case]

    def is_taken(self, name: str, *, but: int | None = None) -> bool:
        """Whether another person or customer goes by this name."""
        holder = self._names.get(name)
        return holder is not None and holder != but

    def holder_of_login(self, login: str) -> Person | None:
        """The person with this login."""
        number = self._logins.get(login)
        return None if number is None else self.person(number)

    def duty(self, number: int) -> Duty:
        """The duty of this id."""
        found: Duty = self._get("duty", number)
        return found

    def holdings(self, person: int, at: str) -> Sequence[str]:
        """What the person still owns, is asked to own or is on duty for after `at`."""
        owned = [
            f"case {row.number}" for row in self.tables["cases"].values()
            if isinstance(row, Case) and row.owner == person and row.status == "open"
        ]  # fmt: skip
        asked = [f"offer of case {row.case_number}" for row in self._offers.values() if row.taker == person]
        accounts = [
            f"account {row.key}" for row in self.tables["customer"].values()
            if isinstance(row, Customer) and row.account_owner == person
        ]  # fmt: skip
        accounts += [f"offered account {row.customer}" for row in self._account_offers.values() if row.taker == person]
        promised = [
            f"promise {row.case_number}.{row.n}" for rows in self._promises.values() for row in rows
            if row.holder == person and row.state == "open"
        ]  # fmt: skip
        duties = [
            f"duty {row.id}" for row in self.tables["duty"].values()
            if isinstance(row, Duty) and row.person == person and row.active and row.until_at > at
        ]  # fmt: skip
        return owned + asked + accounts + promised + duties

    def put(self, row: Row) -> None:
        """Remember a value, and what is quickly found by it."""
        kind = type(row)
        if remember := self._REMEMBER.get(kind):
            remember(self, row)
        self.tables[kind.TABLE][_KEY_OF[kind](row)] = row

    def _rename(self, row: Person | Customer) -> None:
        before: Any = self.tables[row.TABLE].get(row.id)
        if before is not None:
            self._names.pop(_name_of(before), None)
            self._logins.pop(getattr(before, "login", None) or "", None)
        self._names[_name_of(row)] = row.id
        if isinstance(row, Person) and row.login:
            self._logins[row.login] = row.id

    def _put_handoff(self, row: Handoff) -> None:
        if row.state == "offered":
            self._offers[row.case_number] = row
        elif not row.claimed:
            self._offers.pop(row.case_number, None)

    def _put_account_offer(self, row: CustomerOffer) -> None:
        if row.state == "offered":
            self._account_offers[row.customer] = row
        else:
            self._account_offers.pop(row.customer, None)

    def _put_contact(self, row: Contact) -> None:
        listed = self._contacts.setdefault(row.customer, [])
        if row.n > len(listed):
            listed.append(row)
        else:
            listed[row.n - 1] = row

    def _put_promise(self, row: Promise) -> None:
        listed = self._promises.setdefault(row.case_number, [])
        if row.n > len(listed):
            listed.append(row)
        else:
            listed[row.n - 1] = row

    def _put_delivery(self, row: Delivery) -> None:
        listed = self._deliveries.setdefault(row.letter, [])
        if row.n > len(listed):
            listed.append(row)
        else:
            listed[row.n - 1] = row

    def _put_note(self, row: Note) -> None:
        waiting = self._unseen.setdefault(row.case_number, {})
        if row.unseen:
            waiting[row.id] = row
        else:
            waiting.pop(row.id, None)

    def _put_tenure(self, row: Tenure) -> None:
        if row.until_at is None:
            self._tenures[row.case_number] = row

    def _put_playbook(self, row: Playbook) -> None:
        if row.active:
            self._playbooks[row.key] = row
        else:
            self._playbooks.pop(row.key, None)

    _REMEMBER: dict[type, Any] = {
        Handoff: _put_handoff, CustomerOffer: _put_account_offer, Promise: _put_promise, Note: _put_note,
        Delivery: _put_delivery, Tenure: _put_tenure, Contact: _put_contact, Person: _rename, Customer: _rename,
        Playbook: _put_playbook,
    }  # fmt: skip


def _name_of(row: Person | Customer) -> str:
    return row.handle if isinstance(row, Person) else row.key


KINDS: tuple[type[Row], ...] = (
    *(Person, Customer, CustomerOffer, Contact, Duty, Playbook, Case, Handoff, Promise, Told, Call),
    *(Letter, Delivery, Note, Tenure, Setting),
)
_KEY_OF: dict[type[Row], Callable[[Row], Any]] = {kind: attrgetter(*KEYS.get(kind.TABLE, ("id",))) for kind in KINDS}
