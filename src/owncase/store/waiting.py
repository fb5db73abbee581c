"""What waits to be sent, as it will be sent."""

from typing import NamedTuple

from owncase.domain.values import REDACTED
from owncase.store.reader import Reader

WAITING = """
SELECT o.letter, o.n, o.recipient, l.message, l.case_number, iif(l.case_number IS NULL, l.customer, NULL) AS subject
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

    @property
    def is_readable(self) -> bool:
        """Whether neither the letter nor an address of it was redacted since."""
        return REDACTED not in (self.message, *self.recipients.values())


def waiting(reader: Reader, only: int | None = None) -> list[Waiting]:
    """What waits, in the order in which it was written; with `only`, of this letter."""
    found: dict[int, Waiting] = {}
    for row in reader.rows(WAITING, only=only):
        letter = Waiting(row["letter"], row["case_number"], row["subject"], row["message"], {})
        found.setdefault(row["letter"], letter).recipients[row["n"]] = row["recipient"]
    return list(found.values())
