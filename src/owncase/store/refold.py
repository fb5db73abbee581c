"""History told again from its first event, in memory: the rules of a write decide whether it may have happened."""

from collections.abc import Iterable

from owncase.domain import history
from owncase.domain.event import Event
from owncase.errors import OwncaseError
from owncase.store.findings import Findings
from owncase.store.memory import MemoryRecords

NOT_UNDERSTOOD = (KeyError, TypeError, ValueError, AttributeError)


def refold(events: Iterable[Event], findings: Findings) -> MemoryRecords:
    """What history says. An event that breaks a rule is a finding, and changes nothing."""
    records = MemoryRecords()
    apply = history.apply
    for event in events:
        try:
            apply(records, event)
        except OwncaseError as broken:
            findings.add("rule", f"event {event.seq} breaks a rule ({broken.code}): {broken.message}", event.seq)
        except NOT_UNDERSTOOD as trouble:
            findings.add("rule", f"event {event.seq} does not say what its kind needs: {trouble!r}", event.seq)
    return records
