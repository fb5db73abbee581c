"""How much waits for a person: what they are asked to acknowledge, and what came back to them."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from owncase.store.reader import Reader

TO_ACKNOWLEDGE = """
SELECT (SELECT count(*) FROM handoff WHERE taker = :who AND state = 'offered')
  + (SELECT count(*) FROM customer_offer WHERE taker = :who AND state = 'offered') AS number
"""

CAME_BACK = """
SELECT number FROM cases WHERE owner = :who AND came_back IS NOT NULL AND status = 'open'
UNION SELECT case_number FROM handoff WHERE giver = :who AND state = 'offered' AND answer_by < :now
ORDER BY number
"""

ACCOUNTS_BACK = """
SELECT v.* FROM customer_offer AS o JOIN customer AS c ON c.id = o.customer AND c.account_owner = :who
JOIN customer_offer_view AS v ON v.id = o.id
WHERE o.giver = :who AND o.state = 'declined'
  AND NOT EXISTS (SELECT 1 FROM customer_offer AS n WHERE n.customer = o.customer AND n.id > o.id)
  AND NOT EXISTS (SELECT 1 FROM event AS e WHERE e.subject = o.customer AND e.seq > o.event AND e.actor = :who)
ORDER BY o.event
"""

OVERDUE = """
WITH elsewhere AS (SELECT number FROM cases WHERE owner = :who AND came_back IS NOT NULL AND status = 'open'
  UNION SELECT case_number FROM handoff
    WHERE giver = :who AND state = 'offered' AND (answer_by < :now OR kind <> 'transfer'))
SELECT (SELECT count(*) FROM cases WHERE owner = :who AND status = 'open' AND next_due < :now)
  - (SELECT count(*) FROM cases WHERE number IN elsewhere AND owner = :who AND status = 'open' AND next_due < :now)
  + (SELECT count(*) FROM customer WHERE account_owner = :who AND next_touch_due < :now) AS number
"""


def waits_for(reader: "Reader", person_id: int, now: str) -> tuple[int, list[int]]:
    """How many offers of cases and accounts wait for this person's answer, and the numbers of cases that came back.

    A case came back when its offer was declined, returned or reopened for them, or when their own offer lapsed.
    """
    waiting = reader.one(TO_ACKNOWLEDGE, who=person_id)
    came_back = reader.rows(CAME_BACK, who=person_id, now=now)
    return (waiting["number"] if waiting else 0), [row["number"] for row in came_back]


def accounts_back(reader: "Reader", person_id: int) -> list[dict[str, Any]]:
    """The accounts of this person whose last offer was declined, until they do something about the customer."""
    return reader.rows(ACCOUNTS_BACK, who=person_id)


def overdue(reader: "Reader", person_id: int, now: str) -> int:
    """How much stands under Overdue in this person's `next`: no cases that came back or wait to be closed."""
    found = reader.one(OVERDUE, who=person_id, now=now)
    return found["number"] if found else 0
