"""What should this person do next, in blocks, most pressing first, and how much comes later?

A case stands in one block only. A closing that is on offer does not remind: its case waits. What an account owner does
next for a customer stands among their cases by its due moment. Counting goes over indexes
alone, and only rows that are shown are read, so that an owner of very many cases waits no longer for the answer.
"""

import json
from collections import Counter
from collections.abc import Collection
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from owncase.queries.case_story import FIELDS, case_objects
from owncase.queries.inbox import ACCOUNTS, account
from owncase.queries.terms import declined, declined_account
from owncase.queries.today import day_of
from owncase.queries.touches import how_many, touches
from owncase.queries.waiting import accounts_back, waits_for

if TYPE_CHECKING:
    from owncase.store.reader import Reader

TO_ACKNOWLEDGE, CAME_BACK, OVERDUE, TODAY, TO_TELL, NOTES, WAITING, LATER = BLOCKS = (
    *("To acknowledge", "Came back", "Overdue", "Today", "To tell", "Notes", "Waiting", "Later"),
)

OFFERED = "SELECT case_number AS number FROM handoff WHERE taker = :who AND state = 'offered' ORDER BY answer_by, id"
ENDING = """
SELECT h.case_number AS number FROM handoff AS h JOIN cases AS k ON k.number = h.case_number
WHERE h.giver = :who AND h.state = 'offered' AND h.kind <> 'transfer' ORDER BY k.next_due, k.number
"""
UNSEEN = """
SELECT n.case_number AS number, count(*) AS unseen FROM note AS n CROSS JOIN cases AS k ON k.number = n.case_number
WHERE n.unseen = 1 AND k.owner = :who AND k.status = 'open' GROUP BY n.case_number ORDER BY k.next_due, k.number
"""
IN_DEBT = """
SELECT p.case_number AS number, k.next_due, k.waiting_for FROM promise AS p INDEXED BY promise_in_debt
CROSS JOIN cases AS k ON k.number = p.case_number
WHERE p.holder = :who AND p.debt_since IS NOT NULL AND p.state = 'open'
GROUP BY p.case_number ORDER BY min(p.debt_since)
"""
"""Whose customers believe another ETA than we do, the longest first; of closed cases too."""
_OWNED = "FROM cases WHERE owner = :who AND status = 'open' AND next_due"
DUE = f"SELECT number, next_due {_OWNED} >= :start AND next_due < :until ORDER BY next_due, number LIMIT :most"
HELD_UP = (
    f"SELECT number, next_due {_OWNED} >= :until AND waiting_for IS NOT NULL ORDER BY next_due, number LIMIT :most"
)
COUNTS = f"""
SELECT (SELECT count(*) {_OWNED} < :now) AS overdue, (SELECT count(*) {_OWNED} >= :now AND next_due < :until) AS today,
  (SELECT count(*) {_OWNED} >= :until AND waiting_for IS NOT NULL) AS waiting,
  (SELECT count(*) {_OWNED} >= :until) AS after
"""
PLACED = "SELECT number, next_due, waiting_for FROM cases WHERE number IN (SELECT value FROM json_each(:numbers))"
FIRST = ""
"""Before every moment as text."""


class Next(NamedTuple):
    """Rows with their `block`; how many there are in all; how many open cases come later, and how many touches."""

    rows: list[dict[str, Any]]
    total: int
    later: int
    touches_later: int


class _Day(NamedTuple):
    """A person's day: `until` is when it ends. At most so many rows are asked for; -1 is all."""

    reader: "Reader"
    who: int
    now: str
    until: str
    most: int

    def numbers(self, sql: str, **values: Any) -> list[int]:
        return [row["number"] for row in self.reader.rows(sql, who=self.who, **values)]


def next_actions(reader: "Reader", who: int, zone: str, now: str, *, limit: int = 0) -> Next:
    """The blocks of a person, whose IANA `zone` says when today ends. At most `limit` rows; 0 is all."""
    day = _Day(reader, who, now, day_of(zone, now)[1], limit or -1)
    back = waits_for(reader, who, now)[1]
    ending = [number for number in day.numbers(ENDING) if number not in back]
    unseen = {row["number"]: row["unseen"] for row in reader.rows(UNSEEN, who=who)}
    debts = {row["number"]: row for row in reader.rows(IN_DEBT, who=who)}
    in_debt = {number: row for number, row in debts.items() if row["next_due"] is not None}
    rows = _placed(day, {*back, *ending, *unseen} - in_debt.keys()) | in_debt
    placed = {number: _block(row, day) for number, row in rows.items()}
    aside = {n for n in placed if n not in back and n not in ending and placed[n] in (WAITING, LATER)}
    to_tell = [number for number in debts if number in aside or number not in in_debt]
    noted = [number for number in unseen if number in aside and number not in debts]
    moved = {*back, *ending, *noted, *(number for number in to_tell if number in in_debt)}
    touched, more = touches(reader, who, now, day.until, day.most), how_many(reader, who, now, day.until)
    entries: list[tuple[str, int | dict[str, Any]]] = [
        *((TO_ACKNOWLEDGE, number) for number in day.numbers(OFFERED)),
        *((TO_ACKNOWLEDGE, _as_case(account(row, now))) for row in reader.rows(ACCOUNTS, who=who)),
        *((CAME_BACK, number) for number in back),
        *((CAME_BACK, _as_case(account(row, now))) for row in accounts_back(reader, who)),
        *((OVERDUE, which) for which in _by_due(day, moved, touched, start=FIRST, until=now)),
        *((TODAY, which) for which in _by_due(day, moved, touched, start=now, until=day.until)),
        *((TO_TELL, number) for number in to_tell),
        *((NOTES, number) for number in noted),
        *((WAITING, number) for number in [*ending, *(n for _, n in _first(day, HELD_UP, moved, until=day.until))]),
    ]
    counts = _counts(day, Counter(placed[number] for number in moved))
    elsewhere = sum(block in (TO_ACKNOWLEDGE, CAME_BACK, TO_TELL, NOTES) for block, _ in entries) + len(ending)
    total = elsewhere + counts[OVERDUE] + counts[TODAY] + counts[WAITING] + more["overdue"] + more["today"]
    return Next(_rows(day, entries[: limit or None], unseen), total, counts[LATER], more["later"])


def _rows(day: _Day, entries: list[tuple[str, int | dict[str, Any]]], unseen: dict[int, int]) -> list[dict[str, Any]]:
    cases = case_objects(day.reader, [which for _, which in entries if isinstance(which, int)], day.now)
    found = {case["case"]: case for case in cases}
    back = [which for block, which in entries if block == CAME_BACK and isinstance(which, int)]
    said = declined(day.reader, back) if back else {}
    rows = []
    for block, which in entries:
        if isinstance(which, int):
            notes, no = unseen.get(which, 0), said.get(which) if block == CAME_BACK else None
            rows.append({**found[which], "kind": "case", "unseen_notes": notes, "block": block, "declined": no})
        else:
            no = declined_account(day.reader, which["customer"]) if block == CAME_BACK else None
            rows.append({**which, "pending": None if no else which["pending"], "block": block, "declined": no})
    return rows


def _by_due(
    day: _Day, moved: Collection[int], touched: list[dict[str, Any]], *, start: str, until: str
) -> list[int | dict[str, Any]]:
    """The cases and touches in a span of dues, the next due first; of a case and a touch due together, the case."""
    due: list[tuple[str, bool, int | dict[str, Any]]] = [
        *((due, False, number) for due, number in _first(day, DUE, moved, start=start, until=until)),
        *((row["next_due"], True, row) for row in touched if start <= row["next_due"] < until),
    ]
    return [which for _, _, which in sorted(due, key=itemgetter(0, 1))]


def _first(day: _Day, sql: str, moved: Collection[int], **span: str) -> list[tuple[str, int]]:
    """The first numbers in a span of dues with their due, but those that stand in another block."""
    most = day.most if day.most < 0 else day.most + len(moved)
    rows = day.reader.rows(sql, who=day.who, most=most, **span)
    return [(row["next_due"], row["number"]) for row in rows if row["number"] not in moved]


def _placed(day: _Day, numbers: Collection[int]) -> dict[int, dict[str, Any]]:
    rows = day.reader.rows(PLACED, numbers=json.dumps(list(numbers)))
    return {row["number"]: row for row in rows}


def _block(row: dict[str, Any], day: _Day) -> str:
    """Where a case stands by its due moment alone."""
    if row["next_due"] < day.until:
        return OVERDUE if row["next_due"] < day.now else TODAY
    return WAITING if row["waiting_for"] else LATER


def _counts(day: _Day, moved: Counter[str]) -> Counter[str]:
    """How many of the person's cases stand in each block by their due moment, less those that stand elsewhere."""
    row = day.reader.one(COUNTS, who=day.who, now=day.now, until=day.until) or {}
    by_due = {
        OVERDUE: row["overdue"],
        TODAY: row["today"],
        WAITING: row["waiting"],
        LATER: row["after"] - row["waiting"],
    }
    return Counter({block: number - moved[block] for block, number in by_due.items()})


def _as_case(offer: dict[str, Any]) -> dict[str, Any]:
    """The offer of an account with the fields of a case, so that all rows are alike."""
    pending = {
        name: offer[name] for name in ("kind", "from", "to", "offered_at", "seen_at", "answer_by", "note", "lapsed")
    }
    known = {"title": offer["title"], "customer": offer["customer"], "owner": offer["from"], "pending": pending}
    return dict.fromkeys(FIELDS) | known | {"kind": "account", "unseen_notes": 0}
