"""What happened in a day that somebody should know of: who joined, what moved, ended or came back, and in whose hand?

Each question finds the events of one sort within a stretch of history. A report is their answers one after the other,
so that the same stretch is always told in the same words.
"""

from collections.abc import Callable
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from owncase.queries.events import LATEST

if TYPE_CHECKING:
    from owncase.store.reader import Reader

Row = dict[str, Any]

FIELDS = ("what", "case", "customer", "by", "for", "text", "at", "typed_by", "claimed")

_AS = """
json_extract(e.intent, '$.typed_by') AS typed_by, coalesce(json_extract(e.intent, '$.claimed'), 0) AS claimed
FROM event AS e JOIN person AS p ON p.id = e.actor
"""
_OF_CASE = "LEFT JOIN cases AS k ON k.number = e.case_number LEFT JOIN customer AS c ON c.id = k.customer"
_WITHIN = "WHERE e.seq BETWEEN :first AND :last AND e.kind ="


_SAID = """
(SELECT coalesce(
    (SELECT body FROM text WHERE event = e.seq AND commitment = json_extract(e.intent, '$.data.NAME.text')),
    '[redacted]')
  WHERE json_extract(e.intent, '$.data.NAME.text') IS NOT NULL)
"""
_NOTE, _BECAUSE, _CONFIRMED_BY = (_SAID.replace("NAME", name) for name in ("note", "because", "confirmed_by"))

JOINED = f"""
SELECT e.seq, NULL AS "case", NULL AS customer, p.handle AS "by", NULL AS "for",
  'is the OS user ' || json_extract(e.intent, '$.typed_by') AS text, e.at, {_AS} {_WITHIN} 'person.joined'
"""
ACKNOWLEDGED = f"""
SELECT e.seq, e.case_number AS "case", c.key AS customer, p.handle AS "by", g.handle AS "for", e.at,
  h.kind, h.outcome, h.unconfirmed, h.void_reason, b.handle AS offered_by,
  json_extract(o.intent, '$.typed_by') AS offered_in, {_AS}
JOIN handoff AS h ON h.case_number = e.case_number AND h.event = e.seq JOIN event AS o ON o.seq = h.id
JOIN person AS g ON g.id = h.giver JOIN person AS b ON b.id = h.offered_by {_OF_CASE}
{_WITHIN} 'handoff.acknowledged'
"""
ACCOUNTS = f"""
SELECT e.seq, NULL AS "case", c.key AS customer, p.handle AS "by", g.handle AS "for", e.at,
  'account' AS kind, b.handle AS offered_by, json_extract(o.intent, '$.typed_by') AS offered_in, {_AS}
JOIN customer_offer AS h ON h.customer = e.subject AND h.event = e.seq JOIN event AS o ON o.seq = h.id
JOIN person AS g ON g.id = h.giver JOIN person AS b ON b.id = h.offered_by JOIN customer AS c ON c.id = e.subject
{_WITHIN} 'customer.acknowledged'
"""
CONFIRMED = f"""
SELECT e.seq, e.case_number AS "case", c.key AS customer, p.handle AS "by", NULL AS "for", {_CONFIRMED_BY} AS text,
  e.at, {_AS} {_OF_CASE} {_WITHIN} 'case.confirmed'
"""
VOIDED = f"""
SELECT e.seq, e.case_number AS "case", c.key AS customer, p.handle AS "by", NULL AS "for",
  json_extract(e.intent, '$.data.reason') || coalesce(' of ' || json_extract(e.intent, '$.data.of'), '')
    || coalesce(': ' || {_NOTE}, '') AS text, e.at, {_AS} {_OF_CASE} {_WITHIN} 'case.voided'
"""
RETURNED = f"""
SELECT e.seq, e.case_number AS "case", c.key AS customer, p.handle AS "by", i.handle AS "for",
  json_extract(e.intent, '$.data.reason') || coalesce(': ' || {_NOTE}, '') AS text, e.at, {_AS} {_OF_CASE}
LEFT JOIN person AS i ON i.id = k.imported_by {_WITHIN} 'case.returned'
"""
REOPENED = f"""
SELECT e.seq, e.case_number AS "case", c.key AS customer, p.handle AS "by",
  (SELECT o.handle FROM tenure AS t JOIN person AS o ON o.id = t.owner
    WHERE t.case_number = e.case_number AND t.from_at = e.at ORDER BY t.n DESC LIMIT 1) AS "for",
  {_BECAUSE} AS text, e.at, {_AS} {_OF_CASE} {_WITHIN} 'case.reopened'
"""  # noqa: S608 - the program's own words
CLAIMED = f"""
SELECT max(e.seq) AS seq, NULL AS "case", NULL AS customer, p.handle AS "by", NULL AS "for",
  count(*) || CASE count(*) WHEN 1 THEN ' act' ELSE ' acts' END AS text, max(e.at) AS at, {_AS}
WHERE e.seq BETWEEN :first AND :last AND json_extract(e.intent, '$.claimed') = 1
GROUP BY p.handle, typed_by
"""
CALLED = f"""
SELECT e.seq, e.case_number AS "case", c.key AS customer, p.handle AS "by", NULL AS "for",
  coalesce(l.whom || ': ', '') || l.question || iif(l.answer IS NULL, ' (to be called back)', ' (answered)') AS text,
  e.at, {_AS} JOIN call AS l ON l.id = e.seq JOIN customer AS c ON c.id = l.customer
WHERE l.id BETWEEN :first AND :last
"""
RECORDED = "SELECT recorded_at FROM event WHERE seq >= :seq ORDER BY seq LIMIT 1"


class Span(NamedTuple):
    """A stretch of history: the numbers of its first and last event."""

    first: int
    last: int


class Day:
    """A stretch of history that is asked about."""

    def __init__(self, reader: "Reader", span: Span) -> None:
        self.reader = reader
        self.span = span

    def rows(self, sql: str) -> list[Row]:
        """What was so within it."""
        return self.reader.rows(sql, **self.span._asdict())

    @cached_property
    def acknowledged(self) -> list[Row]:
        """Every acknowledgement of a case or an account, with its offer."""
        return [*self.rows(ACKNOWLEDGED), *self.rows(ACCOUNTS)]


def joined(day: Day) -> list[Row]:
    """Who claimed whom."""
    return day.rows(JOINED)


def moved(day: Day) -> list[Row]:
    """Cases and accounts that changed hands, from whom to whom."""
    return [
        {**row, "text": f"{'account ' if row['kind'] == 'account' else ''}from {row['for']} to {row['by']}"}
        for row in day.acknowledged
        if row["kind"] in ("transfer", "account")
    ]


def closed(day: Day) -> list[Row]:
    """Cases that ended, and what came of them."""
    return [{**row, "text": row["outcome"]} for row in day.acknowledged if row["kind"] == "closing"]


def unconfirmed(day: Day) -> list[Row]:
    """Cases that ended and that nobody at the customer's confirmed by the end of the day, and why."""
    since = {row["case"]: row["seq"] for row in confirmed(day)}
    return [
        {**row, "text": row["unconfirmed"]}
        for row in day.acknowledged
        if row["kind"] == "closing" and row["unconfirmed"] and since.get(row["case"], 0) < row["seq"]
    ]


def confirmed(day: Day) -> list[Row]:
    """Closings that somebody at the customer's confirmed afterwards, and who."""
    return day.rows(CONFIRMED)


def voided(day: Day) -> list[Row]:
    """Cases taken out of the way, alone or by an acknowledgement."""
    asked = [{**row, "text": row["void_reason"]} for row in day.acknowledged if row["kind"] == "voiding"]
    return [*asked, *day.rows(VOIDED)]


def returned(day: Day) -> list[Row]:
    """Imported cases that went back to who imported them."""
    return day.rows(RETURNED)


def reopened(day: Day) -> list[Row]:
    """Ended cases that came back, and to whom."""
    return day.rows(REOPENED)


def same_hand(day: Day) -> list[Row]:
    """Offers that one OS user both typed and acknowledged, for whomever."""
    return [
        {**row, "text": f"offered by {row['offered_by']}, both typed by {row['typed_by']}"}
        for row in day.acknowledged
        if row["typed_by"] and row["typed_by"] == row["offered_in"]
    ]


def claimed(day: Day) -> list[Row]:
    """How much was typed for people without a login, and by whom."""
    return day.rows(CLAIMED)


def called(day: Day) -> list[Row]:
    """What customers asked, and whether they were answered."""
    return day.rows(CALLED)


QUESTIONS: dict[str, Callable[[Day], list[Row]]] = {
    "joined": joined,
    "moved": moved,
    "closed": closed,
    "unconfirmed": unconfirmed,
    "confirmed": confirmed,
    "voided": voided,
    "returned": returned,
    "reopened": reopened,
    "called": called,
    "same-hand": same_hand,
    "claimed": claimed,
}
"""In the order of the report; what each finds is told under its name."""


def daily(reader: "Reader", span: Span) -> list[Row]:
    """Every answer: question by question, and within one in the order of history."""
    day = Day(reader, span)
    return [_told(row, what) for what, ask in QUESTIONS.items() for row in sorted(ask(day), key=itemgetter("seq"))]


def _told(row: Row, what: str) -> Row:
    told = row | {"what": what, "claimed": bool(row["claimed"])}
    return {name: told[name] for name in FIELDS}


def span_of(reader: "Reader", since: str, until: str = LATEST) -> Span:
    """What was recorded from one moment to another, both included; `first` is after `last` where nothing was."""
    newest = reader.one("SELECT max(seq) AS seq FROM event")
    last = newest["seq"] if newest else 0
    first = _first(reader, last, lambda recorded: recorded >= since)
    return Span(first, last if until == LATEST else _first(reader, last, lambda recorded: recorded > until) - 1)


def _first(reader: "Reader", last: int, fits: Callable[[str], bool]) -> int:
    """The first event whose moment fits, one after the last if none does: moments never fall, so halving finds it."""
    low, high = 1, last + 1
    while low < high:
        middle = (low + high) // 2
        row = reader.one(RECORDED, seq=middle)
        if row is None or fits(row["recorded_at"]):
            high = middle
        else:
            low = middle + 1
    return low
