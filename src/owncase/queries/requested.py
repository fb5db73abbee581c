"""Was a command with this request id done before, and what was it about?"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from owncase.store.reader import Reader

REQUESTED = """
SELECT e.seq, e."case", e.subject, coalesce(t.body, CASE json_type(e.intent, '$.request.digest')
  WHEN 'text' THEN json_extract(e.intent, '$.request.digest') END, '[redacted]') AS digest
FROM event_view AS e LEFT JOIN text AS t
  ON t.event = e.seq AND t.commitment = json_extract(e.intent, '$.request.digest.text')
WHERE e.request = :request
"""


def requested(reader: "Reader", request: str) -> dict[str, Any] | None:
    """The seq, case and subject of its first event, and the digest of the wish as it is kept; None for a fresh id."""
    return reader.one(REQUESTED, request=request)
