"""Which cases fit these wishes, in which order? Numbers first, over indexes; whole rows only for what is shown."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from owncase.queries.case_story import case_objects

if TYPE_CHECKING:
    from owncase.store.reader import Reader

STATUSES = ("open", "closed", "void", "archived", "all")
SORTS = {
    "due": "next_due IS NULL, next_due, number",
    "number": "number",
    "opened": "opened_at, number",
    "changed": "changed_at DESC, number",
    "closed": "closed_at IS NULL, closed_at, number",
    "urgency": "CASE urgency WHEN 'hot' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END, next_due, number",
    "owner": "(SELECT handle FROM person WHERE id = owner), next_due, number",
    "customer": "(SELECT key FROM customer WHERE id = customer), next_due, number",
    "silence": "heard_at, number",
}
"""The orders there are; each ends with the number, so that the same question has the same answer."""

_OPEN_BY_DUE = "next_due, number"
"""Every open case has a due moment, so an index gives this order without sorting."""

_AFTER = "SELECT number FROM cases WHERE number > :after ORDER BY number LIMIT :most"
STRETCH = 1_000

_WISHES = {
    "owner": "owner = :owner",
    "next_owner": "next_owner = :next_owner",
    "customer": "customer = :customer",
    "urgency": "urgency = :urgency",
    "source": "source = :source AND source <> ''",
    "overdue": "status = 'open' AND next_due < :now",
    "pending": "number IN (SELECT case_number FROM handoff WHERE state = 'offered')",
    "waiting": "waiting_for IS NOT NULL",
    "claimed": "claimed = 1",
    "unconfirmed": "status = 'closed' AND unconfirmed IS NOT NULL AND confirmed_by IS NULL",
    "changed_before": "changed_at <= :changed_before",
    "eta_debt": "number IN (SELECT case_number FROM promise WHERE debt_since IS NOT NULL AND state = 'open')",
    "silent": "status = 'open' AND (heard_at IS NULL OR heard_at <= json_extract(:silent, '$.' || owner))",
}


def cases(
    reader: "Reader", wishes: Mapping[str, Any], now: str, *, status: str = "open", sort: str = "due", limit: int = 0
) -> list[dict[str, Any]]:
    """The cases that fit, as the contract's objects; 0 is no limit.

    Wishes: `owner`, `next_owner`, `customer` (ids), `urgency`, `source`, `changed_before` (a moment), `silent` (for
    each owner since when nothing was heard, as JSON), and `overdue`, `pending`, `waiting`, `claimed`, `eta_debt`,
    `unconfirmed` for those of which it is true.
    """
    order = _OPEN_BY_DUE if (sort, status) == ("due", "open") else SORTS[sort]
    sql = f"SELECT number FROM cases WHERE {_where(wishes, status)} ORDER BY {order} LIMIT :most"  # noqa: S608 - own words
    rows = reader.rows(sql, **_values(wishes, status, now), most=limit or -1)
    return case_objects(reader, [row["number"] for row in rows], now)


def every_case(reader: "Reader", now: str) -> Iterator[dict[str, Any]]:
    """All cases by number, whatever became of them, in stretches: nobody who writes waits for who reads on."""
    after = 0
    while numbers := [row["number"] for row in reader.rows(_AFTER, after=after, most=STRETCH)]:
        yield from case_objects(reader, numbers, now)
        after = numbers[-1]


def how_many(reader: "Reader", wishes: Mapping[str, Any], now: str, *, status: str = "open") -> int:
    """How many cases fit."""
    sql = f"SELECT count(*) AS number FROM cases WHERE {_where(wishes, status)}"  # noqa: S608 - the program's own words
    row = reader.one(sql, **_values(wishes, status, now))
    return row["number"] if row else 0


def _where(wishes: Mapping[str, Any], status: str) -> str:
    said = {"open": "status = 'open'", "all": "1"}.get(status, "status = :status")
    return " AND ".join([said, *(f"({_WISHES[name]})" for name in wishes)])


def _values(wishes: Mapping[str, Any], status: str, now: str) -> dict[str, Any]:
    return {**wishes, "status": status, "now": now}
