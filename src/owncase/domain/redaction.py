"""What people wrote is removed for good only once it is over: an ended case, a customer no longer served, who has left.

The event names the texts by their commitments, and says why; that it happened, when and by whom stays in history.
"""

from owncase.domain.event import Event
from owncase.domain.person import is_founder
from owncase.domain.records import Records
from owncase.domain.values import Case
from owncase.errors import NotFound, NotPermitted, Refused


class FounderRedacts(NotPermitted):
    """Texts of people are removed by whoever made the store."""


class StillNeeded(Refused):
    """What somebody still works with is not redacted: a live action, an offer, a promise, a touch, a colleague."""


def redacted(records: Records, event: Event) -> None:
    """Texts are removed. No row changes by it: each is told again without them."""
    may_redact(records, event.actor, case=event.case, subject=event.subject)


def may_redact(records: Records, by: int, *, case: int | None = None, subject: int | None = None) -> None:
    """Raise `FounderRedacts` or `StillNeeded` unless this person may redact the case, or else the subject."""
    actor = records.person(by)
    if not is_founder(actor):
        raise FounderRedacts(f"{actor.handle} did not make the store", fix="ask whoever made it: owncase store info")
    needed = _of_case(records, records.case(case)) if case is not None else _of_subject(records, subject or 0)
    if needed:
        why, commands = zip(*needed, strict=True)
        raise StillNeeded(f"not redacted: {'; '.join(why)}", fix="; ".join(commands))


def _of_case(records: Records, case: Case) -> list[tuple[str, str]]:
    """Why the case is still needed, each with the command that ends it."""
    number = case.number
    if case.status == "open":
        end = f"owncase close {number} --outcome TEXT --confirmed-by TEXT"
        if offer := records.offer_of(number):
            taker = records.person(offer.taker).handle
            return [(f"case {number} is open, and on offer to {taker}", f"owncase withdraw {number}, then {end}")]
        return [(f"case {number} is open", end)]
    return [
        (f"promise {number}.{promise.n} is open", f"owncase promise keep {number}.{promise.n}")
        for promise in records.promises_of(number)
        if promise.state == "open"
    ]


def _of_subject(records: Records, subject: int) -> list[tuple[str, str]]:
    try:
        person = records.person(subject)
    except NotFound:
        return _of_customer(records, subject)
    return [(f"{person.handle} has not left", f"owncase person retire {person.handle}")] if person.active else []


def _of_customer(records: Records, number: int) -> list[tuple[str, str]]:
    customer = records.customer(number)
    needed = [why for case in records.cases_of(number) for why in _of_case(records, case)]
    if offer := records.account_offer_of(number):
        taker = records.person(offer.taker).handle
        needed.append((f"the account {customer.key} is on offer to {taker}", f"owncase withdraw {customer.key}"))
    if customer.next_touch is not None:
        needed.append((f"{customer.key} has a next touch", f"owncase customer touch {customer.key} --none"))
    return needed
