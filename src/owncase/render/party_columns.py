"""Which fields people and customers have, and which of them people see."""

from owncase.render.sheet import Column, Columns

PEOPLE = Columns(
    shown=(
        Column("handle", "Handle", "person"),
        Column("name", "Name", grows=True),
        Column("email", "E-mail"),
        Column("phone", "Phone"),
        Column("place", "Place"),
        Column("zone", "Time zone"),
        Column("topics", "Topics", "list", under="place"),
        Column("languages", "Languages", "list", under="zone"),
        Column("active", "Active", "flag"),
    ),
    fields=(
        *("handle", "name", "active", "login", "email", "phone", "place", "zone", "hours", "manager", "founder"),
        *("topics", "languages"),
    ),
)

PERSON = Columns(
    shown=(
        Column("handle", "Handle", "person"),
        Column("name", "Name"),
        Column("email", "E-mail"),
        Column("phone", "Phone"),
        Column("place", "Place"),
        Column("zone", "Time zone"),
        Column("hours", "Working hours"),
        Column("topics", "Topics", "list"),
        Column("languages", "Languages", "list"),
        Column("manager", "Manager", "person"),
        Column("login", "Login"),
        Column("active", "Active", "flag"),
        Column("open", "Open cases", "number"),
        Column("overdue", "Overdue", "number"),
        Column("offered_out", "Offered out", "number"),
        Column("to_acknowledge", "To acknowledge", "number"),
        Column("promises_open", "Open promises", "number"),
        Column("accounts", "Accounts", "number"),
    ),
    fields=(
        *PEOPLE.fields,
        *("open", "overdue", "offered_out", "to_acknowledge", "promises_open", "accounts", "added_by", "added_at"),
    ),
)

CUSTOMERS = Columns(
    shown=(
        Column("key", "Customer"),
        Column("name", "Name", grows=True),
        Column("account_owner", "Account owner", "person"),
        Column("second", "Second", "person"),
        Column("open", "Open", "number"),
        Column("next_touch", "Next touch", grows=True, under="name"),
        Column("next_touch_due", "Due", "due", under="account_owner"),
        Column("", "Notice", "marks", under="second"),
    ),
    fields=(
        *("key", "name", "account_owner", "claimed", "second", "open", "contact", "email", "phone", "pending"),
        *("added_at", "next_touch", "next_touch_due"),
    ),
)

CUSTOMER = Columns(
    shown=(
        Column("name", "Name"),
        Column("account_owner", "Account owner", "person"),
        Column("second", "Second", "person"),
        Column("", "Notice", "marks"),
        Column("contact", "Contact"),
        Column("email", "E-mail"),
        Column("phone", "Phone"),
        Column("next_touch", "Next touch"),
        Column("next_touch_due", "Due", "due"),
        Column("open", "Open cases", "number"),
    ),
    fields=(*CUSTOMERS.fields, "cases", "contacts", "declined", "promises", "told", "unconfirmed"),
)

CONTACTS = Columns(
    shown=(
        Column("contact", "Contact"),
        Column("name", "Name", grows=True),
        Column("role", "Role", grows=True),
        Column("email", "E-mail"),
        Column("phone", "Phone"),
    ),
    fields=("contact", "customer", "n", "name", "role", "email", "phone", "active", "added_by", "added_at"),
)

CONTACT = Columns(
    shown=(*CONTACTS.shown, Column("added_by", "Added by", "person")),
    fields=CONTACTS.fields,
)

LIVE = Columns(
    shown=(
        Column("promise", "Promise"),
        Column("owner", "Held by", "person"),
        Column("made_by", "Made by", under="owner"),
        Column("text", "Promised", grows=True),
        Column("due", "By", "due"),
        Column("told_due", "Told", "moment", under="due"),
        Column("eta_debt", "Not told", "flag"),
    ),
    fields=("promise", "owner", "made_by", "text", "due", "told_due", "eta_debt"),
)
"""Promises of a customer that hold, whoever made and whoever holds them."""

TOLD = Columns(
    shown=(
        Column("by", "By", "person"),
        Column("at", "When", "moment"),
        Column("how", "How"),
        Column("whom", "Whom"),
        Column("case", "Case", "number"),
        Column("text", "What"),
        Column("promises", "ETAs"),
    ),
    fields=("at", "by", "how", "whom", "text", "case", "promises"),
)

UNCONFIRMED = Columns(
    shown=(
        Column("case", "Case", "number"),
        Column("next_owner", "Answers for it", "person"),
        Column("title", "Title", grows=True),
        Column("closed_at", "Closed", "moment"),
        Column("unconfirmed", "Why not confirmed", grows=True),
    ),
    fields=("case", "title", "closed_at", "unconfirmed", "outcome", "closed_by", "next_owner"),
)
