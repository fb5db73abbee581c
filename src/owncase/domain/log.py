"""A history that another tracker kept, told again: each step is claimed, none is acknowledged here (rule 10)."""

from typing import Any

from owncase.domain.case import NeedsNextAction, is_new, new_tenure, touched
from owncase.domain.change import changed
from owncase.domain.event import Event
from owncase.domain.person import is_active
from owncase.domain.records import Records
from owncase.domain.values import Case, Handoff, Tenure
from owncase.errors import Refused


class ImportedAlready(Refused):
    """A case of this source and external id is here already."""


class NotAHandoff(Refused):
    """A row of a log hands a case over only from its known owner to somebody else."""


class OwnerUnknown(Refused):
    """An open case needs an owner, and the log never names one."""


def opened(records: Records, event: Event) -> None:
    """The log's first row of a case. Its owner may be unknown."""
    wish = event.data
    is_new(records, event.case or 0)
    status = "archived" if wish["ended"] else "open"
    records.put(
        Case(number=event.case or 0, uid=wish["uid"], source=wish["source"], external=wish["external"],
             title=wish["title"], customer=wish["customer"], urgency="normal", cause=None, contact=None, channel=None,
             status=status, owner=wish["owner"], claimed=1, next_action=None, next_due=None, waiting_for=None,
             opened_at=event.at, opened_by=event.actor, imported_by=event.actor, changed_at=event.at,
             closed_at=event.at if wish["ended"] else None, version=1, event=event.seq)
    )  # fmt: skip
    records.put(
        Tenure(case_number=event.case or 0, n=1, owner=wish["owner"], status=status, defaulted=0, from_at=event.at)
    )


def noted(records: Records, event: Event) -> None:
    """A row in which the owner stays; also the first that names one, and an offer, which moves nothing by itself."""
    case = _being_told(records, event)
    _goes_on(records, case, event, owner=event.data.get("owner", case.owner))


def moved(records: Records, event: Event) -> None:
    """A row with another owner than before: an acknowledged handoff of that moment, as the other tracker states it."""
    _hand_over(records, event, offered_at=None)


def acknowledged(records: Records, event: Event) -> None:
    """The row with another owner that answers an offer made at `offered_at`; the wait is the time between."""
    _hand_over(records, event, offered_at=event.data["offered_at"])


def imported(records: Records, event: Event) -> None:
    """The importer states what is so now: over elsewhere, or open with this owner and this next action, claimed."""
    case = _being_told(records, event)
    wish = event.data
    if case.status == "archived":
        records.put(touched(case, event, claimed=1, changed_at=case.changed_at, digest=wish["digest"]))
        return
    owner = case.owner or wish["owner_default"]
    if owner is None:
        raise OwnerUnknown(f"case {case.external} has no owner in the log", fix="--owner-default HANDLE")
    is_active(records.person(owner))
    if not wish["next_action"] or not wish["next_due"]:
        raise NeedsNextAction(
            f"case {case.external} needs a next action and when it is due", fix="--next --due-default"
        )
    adopted = touched(
        case, event, claimed=1, changed_at=case.changed_at, owner=owner, digest=wish["digest"],
        next_action=wish["next_action"], next_due=wish["next_due"],
    )  # fmt: skip
    records.put(adopted)
    if case.owner is None:
        new_tenure(records, adopted, event.at, defaulted=1)


def _being_told(records: Records, event: Event) -> Case:
    """The case whose log is being told. Once the import has said what is so now, nothing more is claimed of it."""
    case = records.case(event.case or 0)
    if case.imported_by != event.actor or case.digest is not None:
        raise ImportedAlready(f"case {case.number} is no case being imported", fix=f"owncase history {case.number}")
    return case


def _hand_over(records: Records, event: Event, *, offered_at: str | None) -> None:
    case = _being_told(records, event)
    taker, giver = event.data["to"], case.owner
    if giver is None or giver == taker:
        raise NotAHandoff(f"case {case.external} was not handed over at {event.at}", fix="report this")
    records.put(
        Handoff(id=event.seq, case_number=case.number, kind="transfer", giver=giver, offered_by=giver, taker=taker,
                state="acknowledged", claimed=1, offered_at=offered_at, answered_at=event.at, answered_by=taker,
                event=event.seq)
    )  # fmt: skip
    _goes_on(records, case, event, owner=taker, via=event.seq, handoffs=case.handoffs + 1)


def _goes_on(records: Records, case: Case, event: Event, *, owner: int | None, **changes: Any) -> None:
    ended = event.data["ended"]
    status = "archived" if ended else "open"
    closed_at = (case.closed_at or event.at) if ended else None
    after = changed(
        case, owner=owner, status=status, closed_at=closed_at, claimed=1, version=case.version + 1,
        changed_at=event.at, event=event.seq, **changes,
    )  # fmt: skip
    records.put(after)
    if owner != case.owner or status != case.status:
        new_tenure(records, after, event.at)
