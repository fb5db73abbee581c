"""What waits to be sent, as it will be sent."""

from typing import NamedTuple

from owncase.domain.values import REDACTED
from owncase.store.reader import Reader

WAITING = """
SELECT o.letter, o.n, o.recipient, l.message, l.case_number, iif(l.case_number IS NULL, l.customer, NULL) AS subject,
  EXISTS (SELECT 1 FROM json_each(l.promises) AS s JOIN promise AS p ON p.case_number = l.case_number
    AND p.n = json_extract(s.value, '$[0]') WHERE p.state = 'open' AND p.due <> json_extract(s.value, '$[1]')) AS moved,
  EXISTS (SELECT 1 FROM handoff AS h
      WHERE h.case_number = l.case_number AND h.event > l.id AND h.state = 'acknowledged')
    OR EXISTS (SELECT 1 FROM customer_offer AS h WHERE l.case_number IS NULL AND h.customer = l.customer
      AND h.event > l.id AND h.state = 'acknowledged') AS handed_over
FROM outbox AS o JOIN letter AS l ON l.id = o.letter
WHERE o.state = 'queued' AND (:only IS NULL OR o.letter = :only) ORDER BY o.letter, o.n
"""


class Waiting(NamedTuple):
    """A letter and the recipients by number for whom it waits; `case` or `subject` is what it is about."""

    letter: int
    case: int | None
    subject: int | None
    message: str
    recipients: dict[int, str]
    moved: bool
    handed_over: bool

    @property
    def outdated(self) -> str | None:
        """Why it must not be sent any more: it would tell the customer what is no longer so, or it was redacted."""
        if REDACTED in (self.message, *self.recipients.values()):
            return "it was redacted before it was sent"
        if self.moved:
            return "an ETA in it has moved since it was written; write it again"
        return "somebody else answers for it since it was written; write it again" if self.handed_over else None


def waiting(reader: Reader, only: int | None = None) -> list[Waiting]:
    """What waits, in the order in which it was written; with `only`, of this letter."""
    found: dict[int, Waiting] = {}
    for row in reader.rows(WAITING, only=only):
        letter = Waiting(
            row["letter"],
            row["case_number"],
            row["subject"],
            row["message"],
            {},
            bool(row["moved"]),
            bool(row["handed_over"]),
        )
        found.setdefault(row["letter"], letter).recipients[row["n"]] = row["recipient"]
    return list(found.values())
