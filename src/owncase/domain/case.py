"""An open case has one accountable owner and one best next action with a due moment (rules 1 and 6)."""

from typing import Any

from owncase.domain.change import changed
from owncase.domain.event import Event
from owncase.domain.person import is_active
from owncase.domain.playbook import begins_with, step_after
from owncase.domain.records import Records
from owncase.domain.values import Case, Handoff, Note, Tenure
from owncase.errors import NotFound, Refused


class NotTheOwner(Refused):
    """Only the accountable owner does this."""


class CaseNotOpen(Refused):
    """The case has ended; reopen it first."""


class NeedsNextAction(Refused):
    """Rule 1: every open case has one best next action with a due moment."""


class NothingToSee(Refused):
    """No note waits for the owner, and no offer waits for this person."""


class OnOffer(Refused):
    """The case is on offer; take the offer back first."""


class NotClaimed(Refused):
    """Only a case that an import claimed to be yours is returned to its importer."""


class CaseThere(Refused):
    """A case begins once; beginning it again would move its owner without an acknowledgement."""


class ExternalTaken(Refused):
    """A case of that external id is here already."""


def opened(records: Records, event: Event) -> None:
    """Open a case. It belongs to who opens it until somebody acknowledges it (rule 6)."""
    wish, number = event.data, event.case or 0
    is_new(records, number)
    is_active(records.person(event.actor))
    has_next(number, wish["next_action"], wish["next_due"])
    begins_with(records, wish.get("playbook"))
    records.put(
        Case(**wish, number=number, status="open", owner=event.actor, claimed=0, opened_at=event.at,
             opened_by=event.actor, changed_at=event.at, heard_at=event.at, version=1, event=event.seq)
    )  # fmt: skip
    records.put(Tenure(case_number=number, n=1, owner=event.actor, status="open", defaulted=0, from_at=event.at))


def done(records: Records, event: Event) -> None:
    """The next action is done; this is the next."""
    _plan(records, event, replans=0)


def replanned(records: Records, event: Event) -> None:
    """The next action changes without being done. `replans` counts how often in a row."""
    _plan(records, event, replans=records.case(event.case or 0).replans + 1)


def noted(records: Records, event: Event) -> None:
    """Anybody may add a note; that never moves ownership. Another's note waits for the owner to see it."""
    case = records.case(event.case or 0)
    unseen = int(case.status == "open" and event.actor != case.owner)
    records.put(
        Note(id=event.seq, case_number=case.number, author=event.actor, text=event.data["text"],
             noted_at=event.at, unseen=unseen, event=event.seq)
    )  # fmt: skip
    records.put(touched(case, event))


def seen(records: Records, event: Event) -> None:
    """The owner has read the notes of others; or the person asked has read the offer."""
    case = records.case(event.case or 0)
    offer = records.offer_of(case.number)
    notes = records.unseen_of(case.number) if event.actor == case.owner else ()
    read = offer is not None and offer.taker == event.actor
    if not notes and not read:
        raise NothingToSee(f"nothing in case {case.number} waits to be seen", fix=f"owncase show {case.number}")
    for note in notes:
        records.put(changed(note, unseen=0, event=event.seq))
    if offer is not None and read:
        records.put(changed(offer, seen_at=offer.seen_at or event.at, event=event.seq))
    records.put(touched(case, event))


def edited(records: Records, event: Event) -> None:
    """Mend what the case says it is about."""
    case = open_case(records, event)
    is_owner(records, case, event.actor, f"owncase edit {case.number} …")
    supersede(records, case, event)
    records.put(touched(case, event, **event.data))


def returned(records: Records, event: Event) -> None:
    """The owner whom an import claimed says it is not theirs: the importer answers for it (rule 10)."""
    case = open_case(records, event)
    if not case.claimed or case.imported_by is None:
        raise NotClaimed(f"nothing in case {case.number} is on offer to you", fix=f"owncase show {case.number}")
    is_owner(records, case, event.actor, f"owncase decline {case.number} …")
    if case.imported_by == case.owner:
        raise NotClaimed(f"you imported case {case.number} yourself", fix=f"owncase handoff {case.number} --to HANDLE")
    is_active(records.person(case.imported_by))
    supersede(records, case, event)
    back = touched(case, event, owner=case.imported_by, claimed=0, came_back=event.seq)
    records.put(back)
    new_tenure(records, back, event.at)


def open_case(records: Records, event: Event) -> Case:
    """The case an event is about, which must be open."""
    case = records.case(event.case or 0)
    if case.status != "open":
        raise CaseNotOpen(
            f"case {case.number} is {case.status}", fix=f"owncase reopen {case.number} --because TEXT -n ACTION -d WHEN"
        )
    return case


def is_owner(records: Records, case: Case, actor: int, command: str) -> None:
    """Raise `NotTheOwner` with who is, and what they would run."""
    if case.owner != actor:
        owner = records.person(case.owner).handle if case.owner else "nobody"
        raise NotTheOwner(
            f"case {case.number} is {owner}'s, not {records.person(actor).handle}'s",
            fix=f"ask {owner} to run: {command}; or help without taking it: owncase note {case.number} TEXT",
        )


def touched(case: Case, event: Event, **changes: Any) -> Case:
    """The case after an event: one version on, no longer claimed once its owner acts."""
    claimed = 0 if event.actor == case.owner else case.claimed
    always: dict[str, Any] = {
        "claimed": claimed, "version": case.version + 1, "changed_at": event.at, "event": event.seq,
    }  # fmt: skip
    return changed(case, **always | changes)


def new_tenure(records: Records, case: Case, at: str, *, defaulted: int = 0) -> None:
    """End the stretch that lasts and begin one with the case's present owner and status."""
    last = records.tenure_of(case.number)
    records.put(changed(last, until_at=at))
    records.put(
        Tenure(
            case_number=case.number, n=last.n + 1, owner=case.owner, status=case.status, defaulted=defaulted, from_at=at
        )
    )


def supersede(records: Records, case: Case, event: Event) -> Handoff | None:
    """What is on offer has changed: the standing offer, if any, is no more; the new state is offered again."""
    offer = records.offer_of(case.number)
    if offer is not None:
        records.put(changed(offer, state="superseded", answered_at=event.at, event=event.seq))
    return offer


def _plan(records: Records, event: Event, *, replans: int) -> None:
    case = open_case(records, event)
    verb = "done" if event.kind == "case.done" else "replan"
    is_owner(records, case, event.actor, f"owncase {verb} {case.number} …")
    wish = event.data
    has_next(case.number, wish["next_action"], wish["next_due"])
    step = step_after(case, wish.get("step"))
    supersede(records, case, event)
    records.put(
        touched(case, event, next_action=wish["next_action"], next_due=wish["next_due"],
                waiting_for=wish["waiting_for"], replans=replans, came_back=None, step=step)
    )  # fmt: skip


def is_new(records: Records, number: int) -> None:
    """Raise `CaseThere` for the number of a case that has begun."""
    try:
        records.case(number)
    except NotFound:
        return
    raise CaseThere(f"case {number} is there already", fix=f"owncase show {number}")


def has_next(number: int, action: str | None, due: str | None) -> None:
    """Raise `NeedsNextAction` unless both are there (rule 1)."""
    if not action or not action.strip() or not due:
        raise NeedsNextAction(f"case {number} needs a next action and when it is due", fix="-n ACTION -d WHEN")
