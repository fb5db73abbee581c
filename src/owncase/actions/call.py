"""Whoever picks up records what was asked: the answer, or by when somebody calls back before doing anything else."""

from typing import Any, NamedTuple

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, Once, change
from owncase.actions.offering import offer
from owncase.actions.open_case import Opening, facts_of, kept, taker_of
from owncase.desk import Desk
from owncase.domain import call as rules
from owncase.domain.case import NeedsNextAction
from owncase.domain.values import Prose


class Asked(NamedTuple):
    """What was asked, by whom, how they reached us; then the answer, or by when somebody calls back."""

    question: str
    whom: str | None = None
    channel: str = "phone"
    answer: str | None = None
    callback: str | None = None


NO_PLAN = {"next_action": None, "next_due": None}
"""A call that leaves the next action as it is."""


class Taken(NamedTuple):
    """The event that recorded the call, and what came of the case that it is about, if it is about one."""

    event: int
    changed: Changed | None = None


def call_about_case(desk: Desk, number: int, asked: Asked, once: Once = ANEW) -> Taken:
    """Record a call about a case. Unanswered, calling back comes first in its next action. Raises `CaseNotOpen`."""
    said = _said(asked)
    with change(desk, once, number) as tx:
        case = tx.case(number)
        plan: dict[str, Any] = dict(NO_PLAN)
        if asked.callback is not None and case.status == "open":
            action = rules.called_back(said["whom"], said["question"], case.next_action or "")
            plan = {"next_action": Prose(action), "next_due": min(asked.callback, case.next_due or asked.callback)}
        event = tx.append(
            "case.called", case=number, **said, callback=asked.callback, about_status=int(case.status == "open"), **plan
        )
    return Taken(event.seq, Changed(number))


def call_of_customer(desk: Desk, key: str, asked: Asked, to: str | None = None, once: Once = ANEW) -> Taken:
    """Record a call about no case. Unanswered, a case begins with it, and is offered to the account owner or `to`."""
    said = _said(asked)
    if asked.callback is not None:
        return _opened(desk, key, asked, to, once)
    with change(desk, once) as tx:
        event = tx.append("customer.called", subject=tx.customer_named(key).id, **said)
    return Taken(event.seq)


def _opened(desk: Desk, key: str, asked: Asked, to: str | None, once: Once) -> Taken:
    said, due = _said(asked), asked.callback
    if due is None:
        raise NeedsNextAction("a case that begins with a call needs a callback", fix="--callback WHEN")
    wish = Opening(
        title=said["question"], next_action=rules.callback(said["whom"], said["question"]), next_due=due,
        contact=asked.whom, channel=asked.channel, to=to if to != desk.me.handle else None, kept=to == desk.me.handle,
    )  # fmt: skip
    facts = facts_of(wish)
    with change(desk, once) as tx:
        customer = tx.customer_named(key)
        taker = taker_of(tx, desk.me.id, wish, tx.person(customer.account_owner))
        number = tx.next_number()
        tx.append("case.opened", case=number, customer=customer.id, **facts)
        event = tx.append("case.called", case=number, **said, callback=due, about_status=0, **NO_PLAN)
        if taker:
            offer(tx, number, taker)
        elif customer.account_owner != desk.me.id:
            kept(tx, number, customer)
    return Taken(event.seq, Changed(number, offered_to=taker.handle if taker else None))


def _said(asked: Asked) -> dict[str, Any]:
    return {
        "question": typed.line(asked.question, "question"), "whom": typed.maybe_line(asked.whom, "whom"),
        "channel": asked.channel, "answer": typed.maybe_note(asked.answer, "answer"),
    }  # fmt: skip
