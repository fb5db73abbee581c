"""Was a command with this request id done before, and what was it about?"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from owncase.store.reader import Reader

REQUESTED = """
SELECT seq, "case", subject, json_extract(intent, '$.request.digest') AS digest FROM event_view WHERE request = :request
"""


def requested(reader: "Reader", request: str) -> dict[str, Any] | None:
    """The seq, case and subject of its first event, and the digest of the wish; None for a fresh id."""
    return reader.one(REQUESTED, request=request)
