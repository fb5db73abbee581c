"""What did a redaction remove, when, and why, and what of it could not be removed?"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from owncase.store.reader import Reader

REDACTION = """
SELECT e.seq, e."case", json_array_length(e.intent, '$.data.commitments') AS texts, e.at, t.body AS because
FROM event_view AS e JOIN event_view AS first ON first.seq = :seq AND first.recorded_at = e.recorded_at
LEFT JOIN text AS t ON t.event = e.seq AND t.commitment = json_extract(e.intent, '$.data.because.text')
WHERE e.seq >= :seq AND e.kind = 'text.redacted' AND (e.seq = :seq OR e.request IS NULL) ORDER BY e.seq
"""
PLAIN = """
SELECT count(*) AS events FROM event_view AS e
WHERE (e."case" IN (SELECT value FROM json_each(:cases)) OR e.subject = :subject)
  AND ('text' IN (json_type(e.intent, '$.request.digest'), json_type(e.intent, '$.data.digest')))
"""


def redaction(reader: "Reader", seq: int) -> dict[str, Any]:
    """The redaction whose first event this is: its events, how many texts they name, and of which cases."""
    rows = reader.rows(REDACTION, seq=seq)
    return {
        "texts": sum(row["texts"] for row in rows),
        "cases": sorted({row["case"] for row in rows if row["case"] is not None}),
        "events": [row["seq"] for row in rows],
        "at": rows[0]["at"],
        "because": rows[0]["because"],
    }


def plain_digests(reader: "Reader", cases: Sequence[int], subject: int | None) -> int:
    """How many events of an older owncase state a digest of what was typed, which stays in the chain for ever."""
    row = reader.one(PLAIN, cases=json.dumps(cases), subject=subject)
    return int(row["events"]) if row else 0
