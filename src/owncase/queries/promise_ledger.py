"""What became of each promise: who made it, who took it on, how its ETA moved, and who held it when it fell due?"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from owncase.queries.promises_due import PROMISES, conditions, promise

if TYPE_CHECKING:
    from owncase.store.reader import Reader

_TAKEN_ON = """
SELECT json_group_array(json_object('by', t.handle, 'at', h.answered_at)) FROM (
  SELECT taker, answered_at FROM handoff WHERE case_number = d."case" AND state = 'acknowledged' AND event > d.made
    AND (d.status = 'open' OR event < d.event) ORDER BY id) AS h JOIN person AS t ON t.id = h.taker
"""
_PASSED = """
SELECT due FROM (SELECT max(at, recorded_at) AS moved_at,
    lag(json_extract(intent, '$.data.due'), 1, q.first_due) OVER (ORDER BY seq) AS due
  FROM event WHERE case_number = q."case" AND kind = 'promise.moved' AND json_extract(intent, '$.data.n') = q.n)
WHERE due <= moved_at ORDER BY moved_at LIMIT 1
"""
_HELD = """
SELECT o.handle FROM tenure_view AS t JOIN person AS o ON o.id = t.accountable_id WHERE t."case" = d."case"
  AND t.from_at <= max(d.fell_due_at, d.made_at) AND (t.until_at IS NULL OR t.until_at > max(d.fell_due_at, d.made_at))
ORDER BY t.n DESC LIMIT 1
"""
_LEDGER = """
SELECT d.*, ({taken_on}) AS taken_on, ({held}) AS held_when_due FROM (
  SELECT q.*, CASE WHEN q.late_moves > 0 THEN ({passed}) WHEN q.due <= coalesce(q.ended_at, :now) THEN q.due END
    AS fell_due_at FROM ({promises}) AS q) AS d ORDER BY d.due, d."case", d.n
"""


def ledger(reader: "Reader", wishes: Mapping[str, Any], now: str, *, limit: int = 0) -> list[dict[str, Any]]:
    """Promises, the next due first, for the wishes and the limit that `promises` takes.

    `taken_on` lists by whose acknowledgements it was taken on, and when. `fell_due_at` is the first ETA that passed
    while it was open, `held_when_due` who held it then.
    """
    promises = f'{PROMISES} WHERE {conditions(wishes)} ORDER BY v.due, v."case", v.n LIMIT :most'
    sql = _LEDGER.format(promises=promises, passed=_PASSED, held=_HELD, taken_on=_TAKEN_ON)
    return [_told(row) for row in reader.rows(sql, **wishes, now=now, most=limit or -1)]


def count(reader: "Reader", wishes: Mapping[str, Any], now: str) -> int:
    """How many promises there are for these wishes."""
    sql = f"SELECT count(*) AS number FROM ({PROMISES} WHERE {conditions(wishes)})"  # noqa: S608 - own words
    found = reader.one(sql, **wishes, now=now)
    return found["number"] if found else 0


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return promise(row) | {"taken_on": json.loads(row["taken_on"])}
