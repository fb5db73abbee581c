"""What is each person accountable for, now or at a moment in the past? People with nothing are in the answer.

Now: `due_today` is what is still due today in the owner's zone. `promises_at_risk` are open promises that are marked,
or whose moment has passed or passes before the case's next action is due; `eta_debt` those of which the customer was
told another moment.
In the past the tenures say who owned what; what they do not say, dues above all, is null.
"""

from typing import TYPE_CHECKING, Any

from owncase.queries.today import day_of

if TYPE_CHECKING:
    from owncase.store.reader import Reader

FIELDS = (
    *("owner", "open", "overdue", "due_today", "offered_out", "to_acknowledge", "promises_open"),
    *("promises_at_risk", "eta_debt", "oldest_opened_at", "next_due"),
)
PEOPLE = "SELECT id, handle AS owner, zone, active FROM person ORDER BY handle"
_OWNED = "FROM cases WHERE owner = :who AND status = 'open'"
OPEN = f"""
SELECT :who AS owner, (SELECT count(*) {_OWNED}) AS open, (SELECT count(*) {_OWNED} AND next_due < :now) AS overdue,
  (SELECT count(*) {_OWNED} AND next_due >= :now AND next_due < :until) AS due_today,
  (SELECT min(opened_at) {_OWNED}) AS oldest_opened_at, (SELECT min(next_due) {_OWNED}) AS next_due
"""
"""Each part goes over an index alone, and finds the least at its beginning."""
OFFERED_OUT = "SELECT giver AS owner, count(*) AS offered_out FROM handoff WHERE state = 'offered' GROUP BY giver"
TO_ACKNOWLEDGE = """
SELECT owner, count(*) AS to_acknowledge FROM (
  SELECT taker AS owner FROM handoff WHERE state = 'offered'
  UNION ALL SELECT taker FROM customer_offer WHERE state = 'offered') GROUP BY owner
"""
PROMISES = """
SELECT p.holder AS owner, count(*) AS promises_open,
  sum(p.risk_at IS NOT NULL OR p.due < :now OR p.due < coalesce(k.next_due, '')) AS promises_at_risk,
  sum(p.told_due <> p.due) AS eta_debt
FROM promise AS p INDEXED BY promise_open CROSS JOIN cases AS k ON k.number = p.case_number
WHERE p.state = 'open' GROUP BY p.holder
"""
OWNED_THEN = """
SELECT t.owner, count(*) AS open, min(k.opened_at) AS oldest_opened_at
FROM tenure AS t JOIN cases AS k ON k.number = t.case_number
WHERE t.from_at <= :at AND (t.until_at IS NULL OR t.until_at > :at) AND t.status = 'open' GROUP BY t.owner
"""
_STOOD = "offered_at <= :at AND (answered_at IS NULL OR answered_at > :at)"
OFFERED_OUT_THEN = f"SELECT giver AS owner, count(*) AS offered_out FROM handoff WHERE {_STOOD} GROUP BY giver"  # noqa: S608
TO_ACKNOWLEDGE_THEN = f"""
SELECT owner, count(*) AS to_acknowledge FROM (
  SELECT taker AS owner FROM handoff WHERE {_STOOD} UNION ALL SELECT taker FROM customer_offer WHERE {_STOOD})
GROUP BY owner
"""  # noqa: S608 - the program's own words
PROMISES_THEN = """
SELECT t.accountable_id AS owner, count(*) AS promises_open
FROM promise AS p JOIN tenure_view AS t ON t."case" = p.case_number
WHERE p.state <> 'undone' AND p.made_at <= :at AND (p.ended_at IS NULL OR p.ended_at > :at)
  AND t.from_at <= :at AND (t.until_at IS NULL OR t.until_at > :at) GROUP BY t.accountable_id
"""
COUNTED = (
    "open",
    "overdue",
    "due_today",
    "offered_out",
    "to_acknowledge",
    "promises_open",
    "promises_at_risk",
    "eta_debt",
)
KNOWN_THEN = ("open", "offered_out", "to_acknowledge", "promises_open")


def owners(reader: "Reader", now: str) -> list[dict[str, Any]]:
    """One object for each active person, by handle, and for who left and still holds something."""
    people = reader.rows(PEOPLE)
    ends = {zone: day_of(zone, now)[1] for zone in {person["zone"] for person in people}}
    owned = [
        row
        for person in people
        for row in reader.rows(OPEN, who=person["id"], now=now, until=ends[person["zone"]])
        if row["open"]
    ]
    parts = [owned, reader.rows(OFFERED_OUT), reader.rows(TO_ACKNOWLEDGE), reader.rows(PROMISES, now=now)]
    return _by_handle(people, _joined(parts, COUNTED), COUNTED)


def owners_at(reader: "Reader", at: str) -> list[dict[str, Any]]:
    """The same at a moment in the past, and one with `owner` null for imported cases not yet owned then."""
    asked = (OWNED_THEN, OFFERED_OUT_THEN, TO_ACKNOWLEDGE_THEN, PROMISES_THEN)
    totals = _joined([reader.rows(sql, at=at) for sql in asked], KNOWN_THEN)
    people = reader.rows(PEOPLE)
    ownerless = [{"id": None, "owner": None, "active": 0}]
    return _by_handle([*people, *ownerless], totals, KNOWN_THEN)


def _joined(parts: list[list[dict[str, Any]]], counted: tuple[str, ...]) -> dict[int | None, dict[str, Any]]:
    totals: dict[int | None, dict[str, Any]] = {}
    for rows in parts:
        for row in rows:
            totals.setdefault(row["owner"], dict.fromkeys(counted, 0)).update(row)
    return totals


def _by_handle(
    people: list[dict[str, Any]], totals: dict[int | None, dict[str, Any]], counted: tuple[str, ...]
) -> list[dict[str, Any]]:
    nothing = dict.fromkeys(counted, 0)
    return [
        dict.fromkeys(FIELDS) | totals.get(person["id"], nothing) | {"owner": person["owner"]}
        for person in people
        if person["active"] or person["id"] in totals
    ]
