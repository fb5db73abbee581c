"""An undo corrects, by an event, the last change of a case, and only its own author may (rules 2 and 7).

It puts back what its author may change anyway; owner, status and whatever others said are never touched.
"""

from collections.abc import Callable, Sequence
from typing import Any

from owncase.domain.case import has_next, is_owner, open_case, supersede, touched
from owncase.domain.change import changed
from owncase.domain.event import Event
from owncase.domain.last_change import ABOUT, Change
from owncase.domain.playbook import step_before
from owncase.domain.promise import find
from owncase.domain.records import Records
from owncase.domain.values import Case
from owncase.errors import Refused


class NothingToUndo(Refused):
    """The last change of the case is nothing that its author may take back, or it was taken back already."""


class ActedSince(Refused):
    """Only the last change of a case is undone, and only by whoever made it."""


class StaysDone(Refused):
    """An acknowledgement, a decline, and what begins or ends a case are answered by another act, never undone."""


WORDS = {
    "case.done": "done", "case.replanned": "replan", "case.edited": "edit", "case.noted": "note",
    "promise.made": "promise", "promise.kept": "kept promise", "promise.moved": "moved ETA",
    "promise.broken": "broken promise", "promise.released": "release", "promise.at_risk": "mark of risk",
    "handoff.offered": "handoff",
    "handoff.withdrawn": "withdrawal", "handoff.acknowledged": "acknowledgement", "handoff.declined": "decline",
    "case.seen": "reading", "case.reopened": "reopening", "case.voided": "void", "case.returned": "return",
    "case.opened": "opening", "case.undone": "undo", "case.told": "telling",
    "case.called": "call",
    "case.confirmed": "confirmation",
}  # fmt: skip
"""What people call a change."""


def undone(records: Records, event: Event) -> None:
    """The author of the last change takes it back: which event it `undoes`, `what` that was, and what was so before."""
    case = records.case(event.case or 0)
    offer = records.offer_of(case.number)
    made_with_it = offer is not None and offer.id == case.event and offer.offered_by == event.actor
    if event.data["undoes"] != case.event and not (made_with_it and event.data["undoes"] == case.event - 1):
        raise ActedSince(f"case {case.number} has changed since", fix=f"owncase history {case.number}")
    _PUT_BACK[event.data["what"]](records, case, event)


def may_undo(records: Records, case: Case, events: Sequence[Event], last: Change, actor: int) -> None:
    """Raise the refusal for a change that is somebody else's, is taken back already, or stays done."""
    first, number = last.first, case.number
    word = WORDS.get(first.kind, first.kind)
    if first.actor != actor:
        raise ActedSince(_since(records, number, events, actor), fix=f"owncase history {number}")
    if last.is_undoing:
        raise NothingToUndo(f"nothing of yours to undo in case {number}", fix=f"owncase history {number}")
    if first.kind not in _PUT_BACK and first.kind not in OFFERS:
        raise StaysDone(f"the {word} of case {number} is never undone", fix=_instead(records, case, events, first))


OFFERS = ("handoff.offered", "handoff.withdrawn")
"""What is undone by the act that is its opposite."""


def _since(records: Records, number: int, events: Sequence[Event], actor: int) -> str:
    mine = max((event.seq for event in events if event.actor == actor), default=0)
    others = [
        f"{records.person(event.actor).handle}'s {WORDS.get(event.kind, event.kind)} of {event.at}"
        for event in events
        if event.seq > mine
    ]
    more = f", and {len(others) - _TOLD} more" if len(others) > _TOLD else ""
    began = "somebody acted since on" if mine else "nothing is yours to undo in"
    return f"{began} case {number}: {', '.join(others[:_TOLD])}{more}"


_TOLD = 3
"""How many changes of others are named."""


def _instead(records: Records, case: Case, events: Sequence[Event], first: Event) -> str:
    """The command that helps where nothing is undone."""
    offers = [event for event in events if event.kind == "handoff.offered"]
    giver = records.person(offers[-1].actor).handle if offers else "HANDLE"
    me = records.person(first.actor).handle
    asking = f"to run: owncase handoff {case.number} --to {me}"
    if first.kind == "case.confirmed":
        return f"owncase note {case.number} TEXT"
    if case.status != "open" and first.kind != "promise.moved":
        return f"owncase reopen {case.number} --because TEXT -n ACTION -d WHEN"
    withdraw = f"owncase withdraw {case.number}, then " if records.offer_of(case.number) else ""
    return {
        "case.opened": f"{withdraw}owncase void {case.number} --reason mistake",
        "handoff.acknowledged": f"owncase handoff {case.number} --to {giver}",
        "handoff.declined": f"ask {giver} {asking}",
        "case.returned": f"ask {records.person(case.owner or 0).handle} {asking}",
        "case.called": f"owncase replan {case.number} -n ACTION -d WHEN --because TEXT",
        "case.reopened": f"{withdraw}owncase close {case.number} --outcome TEXT --confirmed-by TEXT",
        "promise.moved": _moved_back(events, first),
    }.get(first.kind, f"owncase history {case.number}")


def _moved_back(events: Sequence[Event], moved: Event) -> str:
    """The command that moves an ETA again, to where it was."""
    if moved.kind != "promise.moved":
        return ""
    n = moved.data["n"]
    made = [event for event in events if event.kind == "promise.made"][n - 1]
    moves = [event for event in events if event.kind == moved.kind and event.data["n"] == n and event.seq < moved.seq]
    due = (moves[-1] if moves else made).data["due"]
    past = " --allow-past" if due < moved.at else ""
    return f"owncase promise move {moved.case}.{n} --to {due} --because TEXT{past}"


def _plan(records: Records, case: Case, event: Event) -> None:
    wish = event.data
    _is_still_theirs(records, event)
    has_next(case.number, wish["next_action"], wish["next_due"])
    step = step_before(case, wish.get("step"))
    supersede(records, case, event)
    records.put(
        touched(case, event, next_action=wish["next_action"], next_due=wish["next_due"],
                waiting_for=wish["waiting_for"], replans=wish["replans"], came_back=wish["came_back"], step=step)
    )  # fmt: skip


def _about(records: Records, case: Case, event: Event) -> None:
    before = {name: event.data[name] for name in ABOUT if name in event.data}
    _is_still_theirs(records, event)
    records.customer(before.get("customer", case.customer))
    supersede(records, case, event)
    records.put(touched(case, event, **before))


def _note(records: Records, case: Case, event: Event) -> None:
    note = records.note(event.data["undoes"])
    if (note.case_number, note.author, note.id, note.undone) != (case.number, event.actor, case.event, 0):
        raise NothingToUndo(f"note {note.id} is not yours to take back", fix=f"owncase show {case.number}")
    records.put(changed(note, undone=1, unseen=0, event=event.seq))
    records.put(touched(case, event))


def _promised(records: Records, case: Case, event: Event) -> None:
    _is_still_theirs(records, event)
    _ends_as(records, case, event, before="open", state="undone")


def _ended(records: Records, case: Case, event: Event) -> None:
    _ends_as(records, case, event, before=event.data["what"].removeprefix("promise."), state="open")


def _marked(records: Records, case: Case, event: Event) -> None:
    promise = find(records, case.number, event.data["n"])
    if (promise.state, promise.event, promise.holder) != (
        "open",
        event.data["undoes"],
        event.actor,
    ) or not promise.risk:
        raise NothingToUndo(
            f"the risk of promise {case.number}.{promise.n} is not yours to take back",
            fix=f"owncase promise list {case.number}",
        )
    supersede(records, case, event)
    records.put(changed(promise, risk=None, risk_at=None, event=event.seq))
    records.put(touched(case, event))


def _ends_as(records: Records, case: Case, event: Event, *, before: str, state: str) -> None:
    promise = find(records, case.number, event.data["n"])
    author = promise.made_by if before == "open" else promise.ended_by
    taken_on = before == "open" and promise.via != 0
    if (promise.state, promise.event, promise.holder, author) != (
        before, event.data["undoes"], event.actor, event.actor,
    ) or taken_on:  # fmt: skip
        raise NothingToUndo(
            f"promise {case.number}.{promise.n} is {promise.state}, and not yours to take back",
            fix=f"owncase promise list {case.number} --status all",
        )
    supersede(records, case, event)
    records.put(
        changed(promise, state=state, ended_at=None, ended_by=None, confirmed_by=None, because=None, event=event.seq)
    )
    records.put(touched(case, event))


def _is_still_theirs(records: Records, event: Event) -> None:
    case = open_case(records, event)
    is_owner(records, case, event.actor, f"owncase history {case.number}")


_PUT_BACK: dict[str, Callable[[Records, Case, Event], Any]] = {
    "case.done": _plan, "case.replanned": _plan, "case.edited": _about, "case.noted": _note,
    "promise.made": _promised, "promise.kept": _ended, "promise.broken": _ended, "promise.released": _ended,
    "promise.at_risk": _marked,
}  # fmt: skip
