"""What else is there between us and a customer: promises that hold, what they last heard, closings nobody confirmed?

With the open cases it is what a customer handoff hands over, and both sides see it before the answer.
"""

from typing import TYPE_CHECKING, Any

from owncase.queries.case_story import case_objects
from owncase.queries.heard import OF_CUSTOMER, last_told
from owncase.queries.promises_due import promises

if TYPE_CHECKING:
    from owncase.store.reader import Reader

Row = dict[str, Any]

UNCONFIRMED = """
SELECT "case", title, closed_at, unconfirmed, outcome, owner AS closed_by, next_owner FROM case_view
WHERE customer_id = :id AND status = 'closed' AND unconfirmed IS NOT NULL AND confirmed_by IS NULL
ORDER BY closed_at, "case"
"""
OPEN = "SELECT number FROM cases WHERE customer = :id AND status = 'open' ORDER BY next_due, number"
WHO = "SELECT id FROM customer WHERE key = :key"


def relationship(reader: "Reader", customer: int, key: str, now: str) -> Row:
    """Open `cases`, live `promises` of open and closed cases, what was `told` last, `unconfirmed` closings."""
    numbers = [row["number"] for row in reader.rows(OPEN, id=customer)]
    return {
        "cases": case_objects(reader, numbers, now),
        "promises": promises(reader, {"customer": key, "status": "open"}, now),
        "told": last_told(reader, OF_CUSTOMER, customer),
        "unconfirmed": reader.rows(UNCONFIRMED, id=customer),
    }


def with_relationships(reader: "Reader", offers: list[Row], now: str) -> list[Row]:
    """Rows of `inbox`, in which the offer of an account has its `relationship`."""
    return [offer | {"relationship": _of(reader, offer, now)} for offer in offers]


def _of(reader: "Reader", offer: Row, now: str) -> Row | None:
    if offer["kind"] != "account":
        return None
    found = reader.one(WHO, key=offer["customer"])
    return relationship(reader, found["id"], offer["customer"], now) if found else None
