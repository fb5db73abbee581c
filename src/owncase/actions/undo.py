"""Whoever made the last change of a case takes it back by an event that corrects it, while nobody acted since."""

from typing import Any, NamedTuple

from owncase.actions.change import ANEW, Changed, Once, change
from owncase.actions.offering import offer_again
from owncase.desk import Desk
from owncase.domain.event import Event
from owncase.domain.last_change import Change, about_before, last_change, plan_before
from owncase.domain.undo import OFFERS, may_undo
from owncase.store.past import events_of, superseding
from owncase.store.write import Write


class Undoing(NamedTuple):
    """What is taken back, and what is so again: values by name, `to` for whom a handoff named, `n` for a promise."""

    event: Event
    again: dict[str, Any]
    changed: Changed


def undo(desk: Desk, number: int, once: Once = ANEW) -> Undoing:
    """Take the last change back. Raises `ActedSince`, `NothingToUndo` and `StaysDone`."""
    with change(desk, once, number) as tx:
        last, before = _found(tx, number, desk.me.id)
        undoing = {"handoff.offered": _withdraw, "handoff.withdrawn": _offer}.get(last.first.kind, _put_back)
        again = _named(tx, last, before)
        return Undoing(last.first, again, Changed(number, offered_to=undoing(tx, number, last.first, before)))


def undoable(desk: Desk, number: int, once: Once = ANEW) -> Undoing:
    """What an undo would take back now. Raises as `undo`, and writes nothing."""
    with change(desk, once, number) as tx:
        last, before = _found(tx, number, desk.me.id)
        return Undoing(last.first, _named(tx, last, before), Changed(number))


def _found(tx: Write, number: int, me: int) -> tuple[Change, dict[str, Any]]:
    case, events = tx.case(number), events_of(tx, number)
    last = last_change(events, superseding(tx, number))
    may_undo(tx, case, events, last, me)
    return last, _before(tx, number, last.first, [event for event in events if event.seq < last.first.seq])


def _withdraw(tx: Write, number: int, undone: Event, before: dict[str, Any]) -> None:
    tx.append("handoff.withdrawn", case=number, undoes=undone.seq)


def _offer(tx: Write, number: int, undone: Event, before: dict[str, Any]) -> str | None:
    return offer_again(tx, number, tx.last_offer_of(number), undoes=undone.seq)


def _put_back(tx: Write, number: int, undone: Event, before: dict[str, Any]) -> str | None:
    """What was so before is so again; and what was on offer before the change is offered again as it was."""
    standing = tx.offer_ended_by(undone.seq)
    tx.append("case.undone", case=number, undoes=undone.seq, what=undone.kind, **before)
    return offer_again(tx, number, standing)


def _before(tx: Write, number: int, undone: Event, earlier: list[Event]) -> dict[str, Any]:
    """What the undoing event has to state besides what it undoes."""
    match undone.kind:
        case "case.done" | "case.replanned":
            return plan_before(earlier, undone.actor) | _step_before(undone)
        case "case.edited":
            return {name: value for name, value in about_before(earlier).items() if name in undone.data}
        case kind if kind.startswith("promise."):
            return {"n": next(promise.n for promise in tx.promises_of(number) if promise.event == undone.seq)}
    return {}


def _step_before(undone: Event) -> dict[str, int]:
    return {"step": undone.data["step"] - 1} if "step" in undone.data else {}


def _named(tx: Write, last: Change, before: dict[str, Any]) -> dict[str, Any]:
    """What is so again, with names in place of numbers."""
    if "customer" in before:
        return before | {"customer": tx.customer(before["customer"]).key}
    if last.first.kind in OFFERS:
        offer = tx.last_offer_of(last.first.case or 0)
        return {"to": tx.person(offer.taker).handle if offer else None}
    return before
