"""Which fields each sort of row has, in the order of the contract, and which of them people see."""

from owncase.render.sheet import Column, Columns

_CASE = Column("case", "Case", "number")
_CUSTOMER = Column("customer", "Customer", under="owner")
_ACTION = Column("next_action", "Next action", grows=True, under="title")
_DUE = Column("next_due", "Due", "due")

CASES = Columns(
    shown=(
        _CASE,
        Column("owner", "Owner", "person"),
        _CUSTOMER,
        Column("title", "Title", grows=True),
        _ACTION,
        _DUE,
        Column("", "Notice", "marks", under="next_due"),
    ),
    fields=(
        *("case", "uid", "external", "title", "customer", "urgency", "status", "owner", "claimed", "next_action"),
        *("next_due", "waiting_for", "overdue", "replans", "pending", "promises_open", "handoffs", "opened_at"),
        *("opened_by", "closed_at", "outcome", "next_owner", "version", "cause", "contact", "channel", "source"),
        *("imported_by", "confirmed_by", "unconfirmed", "duplicate_of", "void_reason", "customer_name", "changed_at"),
        *("eta_debt", "eta_debt_since", "heard_at", "silent_seconds", "silent_days"),
    ),
)

UNCONFIRMED = Columns(
    shown=(
        _CASE,
        Column("next_owner", "Answers", "person"),
        Column("customer", "Customer", under="next_owner"),
        Column("title", "Title", grows=True),
        Column("unconfirmed", "Why not confirmed", grows=True, under="title"),
        Column("closed_at", "Closed", "moment"),
    ),
    fields=CASES.fields,
)

NEXT = Columns(shown=CASES.shown, fields=(*CASES.fields, "kind", "unseen_notes", "block", "declined"))

CASE = Columns(
    shown=(
        Column("title", "Title"),
        Column("customer", "Customer"),
        Column("owner", "Owner", "person"),
        Column("status", "Status"),
        Column("next_action", "Next action"),
        _DUE,
        Column("waiting_for", "Waiting for"),
        Column("", "Notice", "marks"),
        Column("promises_open", "Open promises", "number"),
        Column("eta_debt_since", "ETA not told since", "moment"),
        Column("heard_at", "Heard from us", "heard"),
        Column("outcome", "Outcome"),
        Column("confirmed_by", "Confirmed by"),
        Column("unconfirmed", "Closed unconfirmed"),
        Column("next_owner", "Next owner", "person"),
        Column("void_reason", "Void"),
        Column("duplicate_of", "Duplicate of", "number"),
        Column("cause", "Cause"),
        Column("contact", "Contact"),
        Column("channel", "Channel"),
        Column("external", "External"),
        Column("imported_by", "Imported by"),
        Column("opened_at", "Opened", "moment"),
        Column("opened_by", "Opened by"),
        Column("closed_at", "Closed", "moment"),
    ),
    fields=CASES.fields,
)

WHOLE_CASE = Columns(
    shown=(
        *CASE.shown[:4],
        Column("acknowledgement", "Acknowledged", "act"),
        *CASE.shown[4:],
        Column("playbook", "Playbook"),
    ),
    fields=(*CASE.fields, "acknowledgement", "declined", "playbook", "step", "steps", "next_step"),
)

DECLINED = Columns(
    shown=(
        Column("by", "By", "person"),
        Column("at", "When", "moment"),
        Column("reason", "Reason"),
        Column("note", "Note"),
        Column("suggested", "Suggests", "person"),
        Column("terms", "Would take", "terms"),
    ),
    fields=("kind", "by", "at", "reason", "note", "suggested", "terms", "again"),
)

OFFERS = Columns(
    shown=(
        _CASE,
        Column("from", "From", "person", typed=True),
        Column("customer", "Customer", under="from"),
        Column("kind", "For"),
        Column("title", "Title", grows=True),
        _ACTION,
        Column("answer_by", "Answer by", "due"),
        Column("note", "Note", grows=True, under="title"),
        Column("eta_debt", "Not told", under="answer_by"),
    ),
    fields=(
        *("case", "title", "customer", "kind", "from", "to", "offered_at", "seen_at", "answer_by", "next_action"),
        *("next_due", "note", "lapsed", "owner", "offered_by", "urgency", "promises_open", "outcome", "confirmed_by"),
        *("unconfirmed", "offer", "typed_by", "claimed", "eta_debt", "relationship"),
    ),
)

OFFER = Columns(
    shown=(
        Column("kind", "For"),
        Column("from", "From", "person", typed=True),
        Column("to", "To", "person"),
        Column("offered_at", "Offered", "moment"),
        Column("seen_at", "Read", "moment"),
        Column("answer_by", "Answer by", "due"),
        Column("next_action", "Next action"),
        _DUE,
        Column("outcome", "Outcome"),
        Column("note", "Note"),
        Column("eta_debt", "Not told"),
        Column("lapsed", "Lapsed", "flag"),
    ),
    fields=(
        *("kind", "from", "to", "offered_at", "seen_at", "answer_by", "next_action", "next_due", "note", "outcome"),
        *("offered_by", "lapsed", "typed_by", "claimed", "eta_debt"),
    ),
)

HISTORY = Columns(
    shown=(
        Column("at", "When", "moment"),
        Column("by", "Who", "person", typed=True),
        Column("what", "What", under="by"),
        Column("text", "Text", grows=True),
        Column("claimed", "Claimed", "flag"),
    ),
    fields=(
        "seq",
        "case",
        "kind",
        "at",
        "recorded_at",
        "by",
        "for",
        "claimed",
        "text",
        "typed_by",
        "what",
        "data",
        "undone",
    ),
)

PROMISES = Columns(
    shown=(
        Column("promise", "Promise"),
        Column("owner", "Owner", "person"),
        _CUSTOMER,
        Column("text", "Promised", grows=True),
        Column("due", "By", "due"),
        Column("told_due", "Told", "told", under="due"),
        Column("debt_since", "Not told since", "moment", under="due"),
        Column("status", "Status"),
        Column("at_risk", "At risk", "flag", under="status"),
    ),
    fields=(
        *("promise", "case", "n", "customer", "owner", "text", "due", "told_due", "status", "overdue", "at_risk"),
        *("eta_debt", "made_at", "made_by", "kept_at", "kept_by", "confirmed_by", "title", "first_due", "moves"),
        *("late_moves", "debt_since", "risk", "risk_at", "ended_at", "ended_by", "because"),
    ),
)

LEDGER = Columns(
    shown=(
        Column("promise", "Promise"),
        Column("owner", "Held by", "person"),
        Column("customer", "Customer", under="owner"),
        Column("text", "Promised", grows=True),
        Column("made_by", "Made by", under="text"),
        Column("taken_on", "Taken on by", "list", under="text"),
        Column("due", "By", "due"),
        Column("told_due", "Told", "told", under="due"),
        Column("debt_since", "Not told since", "moment", under="due"),
        Column("status", "Status"),
        Column("at_risk", "At risk", "flag", under="status"),
        Column("held_when_due", "Held when due", "person", under="status"),
    ),
    fields=(*PROMISES.fields, "taken_on", "fell_due_at", "held_when_due"),
)

NOTES = Columns(
    shown=(
        Column("noted_at", "When", "moment"),
        Column("author", "Who", "person", typed=True),
        Column("text", "Note", grows=True),
        Column("unseen", "Not seen", "flag"),
        Column("undone", "Undone", "flag"),
    ),
    fields=("note", "case", "author", "text", "noted_at", "unseen", "undone"),
)

WHO = Columns(
    shown=(),
    fields=(
        *(
            "target",
            "at",
            "owner",
            "cover",
            "until_acknowledged_by",
            "customer",
            "contact",
            "cases",
            "kind",
            "owner_name",
        ),
        *("email", "phone", "place", "zone", "hours", "customer_name", "customer_phone", "account_owner", "second"),
        *("status", "next_action", "next_due", "waiting_for", "promises", "told", "open", "acknowledgement"),
        *(
            "working",
            "account_owner_name",
            "account_owner_phone",
            "contacts",
            "title",
            "last_call",
            "heard_at",
            "silent_seconds",
            "silent_days",
            "safe_steps",
            "duty",
        ),
    ),
)

CALLED = Columns(shown=(), fields=("card", "call", "case"))

CALLS = Columns(
    shown=(
        Column("at", "When", "moment"),
        Column("by", "Taken by", "person"),
        Column("case", "Case", "number"),
        Column("whom", "Who"),
        Column("question", "Question", grows=True),
        Column("answer", "Answer", grows=True, under="question"),
        Column("callback", "Call back by", "due", under="at"),
    ),
    fields=(
        *("at", "by", "channel", "whom", "question", "answer", "callback", "case", "about_status", "call", "customer"),
    ),
)
