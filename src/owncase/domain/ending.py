"""Void is not closing, and what has ended may come back to who answers for it (rules 4 and 8)."""

from owncase.domain.case import OnOffer, has_next, is_owner, new_tenure, open_case, touched
from owncase.domain.event import Event
from owncase.domain.moment import from_text
from owncase.domain.person import is_active
from owncase.domain.records import Records
from owncase.domain.values import Case
from owncase.errors import Refused


class CaseIsOpen(Refused):
    """Only an ended case is reopened."""


class VoidNeedsAcknowledgement(Refused):
    """Rule 8: void is not closing; alone only for duplicates, and for fresh spam or mistakes."""


class NotADuplicate(Refused):
    """Rule 8: a duplicate names the surviving open case of the same customer."""


class NothingToConfirm(Refused):
    """Only a closing that nobody at the customer's confirmed is confirmed, once."""


class HasOpenPromises(Refused):
    """Rule 8: a case with open promises is never void."""


DAY = 86_400


def reopened(records: Records, event: Event) -> None:
    """The next owner owns a closed case again; whoever reopens it where there is none any more."""
    case = records.case(event.case or 0)
    actor = records.person(event.actor)
    if case.status == "open":
        raise CaseIsOpen(f"case {case.number} is open", fix=f"owncase show {case.number}")
    is_active(actor)
    heir = records.person(case.next_owner) if case.status == "closed" and case.next_owner else None
    owner = heir.id if heir and heir.active else actor.id
    wish = event.data
    has_next(case.number, wish["next_action"], wish["next_due"])
    moved = touched(
        case, event, status="open", owner=owner, next_owner=None, next_action=wish["next_action"],
        next_due=wish["next_due"], waiting_for=None, closed_at=None, outcome=None, confirmed_by=None,
        unconfirmed=None, void_reason=None, duplicate_of=None, replans=0,
        came_back=event.seq if owner != actor.id else None,
    )  # fmt: skip
    records.put(moved)
    new_tenure(records, moved, event.at)


def confirmed(records: Records, event: Event) -> None:
    """The customer confirms afterwards what was closed unconfirmed; whoever hears it says so."""
    case = records.case(event.case or 0)
    if case.status != "closed":
        raise NothingToConfirm(f"case {case.number} is {case.status}, not closed", fix=f"owncase show {case.number}")
    if case.confirmed_by or not case.unconfirmed:
        raise NothingToConfirm(
            f"the closing of case {case.number} was confirmed by {case.confirmed_by}", fix="owncase list --unconfirmed"
        )
    records.put(touched(case, event, confirmed_by=event.data["confirmed_by"]))


def voided(records: Records, event: Event) -> None:
    """End a case that should not be one, alone: a duplicate by its owner, fresh spam or a mistake by its opener."""
    case = open_case(records, event)
    wish = event.data
    if any(promise.state == "open" for promise in records.promises_of(case.number)):
        raise HasOpenPromises(f"case {case.number} has open promises", fix=f"owncase promise list {case.number}")
    if offer := records.offer_of(case.number):
        taker = records.person(offer.taker).handle
        raise OnOffer(f"case {case.number} is on offer to {taker}", fix=f"owncase withdraw {case.number}")
    if wish["reason"] == "duplicate":
        _is_duplicate(records, case, event)
    elif not may_void_alone(records, case, event):
        raise VoidNeedsAcknowledgement(
            f"case {case.number} can be void only with an acknowledgement: alone only its opener may, within a day, "
            "before any acknowledgement or promise, and before the customer heard from us",
            fix=f"owncase void {case.number} --reason {wish['reason']} --to HANDLE",
        )
    ended = touched(
        case, event, status="void", void_reason=wish["reason"], duplicate_of=wish.get("of"), closed_at=event.at,
        next_action=None, next_due=None, waiting_for=None, came_back=None,
    )  # fmt: skip
    records.put(ended)
    new_tenure(records, ended, event.at)


def may_void_alone(records: Records, case: Case, event: Event) -> bool:
    """Whether rule 8 lets the actor end fresh spam or a mistake without anybody's acknowledgement."""
    now = max(event.at, event.recorded_at)
    fresh = (from_text(now) - from_text(case.opened_at)).total_seconds() <= DAY
    return (
        event.actor == case.opened_by and fresh and not case.handoffs and not case.imported_by
        and case.via == 0 and not case.contacts and not records.promises_of(case.number)
    )  # fmt: skip


def _is_duplicate(records: Records, case: Case, event: Event) -> None:
    is_owner(records, case, event.actor, f"owncase void {case.number} --reason duplicate --of CASE")
    survivor = records.case(event.data["of"])
    if survivor.number == case.number or survivor.status != "open" or survivor.customer != case.customer:
        raise NotADuplicate(
            f"case {case.number} is a duplicate only of another open case of the same customer",
            fix=f"owncase list --customer {records.customer(case.customer).key}",
        )
