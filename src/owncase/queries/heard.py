"""What did the customer last hear from us, and what did they last ask? Now, or by a moment in the past."""

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from owncase.store.reader import Reader

Row = dict[str, Any]

LATEST = "9999"
OF_CASE, OF_CUSTOMER = "t.case_number", "t.customer"
_TOLD = """
SELECT t.told_at AS at, p.handle AS "by", t.how, t.whom, t.text, t.case_number AS "case", t.promises
FROM told AS t JOIN person AS p ON p.id = t.teller
"""
_CALLED = """
SELECT t.called_at AS at, p.handle AS "by", t.channel, t.whom, t.question, t.answer, t.callback,
  t.case_number AS "case", t.about_status, t.id AS call, c.key AS customer
FROM call AS t JOIN person AS p ON p.id = t.taken_by JOIN customer AS c ON c.id = t.customer
"""


def last_told(reader: "Reader", which: str, about: int, at: str | None = None) -> Row | None:
    """What was told last: of a case (`OF_CASE`), or over the whole relationship with a customer (`OF_CUSTOMER`)."""
    found = reader.one(
        f"{_TOLD} WHERE {which} = :about AND t.told_at <= :at ORDER BY t.id DESC LIMIT 1", about=about, at=at or LATEST
    )
    if found is None:
        return None
    numbers = json.loads(found["promises"] or "[]")
    return found | {"promises": [f"{found['case']}.{n}" for n in numbers]}


def last_calls(reader: "Reader", which: str, about: int, *, most: int = 1, at: str | None = None) -> list[Row]:
    """What was asked last, the latest first. `about_status`: it was about a case that was open already."""
    rows = reader.rows(
        f"{_CALLED} WHERE {which} = :about AND t.called_at <= :at ORDER BY t.id DESC LIMIT :most",
        about=about, at=at or LATEST, most=most,
    )  # fmt: skip
    return [call(row) for row in rows]


def call_of(reader: "Reader", event: int) -> Row | None:
    """The call that this event recorded."""
    found = reader.one(f"{_CALLED} WHERE t.id = :event", event=event)
    return call(found) if found else None


def call(row: Row) -> Row:
    """A call with its flag as true or false."""
    return row | {"about_status": bool(row["about_status"])}
