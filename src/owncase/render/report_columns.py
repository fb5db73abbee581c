"""Which fields each report has, in the order of the contract, and which of them people see."""

from owncase.render.sheet import Column, Columns

OWNERS = Columns(
    shown=(
        Column("owner", "Owner", "person"),
        Column("open", "Open", "number"),
        Column("overdue", "Overdue", "number"),
        Column("due_today", "Today", "number"),
        Column("offered_out", "Offered out", "number"),
        Column("to_acknowledge", "To acknowledge", "number", under="offered_out"),
        Column("promises_open", "Promises", "number"),
        Column("promises_at_risk", "At risk", "number", under="promises_open"),
        Column("eta_debt", "Not told", "number", under="promises_open"),
        Column("next_due", "Next due", "due"),
        Column("oldest_opened_at", "Oldest", "moment", under="next_due"),
    ),
    fields=(
        *("owner", "open", "overdue", "due_today", "offered_out", "to_acknowledge", "promises_open"),
        *("promises_at_risk", "eta_debt", "oldest_opened_at", "next_due"),
    ),
)

HANDOFFS = Columns(
    shown=(
        Column("case", "Case", "number"),
        Column("external", "External", grows=True),
        Column("handoffs", "Handoffs", "number"),
        Column("owners", "Owners", "number"),
        Column("ping_pong", "Ping-pong", "flag"),
        Column("median_ack_seconds", "Median wait", "seconds"),
        Column("same_hand", "Same hand", "number"),
    ),
    fields=("case", "external", "handoffs", "owners", "ping_pong", "ack_seconds", "median_ack_seconds", "same_hand"),
)

DAILY = Columns(
    shown=(
        Column("case", "Case", "number"),
        Column("by", "Who", "person", typed=True),
        Column("customer", "Customer", under="by"),
        Column("text", "What", grows=True),
        Column("at", "When", "moment", under="text"),
    ),
    fields=("what", "case", "customer", "by", "for", "text", "at", "typed_by", "claimed"),
)

CUSTOMERS = Columns(
    shown=(
        Column("key", "Customer"),
        Column("name", "Name", grows=True),
        Column("account_owner", "Account owner", "person", under="key"),
        Column("open", "Open", "number"),
        Column("overdue", "Overdue", "number", under="open"),
        Column("promises_open", "Promises", "number"),
        Column("promises_at_risk", "At risk", "number", under="promises_open"),
        Column("eta_debt", "Not told", "number", under="promises_open"),
        Column("next_due", "Next due", "due"),
        Column("oldest_opened_at", "Oldest", "moment", under="next_due"),
        Column("closed_total", "Closed", "number", under="open"),
        Column("silent_seconds", "Heard from us", "silence", under="next_due"),
    ),
    fields=(
        *("key", "name", "account_owner", "second", "claimed", "open", "overdue", "promises_open"),
        *("promises_at_risk", "eta_debt", "oldest_opened_at", "next_due", "closed_total"),
        *("heard_at", "silent_seconds", "silent_days"),
    ),
)

RESPONSE = Columns(
    shown=(
        Column("owner", "Owner", "person"),
        Column("offers", "Offers", "number"),
        Column("acknowledged", "Acknowledged", "number"),
        Column("declined", "Declined", "number"),
        Column("lapsed", "Lapsed", "number"),
        Column("median_ack_seconds", "Median wait", "seconds"),
    ),
    fields=("owner", "offers", "acknowledged", "declined", "lapsed", "ack_seconds", "median_ack_seconds"),
)

CALLS = Columns(
    shown=(
        Column("week", "Week"),
        Column("calls", "Calls", "number"),
        Column("about_status", "About the status", "number"),
        Column("answered", "Answered on the spot", "number"),
        Column("share_answered", "Share", "share"),
    ),
    fields=("week", "from", "until", "calls", "about_status", "answered", "share_answered"),
)
