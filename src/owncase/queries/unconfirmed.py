"""Which closings does this person answer for that nobody at the customer's has confirmed, the oldest first?"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from owncase.store.reader import Reader

UNCONFIRMED = """
SELECT number FROM cases
WHERE next_owner = :who AND status = 'closed' AND unconfirmed IS NOT NULL AND confirmed_by IS NULL
ORDER BY closed_at, number
"""


def unconfirmed(reader: "Reader", who: int) -> list[int]:
    """Their numbers."""
    return [row["number"] for row in reader.rows(UNCONFIRMED, who=who)]
