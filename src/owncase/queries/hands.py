"""Which OS user typed something, was that for somebody without a login, and by whose own yes does somebody own this?"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from owncase.store.reader import Reader

Row = dict[str, Any]

TYPED = """
SELECT seq, json_extract(intent, '$.typed_by') AS typed_by, coalesce(json_extract(intent, '$.claimed'), 0) AS claimed
FROM event WHERE seq IN (SELECT value FROM json_each(:events))
"""
OF_CASE = """
SELECT p.handle AS "by", h.answered_at AS at, h.kind, h.event FROM cases AS k JOIN handoff AS h ON h.id = k.via
JOIN person AS p ON p.id = h.answered_by WHERE k.number = :about AND h.claimed = 0
  AND h.kind = CASE k.status WHEN 'open' THEN 'transfer' WHEN 'closed' THEN 'closing' ELSE 'voiding' END
"""
OF_ACCOUNT = """
SELECT p.handle AS "by", h.answered_at AS at, 'account' AS kind, h.event FROM customer AS c
JOIN customer_offer AS h ON h.id = c.via JOIN person AS p ON p.id = h.answered_by
WHERE c.id = :about AND h.state = 'acknowledged'
"""
STANDING = "SELECT id FROM handoff WHERE case_number = :about AND state = 'offered'"
STANDING_ACCOUNT = "SELECT id FROM customer_offer WHERE customer = :about AND state = 'offered'"


def with_hands(reader: "Reader", rows: Iterable[Row], event: str) -> list[Row]:
    """The rows with `typed_by` and `claimed` of the event whose number stands in this field."""
    told = list(rows)
    numbers = json.dumps([row[event] for row in told])
    typed = {row["seq"]: row for row in reader.rows(TYPED, events=numbers)} if told else {}
    return [row | _hand(typed.get(row[event])) for row in told]


def offered_in(reader: "Reader", pending: Row | None, about: int, sql: str = STANDING) -> Row | None:
    """The standing offer of a case (or, with `STANDING_ACCOUNT`, of a customer) with who typed it."""
    found = reader.one(sql, about=about) if pending else None
    if pending is None or found is None:
        return pending
    hand = with_hands(reader, [found], "id")[0]
    return pending | {name: hand[name] for name in ("typed_by", "claimed")}


def acknowledgement(reader: "Reader", about: int, sql: str = OF_CASE) -> Row | None:
    """The yes by which a case (or, with `OF_ACCOUNT`, an account) is where it is: by whom, when, for what, typed by."""
    found = reader.one(sql, about=about)
    if found is None:
        return None
    told = with_hands(reader, [found], "event")[0]
    return {name: told[name] for name in ("by", "at", "kind", "typed_by", "claimed")}


def _hand(typed: Row | None) -> Row:
    return {"typed_by": typed["typed_by"] if typed else None, "claimed": bool(typed and typed["claimed"])}
