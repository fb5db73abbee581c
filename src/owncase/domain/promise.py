"""What was promised to a customer binds whoever owns the case, by number, until it is kept (rule 5)."""

from owncase.domain.case import is_owner, open_case, supersede, touched
from owncase.domain.change import changed
from owncase.domain.event import Event
from owncase.domain.records import Records
from owncase.domain.values import Promise
from owncase.errors import NotFound, Refused


class UnknownPromise(NotFound):
    """The case has no promise of this number."""


class NotTheHolder(Refused):
    """A promise is kept by whoever holds it now."""


class PromiseNotOpen(Refused):
    """The promise has ended already."""


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


def kept(records: Records, event: Event) -> None:
    """What was promised has happened; `confirmed_by` is who at the customer's said so."""
    case = records.case(event.case or 0)
    promise = find(records, case.number, event.data["n"])
    name = f"{case.number}.{promise.n}"
    if promise.state != "open":
        raise PromiseNotOpen(f"promise {name} is {promise.state}", fix=f"owncase promise list {case.number}")
    if event.actor != promise.holder:
        holder, actor = records.person(promise.holder).handle, records.person(event.actor).handle
        raise NotTheHolder(
            f"promise {name} is held by {holder}, not by {actor}",
            fix=f"ask {holder} to run: owncase promise keep {name}",
        )
    supersede(records, case, event)
    records.put(
        changed(promise, state="kept", ended_at=event.at, ended_by=event.actor,
                confirmed_by=event.data["confirmed_by"], event=event.seq)
    )  # fmt: skip
    records.put(touched(case, event))


def find(records: Records, case: int, n: int) -> Promise:
    """The n-th promise of a case. Raises `UnknownPromise`."""
    for promise in records.promises_of(case):
        if promise.n == n:
            return promise
    raise UnknownPromise(f"case {case} has no promise {n}", fix=f"owncase promise list {case}")
