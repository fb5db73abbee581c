"""With which of their customers is this person to be in touch next? Each is a row with the fields of a case."""

from typing import TYPE_CHECKING, Any

from owncase.queries.case_story import FIELDS

if TYPE_CHECKING:
    from owncase.store.reader import Reader

TITLE = "Next touch"
_MINE = "FROM customer AS c WHERE c.account_owner = :who AND c.next_touch_due IS NOT NULL"
DUE = f"""
SELECT c.id, c.key, c.name, c.next_touch, c.next_touch_due,
  (SELECT handle FROM person WHERE id = c.account_owner) AS owner
{_MINE} AND c.next_touch_due < :until ORDER BY c.next_touch_due, c.key LIMIT :most
"""  # noqa: S608 - the program's own words
COUNTS = f"""
SELECT (SELECT count(*) {_MINE} AND c.next_touch_due < :now) AS overdue,
  (SELECT count(*) {_MINE} AND c.next_touch_due >= :now AND c.next_touch_due < :until) AS today,
  (SELECT count(*) {_MINE} AND c.next_touch_due >= :until) AS later
"""


def touches(reader: "Reader", who: int, now: str, until: str, most: int) -> list[dict[str, Any]]:
    """The touches due before a moment, the next due first; at most so many, and -1 is all."""
    return [_as_case(row, now) for row in reader.rows(DUE, who=who, until=until, most=most)]


def how_many(reader: "Reader", who: int, now: str, until: str) -> dict[str, int]:
    """How many are `overdue`, due `today` (before `until`), and `later`."""
    return reader.one(COUNTS, who=who, now=now, until=until) or {}


def _as_case(row: dict[str, Any], now: str) -> dict[str, Any]:
    known = {"title": TITLE, "customer": row["key"], "customer_name": row["name"], "owner": row["owner"]}
    plan = {"next_action": row["next_touch"], "next_due": row["next_touch_due"], "overdue": row["next_touch_due"] < now}
    return dict.fromkeys(FIELDS) | known | plan | {"kind": "touch", "unseen_notes": 0}
