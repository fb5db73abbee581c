"""What is told to the person who is asked to own a case?"""

from typing import TYPE_CHECKING, Any

from owncase.queries.case_story import names
from owncase.queries.events import events_of_case
from owncase.queries.hands import with_hands
from owncase.queries.promises_due import promises

if TYPE_CHECKING:
    from owncase.store.reader import Reader

PACKET = "SELECT * FROM offer_view WHERE \"case\" = :number AND state = 'offered'"
LATEST = 3
"""How many of the last events are told."""


def packet(reader: "Reader", number: int, now: str) -> dict[str, Any] | None:
    """The standing offer of a case as a row of `offer_view`, with its open `promises` and last `events`; or None."""
    offer = reader.one(PACKET, number=number)
    if offer is None:
        return None
    offer = with_hands(reader, [offer], "id")[0]
    held = promises(reader, {"case": number, "status": "open"}, now)
    debt = names(offer["eta_debt"])
    return offer | {"eta_debt": debt, "promises": held, "events": events_of_case(reader, number, latest=LATEST)}
