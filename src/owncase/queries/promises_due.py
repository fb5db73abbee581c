"""What was promised to customers, to be kept by whom, and by when?"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from owncase.store.reader import Reader

STATUSES = ("open", "kept", "broken", "released", "undone", "all")
_WISHES = {
    "case": 'v."case" = :case',
    "owner": "v.holder_id = :owner",
    "customer": "v.customer = :customer",
    "status": "v.state = :status",
    "at_risk": "at_risk = :at_risk",
    "eta_debt": "eta_debt = :eta_debt",
}
_EVENTS = ("made", "event")
PROMISES = """
SELECT v.promise, v."case", v.n, v.customer, v.holder AS owner, v.text, v.due, v.told_due, v.state AS status,
  v.state = 'open' AND v.due < :now AS overdue,
  v.state = 'open' AND (v.risk IS NOT NULL OR v.due < :now OR v.due < coalesce(k.next_due, v.due)) AS at_risk,
  v.state = 'open' AND v.told_due <> v.due AS eta_debt,
  v.made_at, v.made_by, v.kept_at, v.kept_by, v.confirmed_by, v.title,
  v.first_due, v.moves, v.late_moves, v.debt_since, v.risk, v.risk_at, v.ended_at, v.ended_by, v.because,
  v.made, v.event
FROM promise_view AS v JOIN cases AS k ON k.number = v."case"
"""


def promises(reader: "Reader", wishes: Mapping[str, Any], now: str, *, limit: int = 0) -> list[dict[str, Any]]:
    """Promises, the next due first; 0 is no limit.

    Wishes: `case`, `owner` (an id), `customer` (a key), `status`, `at_risk`, `eta_debt`. `at_risk`: its holder marked
    it, or the due moment has passed, or passes before the case's next action is due. `eta_debt`: the customer was told
    another moment.
    """
    sql = f'{PROMISES} WHERE {conditions(wishes)} ORDER BY v.due, v."case", v.n LIMIT :most'
    return [promise(row) for row in reader.rows(sql, **wishes, now=now, most=limit or -1)]


def conditions(wishes: Mapping[str, Any]) -> str:
    """What a row of `PROMISES` has to meet for these wishes."""
    return " AND ".join(["1", *(_WISHES[name] for name in wishes)])


def promise(row: dict[str, Any]) -> dict[str, Any]:
    """A promise with its flags as true or false, and without the numbers of its events."""
    told = row | {name: bool(row[name]) for name in ("overdue", "at_risk", "eta_debt")}
    return {name: value for name, value in told.items() if name not in _EVENTS}
