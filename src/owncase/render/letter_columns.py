"""What is shown of letters and of what waits to be sent."""

from owncase.render.sheet import Column, Columns

LETTER = Columns(
    shown=(
        Column("kind", "Letter"),
        Column("case", "Case", "number"),
        Column("customer", "Customer"),
        Column("from", "From"),
        Column("to", "To", "list"),
        Column("subject", "Subject", grows=True),
    ),
    fields=(
        *("letter", "kind", "case", "customer", "sender", "from", "to", "reply_to", "subject", "text", "html"),
        *("promises", "message_id", "queued_at", "deliveries"),
    ),
)
OUTBOX = Columns(
    shown=(
        Column("letter", "Letter", "number"),
        Column("kind", "Kind"),
        Column("case", "Case", "number"),
        Column("customer", "Customer"),
        Column("to", "To", grows=True),
        Column("state", "State"),
        Column("tries", "Tries", "number"),
        Column("queued_at", "Since", "moment"),
        Column("trouble", "Why", grows=True, under="to"),
    ),
    fields=(
        *("letter", "n", "case", "customer", "kind", "sender", "to", "state", "queued_at", "tries", "tried_at"),
        *("trouble", "subject"),
    ),
)
