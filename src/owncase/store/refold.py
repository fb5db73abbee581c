"""History told again from its first event, in memory: the rules of a write decide whether it may have happened."""

from collections.abc import Iterable

from owncase.domain import history
from owncase.domain.event import Event
from owncase.domain.form import is_moment
from owncase.domain.values import Case, Person
from owncase.errors import NotPermitted, OwncaseError
from owncase.store.findings import Findings
from owncase.store.memory import MemoryRecords

NOT_UNDERSTOOD = (KeyError, TypeError, ValueError, AttributeError)


def refold(events: Iterable[Event], findings: Findings) -> MemoryRecords:
    """What history says. An event that breaks a rule is a finding, and changes nothing."""
    records = MemoryRecords()
    apply = history.apply
    for event in events:
        try:
            if not (is_moment(event.at) and is_moment(event.recorded_at)):
                raise ValueError(f"{event.at}, recorded at {event.recorded_at}, is no moment")
            apply(records, event)
            if event.seq > history.FOUNDING:
                _by_whom(records, event)
        except OwncaseError as broken:
            findings.add("rule", f"event {event.seq} breaks a rule ({broken.code}): {broken.message}", event.seq)
        except NOT_UNDERSTOOD as trouble:
            findings.add("rule", f"event {event.seq} does not say what its kind needs: {trouble!r}", event.seq)
    _all_owned(records, findings)
    return records


def _by_whom(records: MemoryRecords, event: Event) -> None:
    """Rule 11. A write has asked this already, before it began."""
    login = records.person(event.actor).login
    if event.kind == "person.edited" and event.subject == event.actor:
        return  # the login may be what changed
    if event.claimed is not (login is None) or login not in (None, event.typed_by):
        actor = records.person(event.actor).handle
        raise NotPermitted(f"{event.typed_by} acted for {actor} without saying so", fix="owncase history")


def _all_owned(records: MemoryRecords, findings: Findings) -> None:
    """Rule 1, once all is told: no import was left half way, and nobody left with a case."""
    for case in records.tables["cases"].values():
        if isinstance(case, Case) and case.status == "open":
            owner = records.tables["person"].get(case.owner)
            if not (isinstance(owner, Person) and owner.active and case.next_action and case.next_due):
                findings.add("rule", f"open case {case.number} lacks an active owner or a next action", case.event)
