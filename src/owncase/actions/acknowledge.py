"""The next owner says "I own this now": only that moves ownership, and saying it twice is no error.

Whoever takes a closing on may say in the same breath what comes next for the customer, where that is theirs to say.
"""

from collections.abc import Collection
from typing import Any, NamedTuple

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, MovedOn, Once, change
from owncase.actions.due import DuePassed
from owncase.actions.plan_touch import append
from owncase.desk import Desk
from owncase.domain.call import callbacks_first
from owncase.domain.touch import NotYourCustomer
from owncase.domain.values import Handoff, Prose
from owncase.store.write import Write

ALREADY = "already acknowledged"


class Answer(NamedTuple):
    """How the offer is taken on: action and due in the own words of who takes it, and the promises by number.

    Of a closing, action and due are the customer's next touch. `offer` is the one that was looked at; None is whichever
    stands.
    """

    take: Collection[int] = ()
    next_action: str | None = None
    next_due: str | None = None
    offer: int | None = None
    past: bool = False


def acknowledge(desk: Desk, number: int, answer: Answer, once: Once = ANEW) -> Changed:
    """Take a case on. Raises `DuePassed`, `PromisesNotTaken`, `NextOwnerMustAcknowledge`, and `MovedOn` (exit 4)."""
    action = typed.maybe_action(answer.next_action)
    with change(desk, once, number) as tx:
        offer = tx.offer_of(number)
        if offer is None and _mine_already(tx, number, desk.me.id):
            return Changed(number, already=ALREADY)
        if answer.offer is not None and (offer is None or offer.id != answer.offer):
            raise MovedOn(f"what is offered of case {number} has just changed", fix=f"look again: owncase ack {number}")
        plan = _plan(tx, number, offer, action, answer)
        tx.append("handoff.acknowledged", case=number, take=sorted(answer.take), **plan)
        if action and offer and offer.kind == "closing":
            _touch(tx, number, action, answer.next_due)
    return Changed(number)


def acknowledge_account(desk: Desk, key: str, once: Once = ANEW) -> str | None:
    """Take the account of a customer on. Gives why there was nothing to do, if there was nothing."""
    with change(desk, once) as tx:
        customer = tx.customer_named(key).id
        last = tx.last_account_offer_of(customer)
        if last and last.state == "acknowledged" and last.taker == desk.me.id:
            return ALREADY
        tx.append("customer.acknowledged", subject=customer)
    return None


def _mine_already(tx: Write, number: int, me: int) -> bool:
    last, case = tx.last_offer_of(number), tx.case(number)
    return (
        last is not None and last.state == "acknowledged" and last.taker == me and me in (case.owner, case.next_owner)
    )


def _touch(tx: Write, number: int, action: Prose, due: str | None) -> None:
    try:
        append(tx, tx.case(number).customer, action, due)
    except NotYourCustomer as refused:
        fix = f"owncase ack {number}; then {refused.fix}"
        raise NotYourCustomer(refused.message, fix=fix) from None


def _plan(tx: Write, number: int, offer: Handoff | None, action: Prose | None, answer: Answer) -> dict[str, Any]:
    """Own words first, then what was proposed, then what the case says; what ends has no next action."""
    if offer is None or offer.kind != "transfer":
        return {"next_action": None, "next_due": None}
    case = tx.case(number)
    calls = [(call.whom, call.question, call.callback or "") for call in tx.callbacks_since(number, offer.id)]
    proposed, by = callbacks_first(offer.next_action, offer.next_due, calls)
    due = answer.next_due or by or case.next_due or ""
    if due <= tx.now and not answer.past and tx.who and tx.who.id == offer.taker:
        raise DuePassed(f"the next action of case {number} was due {due}", fix=f"owncase ack {number} -d WHEN")
    return {"next_action": action or Prose(proposed or case.next_action or ""), "next_due": due}
