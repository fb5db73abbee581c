"""What a customer was told is recorded by whoever told them: it clears ETA debt, and it alone ends a silence."""

from collections.abc import Sequence
from json import dumps
from typing import Any

from owncase.domain.case import touched
from owncase.domain.change import changed
from owncase.domain.event import Event
from owncase.domain.promise import PromiseNotOpen, find
from owncase.domain.records import Records
from owncase.domain.values import Case, Note, Promise, Told


def case_told(records: Records, event: Event) -> None:
    """Somebody told the customer where their case stands; the named promises with the ETA that each has now.

    That changes nothing of what may be on offer. The owner is shown what another has told.
    """
    case = records.case(event.case or 0)
    say(records, case, event, event.data["promises"])
    records.put(_told(event, customer=case.customer, promises=event.data["promises"]))
    if case.status == "open" and event.actor != case.owner:
        records.put(
            Note(id=event.seq, case_number=case.number, author=event.actor, text=_in_words(event), noted_at=event.at,
                 unseen=1, event=event.seq)
        )  # fmt: skip
    heard(records, case, event)


def customer_told(records: Records, event: Event) -> None:
    """Somebody told the customer something that is about no single case."""
    customer = records.customer(event.subject or 0)
    records.put(_told(event, customer=customer.id, promises=()))


def heard(records: Records, case: Case, event: Event, **changes: Any) -> None:
    """The customer has heard from us about the case: the silence begins anew. `changes` are the event's others."""
    records.put(touched(case, event, heard_at=event.at, contacts=case.contacts + 1, **changes))


def say(records: Records, case: Case, event: Event, numbers: Sequence[int]) -> None:
    """The customer was told the present ETA of these promises. Raises `UnknownPromise` and `PromiseNotOpen`."""
    for n in numbers:
        promise = find(records, case.number, n)
        if promise.state != "open":
            raise PromiseNotOpen(
                f"promise {case.number}.{n} is {promise.state}: it has no ETA to tell",
                fix=f"owncase promise list {case.number}",
            )
        knows(records, promise, event, promise.due)


def knows(records: Records, promise: Promise, event: Event, due: str) -> None:
    """The customer was told this ETA of a promise; unless that is what we believe now, the debt stays."""
    if promise.told_due != due:
        since = None if due == promise.due else promise.debt_since or event.at
        records.put(changed(promise, told_due=due, debt_since=since, event=event.seq))


def in_debt(promise: Promise) -> bool:
    """Whether the customer was last told another ETA than the one we believe."""
    return promise.state == "open" and promise.told_due != promise.due


def _told(event: Event, *, customer: int, promises: Sequence[int]) -> Told:
    wish = event.data
    return Told(
        id=event.seq, customer=customer, case_number=event.case, teller=event.actor, how=wish["how"],
        whom=wish["whom"], text=wish["text"], told_at=event.at, event=event.seq,
        promises=dumps(list(promises), separators=(",", ":")) if promises else None,
    )  # fmt: skip


def _in_words(event: Event) -> str:
    whom, how, text = event.data["whom"], event.data["how"], event.data["text"]
    return f"told {whom} ({how}): {text}" if text else f"told {whom} ({how})"
