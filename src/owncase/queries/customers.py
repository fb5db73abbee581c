"""Who is served, who answers for each customer, and what is open there?"""

from typing import TYPE_CHECKING, Any

from owncase.queries.contacts import contacts
from owncase.queries.hands import STANDING_ACCOUNT, offered_in
from owncase.queries.heard import OF_CUSTOMER, last_calls
from owncase.queries.lookup import customer_of
from owncase.queries.relationship import relationship
from owncase.queries.terms import declined_account

if TYPE_CHECKING:
    from owncase.store.reader import Reader

LATEST_CALLS = 3
CUSTOMERS = """
SELECT c.key, c.name, c.account_owner, c.claimed, c.second,
  (SELECT count(*) FROM cases WHERE customer = c.id AND status = 'open') AS open,
  c.contact, c.email, c.phone, c.added_at, c.next_touch, c.next_touch_due,
  f."from" AS pending_from, f."to" AS pending_to, f.offered_at AS pending_offered_at, f.seen_at AS pending_seen_at,
  f.answer_by AS pending_answer_by, f.note AS pending_note
FROM customer_view AS c LEFT JOIN customer_offer_view AS f ON f.customer_id = c.id AND f.state = 'offered'
"""

TOLD = """
SELECT email IS NOT NULL OR contact IS NOT NULL
  OR EXISTS (SELECT 1 FROM contact WHERE customer = customer.id AND active = 1) AS known
FROM customer WHERE key = :key
"""


def customers(reader: "Reader") -> list[dict[str, Any]]:
    """All customers by key."""
    return [_told(row) for row in reader.rows(f"{CUSTOMERS} ORDER BY c.key")]


def customer(reader: "Reader", text: str, *, now: str) -> dict[str, Any]:
    """The customer of this key or name, with all there is with it now. Raises NotFound, or `SeveralFit`."""
    found = customer_of(reader, text)
    told = _told(reader.rows(f"{CUSTOMERS} WHERE c.id = :id", id=found["id"])[0])
    told["pending"] = offered_in(reader, told["pending"], found["id"], STANDING_ACCOUNT)
    told["contacts"] = contacts(reader, found["id"])
    told["calls"] = last_calls(reader, OF_CUSTOMER, found["id"], most=LATEST_CALLS)
    told["declined"] = declined_account(reader, told["key"])
    return {**told, **relationship(reader, found["id"], told["key"], now)}


def can_be_told(reader: "Reader", key: str) -> bool:
    """Whether somebody is known at this customer's, or an address."""
    row = reader.one(TOLD, key=key)
    return row is not None and bool(row["known"])


def key_of(reader: "Reader", customer_id: int) -> str:
    """The key that the customer with this id goes by now."""
    row = reader.one("SELECT key FROM customer WHERE id = :id", id=customer_id)
    assert row is not None
    return str(row["key"])


def _told(row: dict[str, Any]) -> dict[str, Any]:
    told = {field: value for field, value in row.items() if not field.startswith("pending_")}
    pending = {field.removeprefix("pending_"): value for field, value in row.items() if field.startswith("pending_")}
    told["claimed"] = bool(row["claimed"])
    told["pending"] = {"kind": "account", **pending} if row["pending_to"] else None
    return told
