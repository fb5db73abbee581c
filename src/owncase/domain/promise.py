"""What was promised binds whoever owns the case, by number, until it is kept, broken or released (rule 5).

Its ETA may move; what the customer was told stays as it was until they are told, and the gap is ETA debt.
"""

from typing import Any

from owncase.domain.case import is_owner, open_case, supersede, touched
from owncase.domain.change import changed
from owncase.domain.event import Event
from owncase.domain.records import Records
from owncase.domain.values import Case, Promise
from owncase.errors import NotFound, Refused


class UnknownPromise(NotFound):
    """The case has no promise of this number."""


class NotTheHolder(Refused):
    """A promise is moved, marked and ended by whoever holds it now."""


class PromiseNotOpen(Refused):
    """The promise has ended already."""


class DueThenAlready(Refused):
    """A move names another moment than the present ETA."""


class AtRiskAlready(Refused):
    """The promise is marked at risk; what else there is to say is a note."""


def made(records: Records, event: Event) -> None:
    """The owner told the customer that something will happen, by when."""
    case = open_case(records, event)
    is_owner(records, case, event.actor, f"owncase promise make {case.number} TEXT --by WHEN")
    wish = event.data
    supersede(records, case, event)
    records.put(
        Promise(case_number=case.number, n=len(records.promises_of(case.number)) + 1, text=wish["text"],
                due=wish["due"], told_due=wish["due"], state="open", made_by=event.actor, made_at=event.at,
                holder=event.actor, made=event.seq, first_due=wish["due"], event=event.seq)
    )  # fmt: skip
    records.put(touched(case, event))


def moved(records: Records, event: Event) -> None:
    """The ETA moves; the customer still believes what they were told. Moved once it was due counts apart."""
    case, promise = _held(records, event, "move", "--to WHEN --because TEXT")
    due = event.data["due"]
    if due == promise.due:
        raise DueThenAlready(f"promise {case.number}.{promise.n} is due then already", fix="give another --to WHEN")
    late = max(event.at, event.recorded_at or "") >= promise.due
    since = None if due == promise.told_due else promise.debt_since or event.at
    _changes(
        records, case, promise, event, due=due, debt_since=since, risk=None, risk_at=None,
        moves=promise.moves + (not late), late_moves=promise.late_moves + late,
    )  # fmt: skip


def kept(records: Records, event: Event) -> None:
    """What was promised has happened; `confirmed_by` is who at the customer's said so."""
    case, promise = _held(records, event, "keep")
    _ends(records, case, promise, event, state="kept", confirmed_by=event.data["confirmed_by"])


def broken(records: Records, event: Event) -> None:
    """What was promised will not happen, or not as promised, and why."""
    case, promise = _held(records, event, "break", "--because TEXT")
    _ends(records, case, promise, event, state="broken", because=event.data["because"])


def released(records: Records, event: Event) -> None:
    """The customer no longer wants it: `confirmed_by` is who there said so."""
    case, promise = _held(records, event, "release", "--by TEXT")
    wish = event.data
    _ends(records, case, promise, event, state="released", confirmed_by=wish["confirmed_by"], because=wish["because"])


def at_risk(records: Records, event: Event) -> None:
    """Its holder sees early that it may not be kept in time, and says why."""
    case, promise = _held(records, event, "at-risk", "--because TEXT")
    if promise.risk is not None:
        raise AtRiskAlready(
            f"promise {case.number}.{promise.n} is marked at risk already: {promise.risk}",
            fix=f"say more in a note: owncase note {case.number} TEXT",
        )
    _changes(records, case, promise, event, risk=event.data["because"], risk_at=event.at)


def find(records: Records, case: int, n: int) -> Promise:
    """The n-th promise of a case. Raises `UnknownPromise`."""
    for promise in records.promises_of(case):
        if promise.n == n:
            return promise
    raise UnknownPromise(f"case {case} has no promise {n}", fix=f"owncase promise list {case}")


def _held(records: Records, event: Event, verb: str, words: str = "") -> tuple[Case, Promise]:
    """The case and its open promise that an event is about, for whoever holds it. Raises what refuses others."""
    case = records.case(event.case or 0)
    promise = find(records, case.number, event.data["n"])
    name = f"{case.number}.{promise.n}"
    if promise.state != "open":
        raise PromiseNotOpen(
            f"promise {name} is {promise.state}", fix=f"owncase promise list {case.number} --status all"
        )
    if event.actor != promise.holder:
        holder, actor = records.person(promise.holder).handle, records.person(event.actor).handle
        raise NotTheHolder(
            f"promise {name} is held by {holder}, not by {actor}",
            fix=f"ask {holder} to run: owncase promise {verb} {name} {words}".rstrip(),
        )
    return case, promise


def _ends(records: Records, case: Case, promise: Promise, event: Event, **how: Any) -> None:
    _changes(records, case, promise, event, ended_at=event.at, ended_by=event.actor, **how)


def _changes(records: Records, case: Case, promise: Promise, event: Event, **changes: Any) -> None:
    """The promise as it is now; an offer of the case no longer says what there is to take on."""
    supersede(records, case, event)
    records.put(changed(promise, **changes, event=event.seq))
    records.put(touched(case, event))
