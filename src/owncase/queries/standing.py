"""What stands so now that somebody should act on today: promises due or at risk, ETAs not told, and long silences.

Rows are those of the daily report: `by` answers for it, `at` is when it is due, or since when it is so.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from owncase.queries.silence import began_by_owner, silent
from owncase.queries.today import day_of

if TYPE_CHECKING:
    from owncase.store.reader import Reader

Row = dict[str, Any]

SILENT_DAYS = 3
"""Working days of silence that the report names."""

_PROMISES = """
SELECT v.promise, v."case", v.customer, v.holder AS "by", v.text, v.due, v.debt_since, v.risk, v.risk_at, h.zone
FROM promise AS p CROSS JOIN promise_view AS v ON v."case" = p.case_number AND v.n = p.n
JOIN person AS h ON h.id = p.holder LEFT JOIN cases AS k ON k.number = p.case_number WHERE p.state = 'open'
"""
DUE = f"{_PROMISES} AND p.due < :until ORDER BY p.due, p.case_number, p.n"
AT_RISK = f"""
{_PROMISES} AND (p.due < :now OR p.due < k.next_due OR p.risk IS NOT NULL) ORDER BY p.due, p.case_number, p.n
"""
IN_DEBT = f"{_PROMISES} AND p.debt_since IS NOT NULL ORDER BY p.debt_since, p.case_number, p.n"
SILENT = """
SELECT k.number AS "case", c.key AS customer, o.handle AS "by", k.title, k.heard_at, o.zone, o.hours
FROM cases AS k JOIN person AS o ON o.id = k.owner JOIN customer AS c ON c.id = k.customer
WHERE k.status = 'open' AND k.owner = :who AND k.heard_at <= :began ORDER BY k.heard_at, k.number
"""


def due_today(reader: "Reader", now: str) -> list[Row]:
    """Promises that fall due in the day of who holds them, and those that did earlier today."""
    tomorrow = max(day_of(row["zone"], now)[1] for row in [*reader.rows("SELECT zone FROM person"), {"zone": "UTC"}])
    days = {}
    rows = reader.rows(DUE, until=tomorrow)
    for zone in {row["zone"] for row in rows}:
        days[zone] = day_of(zone, now)
    return [_promise(row, row["due"]) for row in rows if days[row["zone"]][0] <= row["due"] < days[row["zone"]][1]]


def at_risk(reader: "Reader", now: str) -> list[Row]:
    """Promises that are late, come due before anything happens in their case, or that their holder marked, and why."""
    return [_promise(row, row["due"], row["risk"]) for row in reader.rows(AT_RISK, now=now)]


def eta_debt(reader: "Reader", now: str) -> list[Row]:
    """Promises of which the customer believes another ETA, the longest so first."""
    return [_promise(row, row["debt_since"]) for row in reader.rows(IN_DEBT)]


def silence(reader: "Reader", now: str) -> list[Row]:
    """Open cases of which the customer has not heard for some working days of their owner's."""
    began = began_by_owner(reader, SILENT_DAYS, "d", now)
    rows = [row for who, moment in began.items() for row in reader.rows(SILENT, who=who, began=moment)]
    for row in rows:
        days = silent(row["heard_at"], row.pop("zone"), row.pop("hours"), now)["silent_days"]
        row |= {"text": f"{days} working days: {row.pop('title')}", "at": row.pop("heard_at")}
    return sorted(rows, key=lambda row: (row["at"], row["case"]))


STANDING: dict[str, Callable[["Reader", str], list[Row]]] = {
    "due-today": due_today,
    "at-risk": at_risk,
    "eta-debt": eta_debt,
    "silence": silence,
}
"""In the order of the report; what each finds is told under its name."""


def standing(reader: "Reader", now: str) -> list[Row]:
    """Every answer, question by question, as rows of the daily report."""
    return [
        {"what": what, **{name: row[name] for name in ("case", "customer", "by")}, "for": None, "text": row["text"],
         "at": row["at"], "typed_by": None, "claimed": False}
        for what, ask in STANDING.items() for row in ask(reader, now)
    ]  # fmt: skip


def _promise(row: Row, at: str, why: str | None = None) -> Row:
    said = f"{row['promise']} {row['text']}" + (f": {why}" if why else "")
    return row | {"text": said, "at": at}
