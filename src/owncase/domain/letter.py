"""A letter names only who has said yes, states every open promise as it stands, and is sent once to each recipient.

It is queued whole before anything is sent. What the mail server did with it is recorded by whoever tried; the first
time that it accepts it, the customer was told.
"""

from collections.abc import Iterable, Sequence
from json import dumps
from typing import Any

from owncase.domain.case import NotTheOwner, touched
from owncase.domain.change import changed
from owncase.domain.event import Event
from owncase.domain.person import run_by
from owncase.domain.records import Records
from owncase.domain.told import heard, in_debt, knows
from owncase.domain.values import Case, Customer, CustomerOffer, Delivery, Handoff, Letter, Promise, Told
from owncase.errors import LookAgain, Refused, Unsound

KINDS = ("welcome", "eta", "eta-moved", "new-owner", "resolved")
ABOUT_ACCOUNTS = ("welcome", "new-owner")
"""What may be written about a customer as a whole."""


class NoLetterForIt(Refused):
    """A letter is about an open or a closed case."""


class AboutACase(Refused):
    """A letter of this kind is about one case."""


class NoEtaToTell(Refused):
    """There is no open promise whose ETA could be told."""


class NothingMoved(Refused):
    """The customer knows every present ETA."""


class NotYetAcknowledged(Refused):
    """No customer is told of an owner who has not said yes."""


class NotResolved(Refused):
    """The case is open; only its acknowledged closing ends it."""


class StatedOtherwise(LookAgain):
    """What the letter states is not what is so now."""


class NotToBeSent(Unsound):
    """A recipient was tried who is not waiting for this letter."""


def queued(records: Records, event: Event) -> None:
    """Somebody who answers for it, or their manager, writes to the customer; it waits to be sent."""
    case = records.case(event.case) if event.case else None
    customer = records.customer(case.customer if case else event.subject or 0)
    stated = _of_case(records, case, event) if case else _of_account(records, customer, event)
    wish = event.data
    if [list(pair) for pair in wish["promises"]] != stated:
        raise StatedOtherwise(f"the promises of case {event.case} have changed meanwhile", fix="write the letter again")
    records.put(
        Letter(id=event.seq, customer=customer.id, case_number=event.case, kind=wish["form"], sender=event.actor,
               subject=wish["title"], message=wish["message"], message_id=wish["message_id"],
               promises=_json(stated) if stated else None, queued_at=event.at, event=event.seq)
    )  # fmt: skip
    for n, recipient in enumerate(wish["to"], start=1):
        records.put(Delivery(letter=event.seq, n=n, recipient=recipient, state="queued", event=event.seq))
    if case:
        records.put(touched(case, event))


def tried(records: Records, event: Event) -> None:
    """What became of a letter, recipient by recipient. The first time that the server accepts it, it was told."""
    wish = event.data
    letter = records.letter(wish["letter"])
    deliveries = {delivery.n: delivery for delivery in records.deliveries_of(letter.id)}
    _are_waiting(letter, event, deliveries)
    first = not any(delivery.state == "sent" for delivery in deliveries.values())
    accepted = [deliveries[n] for n in wish["accepted"]]
    for delivery in accepted:
        records.put(_after(delivery, event, state="sent", trouble=None))
    for state, outcome in (("refused", wish["refused"]), ("queued", wish["waiting"])):
        for n, why in outcome:
            records.put(_after(deliveries[n], event, state=state, trouble=why))
    if accepted and first:
        _told(records, letter, event, [delivery.recipient for delivery in accepted])
    elif letter.case_number:
        records.put(touched(records.case(letter.case_number), event))


def answers_for(case: Case) -> int | None:
    """Who answers for a case: its owner, or the next owner of one that is closed."""
    return case.next_owner if case.status == "closed" else case.owner


def fits_account(kind: str, key: str) -> None:
    """Raise `AboutACase` for a kind of letter that needs one."""
    if kind not in ABOUT_ACCOUNTS:
        raise AboutACase(
            f"a letter {kind} is about one case, and not about {key} as a whole",
            fix=f"owncase letter CASE --kind {kind}; its cases: owncase list -c {key} --status all",
        )


def stated_of(promises: Iterable[Promise]) -> list[list[Any]]:
    """What a letter states: each open promise and its ETA."""
    return [[promise.n, promise.due] for promise in promises if promise.state == "open"]


def _of_case(records: Records, case: Case, event: Event) -> list[list[Any]]:
    kind, number = event.data["form"], case.number
    if case.status not in ("open", "closed"):
        raise NoLetterForIt(f"case {number} is {case.status}", fix=f"owncase show {number}")
    who = answers_for(case) or 0
    may_write(records, who, event.actor, f"case {number}", f"owncase letter {number} --kind {kind} --send")
    if case.claimed and event.actor != who:
        raise _never_said_yes(records, who, f"case {number}", f"owncase replan {number} …")
    promises = records.promises_of(number)
    _fits(records, case, kind, promises)
    return stated_of(promises)


def _fits(records: Records, case: Case, kind: str, promises: Sequence[Promise]) -> None:
    """Raise the refusal of a letter of this kind about this case."""
    number = case.number
    if kind == "resolved" and case.status != "closed":
        raise NotResolved(f"case {number} is not closed", fix=f"owncase close {number} --outcome TEXT")
    if kind in ("eta", "eta-moved") and not stated_of(promises):
        raise NoEtaToTell(
            f"case {number} has no open promise", fix=f"owncase promise make {number} TEXT --by WHEN"
        )  # fmt: skip
    if kind == "eta-moved" and not any(map(in_debt, promises)):
        raise NothingMoved(
            f"the customer knows every ETA of case {number}", fix=f"owncase letter {number} --kind eta --send"
        )
    if kind == "new-owner" and not _took_it_on(records.handoff(case.via) if case.via else None, answers_for(case)):
        raise _nobody_new(records, f"case {number}", records.offer_of(number), f"owncase ack {number}")


def _of_account(records: Records, customer: Customer, event: Event) -> list[list[Any]]:
    kind, key = event.data["form"], customer.key
    fits_account(kind, key)
    command = f"owncase letter {key} --kind {kind} --send"
    may_write(records, customer.account_owner, event.actor, f"the account {key}", command)
    ack = f"owncase ack {key} --account"
    if customer.claimed:
        raise _never_said_yes(records, customer.account_owner, f"the account {key}", ack)
    taken = records.account_handoff(customer.via) if customer.via else None
    if kind == "new-owner" and not _took_it_on(taken, customer.account_owner):
        raise _nobody_new(records, f"the account {key}", records.account_offer_of(customer.id), ack)
    return []


def _took_it_on(handoff: Handoff | CustomerOffer | None, who: int | None) -> bool:
    claimed = isinstance(handoff, Handoff) and handoff.claimed
    return handoff is not None and handoff.state == "acknowledged" and handoff.taker == who and not claimed


def may_write(records: Records, who: int, actor: int, what: str, command: str) -> None:
    """Raise `NotTheOwner` unless the actor answers for it, or manages who does."""
    if actor not in (who, records.person(who).manager):
        owner = records.person(who)
        raise NotTheOwner(
            f"{what} is {owner.handle}'s: only {owner.handle} or their manager writes to the customer about it",
            fix=run_by(owner, command),
        )


def _never_said_yes(records: Records, who: int, what: str, command: str) -> NotYetAcknowledged:
    person = records.person(who)
    return NotYetAcknowledged(
        f"{what} is {person.handle}'s only by what somebody else stated", fix=run_by(person, command)
    )


def _nobody_new(records: Records, what: str, offer: Handoff | CustomerOffer | None, command: str) -> NotYetAcknowledged:
    if offer is None:
        return NotYetAcknowledged(f"{what} has not changed hands", fix="--kind welcome says who looks after it")
    taker = records.person(offer.taker)
    return NotYetAcknowledged(f"{what} is offered to {taker.handle}, who has not said yes", fix=run_by(taker, command))


def _are_waiting(letter: Letter, event: Event, deliveries: dict[int, Delivery]) -> None:
    wish = event.data
    named = [*wish["accepted"], *(n for n, _ in wish["refused"]), *(n for n, _ in wish["waiting"])]
    waiting = {n for n, delivery in deliveries.items() if delivery.state == "queued"}
    about = event.case if letter.case_number else event.subject
    same = about == (letter.case_number or letter.customer)
    if not named or len(named) != len(set(named)) or not waiting.issuperset(named) or not same:
        raise NotToBeSent(f"letter {letter.id} does not wait for this", fix="owncase outbox list")


def _after(delivery: Delivery, event: Event, **changes: Any) -> Delivery:
    return changed(delivery, tries=delivery.tries + 1, tried_at=event.at, event=event.seq, **changes)


def _told(records: Records, letter: Letter, event: Event, recipients: Sequence[str]) -> None:
    stated = read_stated(letter.promises)
    numbers = [n for n, _ in stated]
    records.put(
        Told(id=event.seq, customer=letter.customer, case_number=letter.case_number, teller=letter.sender, how="email",
             whom=", ".join(recipients), text=letter.subject, promises=_json(numbers) if numbers else None,
             told_at=event.at, event=event.seq)
    )  # fmt: skip
    if letter.case_number is None:
        return
    promises = {promise.n: promise for promise in records.promises_of(letter.case_number)}
    for n, due in stated:
        if promises[n].state == "open":
            knows(records, promises[n], event, due)
    heard(records, records.case(letter.case_number), event)


def read_stated(promises: str | None) -> list[tuple[int, str]]:
    """What a letter states, as it is stored: each promise's number and the ETA."""
    from json import loads  # a letter without promises needs none

    return [(n, due) for n, due in loads(promises)] if promises else []


def _json(value: object) -> str:
    return dumps(value, separators=(",", ":"))
