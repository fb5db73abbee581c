"""An offer asks one person, by a moment within their own working hours, and follows what it offers when it changes."""

from dataclasses import replace
from typing import Any

from owncase.domain.moment import from_text, to_text
from owncase.domain.terms import in_debt
from owncase.domain.values import Case, Customer, Handoff, Person, Prose
from owncase.domain.wallclock import zone_named
from owncase.domain.worktime import WorkingHours, answer_by
from owncase.errors import Refused
from owncase.store.write import Write


class NoNextOwner(Refused):
    """Nobody is known who would answer for the case afterwards."""


CANDIDATES = 5
"""How many people are named as possible next owners."""

EMPTY: dict[str, Any] = {
    "form": "transfer", "note": None, "next_action": None, "next_due": None, "answer_by": None, "outcome": None,
    "confirmed_by": None, "unconfirmed": None, "void_reason": None,
}  # fmt: skip

_WRITTEN = ("note", "next_action", "outcome", "confirmed_by", "unconfirmed")


def offer(tx: Write, number: int, taker: Person, **packet: Any) -> str:
    """Offer a case and give the handle of who is asked. `packet` is what `handoff.offered` tells beside that.

    Promises whose ETA the customer was not told are named by themselves.
    """
    told = EMPTY | packet
    if debt := in_debt(tx.promises_of(number)):
        told["eta_debt"] = debt
    told["answer_by"] = told["answer_by"] or answer_moment(tx.now, tx.case(number).urgency, taker)
    tx.append("handoff.offered", case=number, to=taker.id, **told)
    return taker.handle


def offer_again(tx: Write, number: int, standing: Handoff | None, *, to: int | None = None, **more: Any) -> str | None:
    """Offer the new state of a case to whom it was on offer, or to `to`; give their handle, None when it was not.

    `more` is what the event says beside the packet.
    """
    if standing is None:
        return None
    packet = {name: _said(name, getattr(standing, name)) for name in EMPTY if name != "form"}
    taker = tx.person(to or standing.taker)
    in_time = taker.id == standing.taker and (standing.answer_by or "") > tx.now
    packet["answer_by"] = standing.answer_by if in_time else None
    return offer(tx, number, taker, form=standing.kind, **packet, **more)


def _said(name: str, value: str | None) -> Prose | str | None:
    """A value of an offer as an event states it: what people wrote goes behind a commitment again."""
    return Prose(value) if value is not None and name in _WRITTEN else value


def without_proposal(standing: Handoff | None) -> Handoff | None:
    """The offer without a proposed action and due: the case itself says something newer now."""
    return replace(standing, next_action=None, next_due=None) if standing else None


def answer_moment(now: str, urgency: str, taker: Person) -> str:
    """When an answer is wanted at the latest, by the hours of the person asked."""
    hours, zone = WorkingHours.parse(taker.hours), zone_named(taker.zone)
    return to_text(answer_by(urgency, from_text(now), hours, zone))


def who_answers_afterwards(tx: Write, case: Case, *, command: str) -> Person:
    """The account owner; for a case of theirs the customer's second; else the owner's manager. Raises `NoNextOwner`."""
    customer = tx.customer(case.customer)
    owner = tx.person(case.owner or 0)
    for number in (customer.account_owner, customer.second, owner.manager):
        if number and number != owner.id and tx.person(number).active:
            return tx.person(number)
    candidates = [person.handle for person in tx.colleagues_of(owner.id)][:CANDIDATES]
    asked = f"{command} --to {' or '.join(candidates)}" if candidates else "owncase person add HANDLE --name NAME"
    raise NoNextOwner(
        f"{owner.handle} is the account owner of {customer.key}, has no manager, and {_second(tx, customer)}",
        fix=f"{asked}; or first owncase customer edit {customer.key} --second HANDLE",
    )


def _second(tx: Write, customer: Customer) -> str:
    if customer.second is None:
        return f"{customer.key} has no second"
    return f"the second of {customer.key} is {tx.person(customer.second).handle}"
