"""Ownership moves only when the next owner acknowledges, and no case ends without it (rules 2 to 5)."""

from owncase.domain.case import NotTheOwner, has_next, new_tenure, open_case, touched
from owncase.domain.change import changed
from owncase.domain.ending import HasOpenPromises
from owncase.domain.event import Event
from owncase.domain.person import is_active, run_by
from owncase.domain.records import Records
from owncase.domain.terms import named_debt, said_terms
from owncase.domain.values import Case, Handoff
from owncase.errors import Refused


class AlreadyOnOffer(Refused):
    """Rule 3: at most one offer stands per case."""


class SelfHandoff(Refused):
    """Rule 3: an offer goes to somebody other than the owner."""


class NothingOnOffer(Refused):
    """There is no standing offer of this case to answer."""


class NextOwnerMustAcknowledge(Refused):
    """Rule 2: only the named next owner acknowledges or declines."""


class OwnOffer(Refused):
    """Rule 2: nobody acknowledges an offer they made, for whomever they act."""


class PromisesNotTaken(Refused):
    """Rule 5: an acknowledgement takes on each open promise by number."""


class NoSuchPromise(Refused):
    """The acknowledgement names a promise that is not open in this case."""


class NeedsOutcome(Refused):
    """Rule 4: who answers for a case that ends is told how it ended."""


def offered(records: Records, event: Event) -> None:
    """Offer a case to its next owner. The giver stays accountable until the answer is yes."""
    case = open_case(records, event)
    wish = event.data
    taker = records.person(wish["to"])
    _may_offer(records, case, event, taker.handle)
    is_active(taker)
    if taker.id == case.owner:
        raise SelfHandoff(f"case {case.number} is {taker.handle}'s already", fix=f"owncase show {case.number}")
    none_stands(records, case.number)
    if wish["form"] == "voiding" and any(promise.state == "open" for promise in records.promises_of(case.number)):
        raise HasOpenPromises(f"case {case.number} has open promises", fix=f"owncase promise list {case.number}")
    if wish["form"] == "closing" and (not wish["outcome"] or bool(wish["confirmed_by"]) == bool(wish["unconfirmed"])):
        raise NeedsOutcome(
            f"closing case {case.number} needs its outcome, and whether the customer confirmed it",
            fix=f"owncase close {case.number} --outcome TEXT --confirmed-by TEXT",
        )
    details = {name: value for name, value in wish.items() if name not in ("to", "form", "undoes", "eta_debt")}
    debt = named_debt(records, case.number, wish.get("eta_debt", ()))
    records.put(
        Handoff(**details, kind=wish["form"], id=event.seq, case_number=case.number, giver=case.owner or 0,
                offered_by=event.actor, taker=taker.id, state="offered", claimed=0, offered_at=event.at,
                eta_debt=debt, event=event.seq)
    )  # fmt: skip
    records.put(touched(case, event, came_back=None))


def none_stands(records: Records, case: int) -> None:
    """Raise `AlreadyOnOffer` while an offer of the case stands."""
    if standing := records.offer_of(case):
        asked = records.person(standing.taker).handle
        raise AlreadyOnOffer(
            f"case {case} is already offered to {asked}, who has not answered", fix=f"owncase withdraw {case}"
        )


def acknowledged(records: Records, event: Event) -> None:
    """The next owner says: I own this now. Owner, action and promises move in the same act; a closing ends the case."""
    case, offer = _answered(records, event, "ack")
    if event.actor == offer.offered_by == offer.giver:
        raise OwnOffer(f"you offered case {case.number} yourself", fix=f"owncase withdraw {case.number}")
    wish = event.data
    transfer = offer.kind == "transfer"
    if transfer:
        has_next(case.number, wish["next_action"], wish["next_due"])
    _takes_promises(records, case, offer, event)
    records.put(
        changed(offer, state="acknowledged", answered_at=event.at, answered_by=event.actor, event=event.seq,
                took_action=wish["next_action"] if transfer else None, took_due=wish["next_due"] if transfer else None)
    )  # fmt: skip
    moved = _transferred(case, offer, event) if transfer else _ended(case, offer, event)
    records.put(moved)
    new_tenure(records, moved, event.at)


def declined(records: Records, event: Event) -> None:
    """The next owner says no. The giver, who never stopped owning it, sees it come back."""
    case, offer = _answered(records, event, "decline")
    wish = event.data
    listed = f"owncase promise list {case.number}"
    terms = said_terms(
        records, wish.get("terms", ()), lambda about: about.number == case.number, f"case {case.number}", listed
    )
    records.put(
        changed(offer, state="declined", answered_at=event.at, answered_by=event.actor, reason=wish["reason"],
                answer_note=wish["note"], suggested=wish["suggested"], terms=terms, event=event.seq)
    )  # fmt: skip
    records.put(touched(case, event, came_back=offer.id))


def withdrawn(records: Records, event: Event) -> None:
    """The giver's side takes the offer back."""
    case = records.case(event.case or 0)
    offer = records.offer_of(case.number)
    if offer is None:
        raise NothingOnOffer(f"case {case.number} is not on offer", fix=f"owncase show {case.number}")
    if event.actor not in (offer.giver, offer.offered_by, records.person(offer.giver).manager):
        giver = records.person(offer.giver).handle
        raise NotTheOwner(
            f"case {case.number} was offered by {giver}", fix=f"ask {giver} to run: owncase withdraw {case.number}"
        )
    records.put(changed(offer, state="withdrawn", answered_at=event.at, event=event.seq))
    records.put(touched(case, event))


def _may_offer(records: Records, case: Case, event: Event, taker: str) -> None:
    owner = records.person(case.owner or 0)
    if event.actor in (owner.id, owner.manager):
        return
    actor = records.person(event.actor).handle
    raise NotTheOwner(
        f"case {case.number} is {owner.handle}'s, not {actor}'s: only its owner or their manager offers it",
        fix=f"ask {owner.handle} to run: owncase handoff {case.number} --to {taker}",
    )


def _answered(records: Records, event: Event, verb: str) -> tuple[Case, Handoff]:
    case = open_case(records, event)
    offer = records.offer_of(case.number)
    if offer is None:
        raise NothingOnOffer(f"case {case.number} is not on offer", fix=f"owncase show {case.number}")
    if event.actor != offer.taker:
        taker, actor = records.person(offer.taker), records.person(event.actor).handle
        raise NextOwnerMustAcknowledge(
            f"case {case.number} is offered to {taker.handle}; {actor} cannot answer for {taker.handle}",
            fix=run_by(taker, f"owncase {verb} {case.number}"),
        )
    return case, offer


def _takes_promises(records: Records, case: Case, offer: Handoff, event: Event) -> None:
    held = [promise for promise in records.promises_of(case.number) if promise.state == "open"]
    taken = set(event.data["take"])
    if unknown := taken - {promise.n for promise in held}:
        raise NoSuchPromise(
            f"case {case.number} has no open promise {', '.join(map(str, sorted(unknown)))}",
            fix=f"owncase promise list {case.number}",
        )
    if left := [promise for promise in held if promise.n not in taken]:
        listed = "; ".join(f"{case.number}.{promise.n} {promise.text} (by {promise.due})" for promise in left)
        every = " ".join(f"--take {promise.n}" for promise in held)
        raise PromisesNotTaken(
            f"case {case.number} carries promises to take on: {listed}", fix=f"owncase ack {case.number} {every}"
        )
    for promise in held:
        records.put(changed(promise, holder=offer.taker, via=offer.id, event=event.seq))


def _transferred(case: Case, offer: Handoff, event: Event) -> Case:
    action, due = event.data["next_action"], event.data["next_due"]
    return touched(
        case, event, owner=offer.taker, next_action=action, next_due=due, claimed=0, replans=0, came_back=None,
        waiting_for=case.waiting_for if action == case.next_action else None, handoffs=case.handoffs + 1,
        via=offer.id, outcome=None, confirmed_by=None, unconfirmed=None, void_reason=None,
    )  # fmt: skip


def _ended(case: Case, offer: Handoff, event: Event) -> Case:
    return touched(
        case, event, status="closed" if offer.kind == "closing" else "void", next_owner=offer.taker, next_action=None,
        next_due=None, waiting_for=None, outcome=offer.outcome, confirmed_by=offer.confirmed_by,
        unconfirmed=offer.unconfirmed, void_reason=offer.void_reason, closed_at=event.at, claimed=0, replans=0,
        came_back=None, via=offer.id,
    )  # fmt: skip
