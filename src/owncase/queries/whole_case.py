"""One case whole: where it stands, its promises, its notes, and what happened last."""

from typing import TYPE_CHECKING, Any

from owncase.queries.case_story import case_object
from owncase.queries.events import events_of_case
from owncase.queries.hands import acknowledgement, offered_in, with_hands
from owncase.queries.heard import OF_CASE, last_calls
from owncase.queries.playbooks import progress
from owncase.queries.promises_due import promises
from owncase.queries.terms import declined

if TYPE_CHECKING:
    from owncase.store.reader import Reader

LATEST_EVENTS = 10
LATEST_CALLS = 3
PROGRESS = ("playbook", "step", "steps", "next_step")
"""How far the case is with its playbook, if it follows one."""
NOTES = """
SELECT id AS note, "case", author, text, noted_at, unseen, undone FROM note_view WHERE "case" = :number ORDER BY id
"""


def whole_case(reader: "Reader", number: int, now: str) -> dict[str, Any]:
    """The contract's object of a case with `promises`, `notes`, its last `calls`, as `history` its ten latest events,
    and as `acknowledgement` whose yes made it what it is; `declined` is the no by which it came back.
    """
    case = case_object(reader, number, now)
    notes = [
        note | {"unseen": bool(note["unseen"]), "undone": bool(note["undone"])}
        for note in with_hands(reader, reader.rows(NOTES, number=number), "note")
    ]
    return case | {
        "pending": offered_in(reader, case["pending"], number),
        "acknowledgement": acknowledgement(reader, number),
        "declined": declined(reader, [number]).get(number),
        "unseen_notes": sum(note["unseen"] for note in notes),
        "promises": promises(reader, {"case": number}, now),
        "calls": last_calls(reader, OF_CASE, number, most=LATEST_CALLS),
        "notes": notes,
        "history": events_of_case(reader, number, latest=LATEST_EVENTS),
        **(dict.fromkeys(PROGRESS) | progress(reader, number)),
    }
