"""What is told to the person who is asked to own a case?"""

from typing import TYPE_CHECKING, Any

from owncase.domain.call import callbacks_first
from owncase.queries.case_story import names
from owncase.queries.events import events_of_case
from owncase.queries.hands import with_hands
from owncase.queries.promises_due import promises

if TYPE_CHECKING:
    from owncase.store.reader import Reader

PACKET = "SELECT * FROM offer_view WHERE \"case\" = :number AND state = 'offered'"
PROPOSED = "SELECT next_action, next_due FROM handoff WHERE id = :id"
CALLBACKS = """
SELECT whom, question, callback FROM call WHERE case_number = :number AND id > :id AND callback IS NOT NULL ORDER BY id
"""
LATEST = 3
"""How many of the last events are told."""


def packet(reader: "Reader", number: int, now: str) -> dict[str, Any] | None:
    """The standing offer of a case as a row of `offer_view`, with its open `promises` and last `events`; or None."""
    offer = reader.one(PACKET, number=number)
    if offer is None:
        return None
    offer = with_hands(reader, [offer], "id")[0] | _plan(reader, offer)
    held = promises(reader, {"case": number, "status": "open"}, now)
    debt = names(offer["eta_debt"])
    return offer | {"eta_debt": debt, "promises": held, "events": events_of_case(reader, number, latest=LATEST)}


def _plan(reader: "Reader", offer: dict[str, Any]) -> dict[str, Any]:
    """What was proposed, with the callbacks before it that came in since; else what the case says."""
    proposed = reader.one(PROPOSED, id=offer["id"]) or {}
    calls = reader.rows(CALLBACKS, number=offer["case"], id=offer["id"]) if any(proposed.values()) else []
    back = [(call["whom"], call["question"], call["callback"]) for call in calls]
    action, due = callbacks_first(proposed.get("next_action"), proposed.get("next_due"), back)
    return {"next_action": action or offer["next_action"], "next_due": due or offer["next_due"]}
