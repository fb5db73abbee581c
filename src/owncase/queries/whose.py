"""A case as it stands on the card of who is accountable: whose it is, what comes next, and what was promised."""

from typing import TYPE_CHECKING, Any

from owncase.queries.events import events_of_case
from owncase.queries.lookup import NoSuchCase
from owncase.queries.promises_then import promises_then
from owncase.queries.reach import with_makers
from owncase.queries.silence import NOTHING, silent

if TYPE_CHECKING:
    from owncase.store.reader import Reader

MOST = 20
"""How many cases a card lists."""

_NOW = """
SELECT "case", title, customer, status, owner, claimed, next_owner, next_action, next_due, waiting_for, contact,
  status = 'open' AND next_due < :now AS overdue, pending_to AS until_acknowledged_by, duplicate_of,
  heard_at, owner_zone, owner_hours FROM case_view
"""
_PROMISES = (
    "SELECT promise, text, due, holder, told_due, debt_since FROM promise_view"
    " WHERE \"case\" = :number AND state = 'open' ORDER BY due, n"
)
_OPEN = "SELECT number FROM cases WHERE status = 'open' AND"
_AT = """
SELECT v."case", v.title, v.customer, t.status, t.owner, NULL AS claimed,
  (SELECT p.handle FROM handoff AS h JOIN person AS p ON p.id = h.taker WHERE h.case_number = v."case"
    AND h.kind <> 'transfer' AND h.state = 'acknowledged' AND h.answered_at <= :at AND t.status IN ('closed', 'void')
    ORDER BY h.id DESC LIMIT 1) AS next_owner,
  NULL AS next_action, NULL AS next_due, NULL AS waiting_for, v.contact, 0 AS overdue,
  (SELECT p.handle FROM handoff AS h JOIN person AS p ON p.id = h.taker WHERE h.case_number = v."case"
    AND h.offered_at <= :at AND (h.answered_at IS NULL OR h.answered_at > :at) ORDER BY h.id DESC LIMIT 1)
    AS until_acknowledged_by, v.duplicate_of
FROM tenure_view AS t JOIN case_view AS v ON v."case" = t."case"
WHERE t."case" = :number AND t.from_at <= :at AND (t.until_at IS NULL OR t.until_at > :at) ORDER BY t.n DESC LIMIT 1
"""
_OWNED_AT = """
FROM tenure AS t JOIN cases AS k ON k.number = t.case_number
WHERE t.from_at <= :at AND (t.until_at IS NULL OR t.until_at > :at) AND t.status = 'open' AND
"""
PLANS = (
    "case.opened",
    "case.done",
    "case.replanned",
    "case.reopened",
    "case.imported",
    "handoff.acknowledged",
    "case.undone",
    "case.called",
)


def case_now(reader: "Reader", number: int, now: str) -> dict[str, Any]:
    """The case as it is. `accountable` is its owner, or the next owner of a closed one. Raises NotFound."""
    row = reader.one(f'{_NOW} WHERE "case" = :number', number=number, now=now)
    if row is None:
        raise NoSuchCase(f"there is no case {number}", fix="owncase list")
    zone, hours = row.pop("owner_zone"), row.pop("owner_hours")
    row |= silent(row["heard_at"], zone, hours, now) if row["status"] == "open" else NOTHING
    return _told(row, _promised(reader, number, reader.rows(_PROMISES, number=number)))


def case_at(reader: "Reader", number: int, at: str) -> dict[str, Any]:
    """The case as it was at a moment. Raises NotFound when it was not there yet."""
    row = reader.one(_AT, number=number, at=at)
    if row is None:
        raise NoSuchCase(f"case {number} was not there yet at {at}", fix=f"owncase history {number}")
    events = events_of_case(reader, number, until=at)
    if row["status"] == "open":
        row |= _plan(events)
        row["overdue"] = bool(row["next_due"] and row["next_due"] < at)
    return _told(row, _promised(reader, number, promises_then(number, events)))


def cases_of_customer(reader: "Reader", customer: int, now: str, at: str | None) -> tuple[list[dict[str, Any]], int]:
    """The first open cases of a customer by due, and how many there are."""
    return _cases(reader, "customer = :who", customer, now, at)


def cases_of_person(reader: "Reader", person: int, now: str, at: str | None) -> tuple[list[dict[str, Any]], int]:
    """The first open cases of an owner by due, and how many there are."""
    return _cases(reader, "owner = :who", person, now, at)


def _cases(reader: "Reader", which: str, who: int, now: str, at: str | None) -> tuple[list[dict[str, Any]], int]:
    if at is None:
        rows = reader.rows(f"{_OPEN} {which} ORDER BY next_due, number LIMIT :most", who=who, most=MOST)
        count = reader.one(f"SELECT count(*) AS number FROM ({_OPEN} {which})", who=who)  # noqa: S608 - own words
        return [case_now(reader, row["number"], now) for row in rows], count["number"] if count else 0
    column = which.replace("customer", "k.customer").replace("owner", "t.owner")
    rows = reader.rows(f"SELECT k.number {_OWNED_AT} {column} ORDER BY k.number LIMIT :most", who=who, at=at, most=MOST)
    count = reader.one(f"SELECT count(*) AS number {_OWNED_AT} {column}", who=who, at=at)
    return [case_at(reader, row["number"], at) for row in rows], count["number"] if count else 0


def _plan(events: list[dict[str, Any]]) -> dict[str, Any]:
    """The next action that counts after these events of a case."""
    plan = dict.fromkeys(("next_action", "next_due", "waiting_for"))
    for event in events:
        said = event["data"]
        if event["kind"] not in PLANS or said.get("next_action") is None:
            continue
        waits = said.get("waiting_for")
        same = event["kind"] == "handoff.acknowledged" and said["next_action"] == plan["next_action"]
        if same or event["kind"] == "case.called":
            waits = plan["waiting_for"]
        plan = {"next_action": said["next_action"], "next_due": said["next_due"], "waiting_for": waits}
    return plan


def _promised(reader: "Reader", number: int, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Promises with who made each. `eta_debt`: the customer was last told another ETA than the one we believe."""
    return with_makers(reader, number, [row | {"eta_debt": row["told_due"] != row["due"]} for row in rows])


def _told(row: dict[str, Any], promises: list[dict[str, Any]]) -> dict[str, Any]:
    flags = {"claimed": None if row["claimed"] is None else bool(row["claimed"]), "overdue": bool(row["overdue"])}
    accountable = row["next_owner"] if row["status"] == "closed" and row["next_owner"] else row["owner"]
    return row | flags | {"accountable": accountable, "promises": promises}
