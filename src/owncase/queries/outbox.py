"""Which letters wait to be sent, since when and why, and what became of the others?"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from owncase.store.reader import Reader

STATES = ("queued", "sent", "refused", "all")
OUTBOX = """
SELECT letter, n, "case", customer, kind, sender, "to", state, queued_at, tries, tried_at, trouble, subject
FROM outbox_view WHERE (:state = 'all' OR state = :state) ORDER BY letter, n LIMIT :most
"""
LETTER = """
SELECT letter, "case", customer, kind, sender, subject, promises, message_id, queued_at, message,
  "to", state, tries, tried_at, trouble
FROM outbox_view WHERE letter = :letter ORDER BY n
"""
DELIVERY = ("to", "state", "tries", "tried_at", "trouble")


def outbox(reader: "Reader", state: str = "queued", *, limit: int = 0) -> list[dict[str, Any]]:
    """One row for each recipient of a letter, oldest letter first; 0 is no limit."""
    return reader.rows(OUTBOX, state=state, most=limit or -1)


def letter_sent(reader: "Reader", number: int) -> dict[str, Any]:
    """One letter with `deliveries`, one for each recipient, and its whole `message`."""
    rows = reader.rows(LETTER, letter=number)
    facts = {name: value for name, value in rows[0].items() if name not in DELIVERY}
    return facts | {"deliveries": [{name: row[name] for name in DELIVERY} for row in rows]}
