"""Whom to ask for at the customers', and which of them is meant by `norfolk.2`?"""

import re
from typing import TYPE_CHECKING, Any

from owncase.errors import NotFound, UsageProblem
from owncase.queries.lookup import customer_of

if TYPE_CHECKING:
    from owncase.store.reader import Reader

_NAME = re.compile(r"(.+)\.([1-9][0-9]{0,6})", re.DOTALL)
COLUMNS = "contact, customer, n, name, role, email, phone, active, added_by, added_at"
LISTED = f"SELECT {COLUMNS} FROM contact_view WHERE active"  # noqa: S608 - the program's own words
ONE = f"SELECT {COLUMNS} FROM contact_view WHERE customer_id = :customer AND n = :n"  # noqa: S608 - the program's own words
REQUESTED = """
SELECT count(*) AS n FROM event AS e JOIN event AS r ON r.subject = e.subject AND e.seq <= r.seq
WHERE r.request = :request AND e.kind = 'customer.contact_added'
"""


class NotAContact(UsageProblem):
    """A contact is named by its customer and its number there."""


class NoSuchContact(NotFound):
    """The customer has no contact of this number."""


def contacts(reader: "Reader", customer: int | None = None) -> list[dict[str, Any]]:
    """Who can be asked for, of one customer or of all, by customer and number."""
    if customer is None:
        return [_told(row) for row in reader.rows(f"{LISTED} ORDER BY customer, n")]
    return [_told(row) for row in reader.rows(f"{LISTED} AND customer_id = :customer ORDER BY n", customer=customer)]


def contact(reader: "Reader", customer: int, n: int) -> dict[str, Any]:
    """The n-th contact of the customer with this id, listed or removed. Raises `NoSuchContact`."""
    if row := reader.one(ONE, customer=customer, n=n):
        return _told(row)
    raise NoSuchContact(f"there is no contact {n} there", fix="owncase contact list")


def contact_named(reader: "Reader", text: str) -> tuple[str, int]:
    """The key of the customer and the number in `norfolk.2`. Raises `NotAContact`, and what `customer_of` raises."""
    found = _NAME.fullmatch(text)
    if found is None:
        raise NotAContact(
            f"{text[:80]!r} is not a contact", fix="write customer and number, norfolk.1: owncase contact list"
        )
    return str(customer_of(reader, found[1])["key"]), int(found[2])


def number_requested(reader: "Reader", request: str) -> int:
    """The number that the contact got whom this request added."""
    row = reader.one(REQUESTED, request=request)
    return row["n"] if row else 0


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "active": bool(row["active"])}
