"""How do each customer's cases stand?"""

from typing import TYPE_CHECKING, Any

from owncase.queries.silence import silent

if TYPE_CHECKING:
    from owncase.store.reader import Reader

CUSTOMERS = "SELECT id, key, name, account_owner, second, claimed FROM customer_view ORDER BY key"
CASES = """
SELECT customer, count(*) AS open, sum(next_due < :now) AS overdue, min(opened_at) AS oldest_opened_at,
  min(next_due) AS next_due
FROM cases WHERE status = 'open' GROUP BY customer
"""
ENDED = "SELECT customer, count(*) AS closed_total FROM cases WHERE status IN ('closed', 'archived') GROUP BY customer"
PROMISES = """
SELECT k.customer, count(*) AS promises_open,
  sum(p.risk_at IS NOT NULL OR p.due < :now OR p.due < coalesce(k.next_due, '')) AS promises_at_risk,
  sum(p.told_due <> p.due) AS eta_debt
FROM promise AS p JOIN cases AS k ON k.number = p.case_number WHERE p.state = 'open' GROUP BY k.customer
"""
HEARD = """
SELECT customer, max(heard_at) AS heard_at FROM (
  SELECT customer, max(heard_at) AS heard_at FROM cases GROUP BY customer
  UNION ALL SELECT customer, max(told_at) FROM told WHERE case_number IS NULL GROUP BY customer
  UNION ALL SELECT customer, max(called_at) FROM call
    WHERE case_number IS NULL AND answer IS NOT NULL GROUP BY customer)
GROUP BY customer
"""
"""About which case or none: they heard from us."""
CLOCKS = "SELECT handle, zone, hours FROM person"
COUNTED = ("open", "overdue", "promises_open", "promises_at_risk", "eta_debt")


def customer_report(reader: "Reader", now: str) -> list[dict[str, Any]]:
    """One object for each customer, by key. Closed cases count together with those that ended in another tracker.

    `heard_at` is when they last heard from us about anything; the silence since is working time of the account owner.
    """
    totals: dict[int, dict[str, Any]] = {}
    asked = (reader.rows(CASES, now=now), reader.rows(ENDED), reader.rows(PROMISES, now=now), reader.rows(HEARD))
    for rows in asked:
        for row in rows:
            totals.setdefault(row["customer"], {}).update(row)
    clocks = {row["handle"]: (row["zone"], row["hours"]) for row in reader.rows(CLOCKS)}
    return [_told(row, totals.get(row["id"], {}), clocks[row["account_owner"]], now) for row in reader.rows(CUSTOMERS)]


def _told(row: dict[str, Any], total: dict[str, Any], clock: tuple[str, str], now: str) -> dict[str, Any]:
    heard_at = total.get("heard_at")
    return {
        **{name: row[name] for name in ("key", "name", "account_owner", "second")},
        "claimed": bool(row["claimed"]),
        **{name: total.get(name, 0) for name in COUNTED},
        "oldest_opened_at": total.get("oldest_opened_at"),
        "next_due": total.get("next_due"),
        "closed_total": total.get("closed_total", 0),
        "heard_at": heard_at,
        **silent(heard_at, *clock, now),
    }
