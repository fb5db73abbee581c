"""Which fields the answer of an import has, and which of them people see."""

from collections.abc import Sequence

from owncase.render.sheet import Column, Columns

IMPORTED = Columns(
    shown=(
        Column("source", "Source"),
        Column("cases", "Cases", "number"),
        Column("events", "Events", "number"),
        Column("people", "People", "number"),
        Column("customers", "Customers", "number"),
        Column("handoffs", "Handoffs", "number"),
        Column("rows_out_of_order", "Rows out of order", "number"),
        Column("cases_out_of_order", "Cases out of order", "number"),
        Column("present", "Already present", "number"),
        Column("changed", "Changed", "number"),
        Column("refused", "Refused", "number"),
    ),
    fields=(
        *("source", "cases", "events", "people", "people_added", "customers", "customers_added", "handoffs"),
        *("rows_out_of_order", "cases_out_of_order", "present", "changed", "changed_cases", "refused", "refused_rows"),
        "dry_run",
    ),
)

CASES = Columns(
    shown=(
        Column("line", "Line", "number"),
        Column("outcome", "Outcome"),
        Column("case", "Case", "number"),
        Column("owner", "Owner", "person"),
        Column("customer", "Customer", under="owner"),
        Column("title", "Title", grows=True),
        Column("next_action", "Next action", grows=True, under="title"),
        Column("next_due", "Due", "due"),
        Column("column", "Refused for", under="outcome"),
    ),
    fields=(
        *("line", "external", "title", "customer", "owner", "next_action", "next_due", "outcome", "column", "reason"),
        *("fix", "case"),
    ),
)

MAPPINGS = Columns(
    shown=(
        Column("mapping", "Mapping"),
        Column("origin", "Origin"),
        Column("about", "For", grows=True),
        Column("columns", "Fields and columns", "list", grows=True, under="about"),
    ),
    fields=("mapping", "origin", "about", "columns"),
)


def party_columns(fields: Sequence[str]) -> Columns:
    """The columns of what an import of people or customers would make of each: these fields, and what comes of it."""
    known = tuple(field for field in fields if field != "active")
    return Columns(
        shown=(
            Column("line", "Line", "number"),
            Column("outcome", "Outcome"),
            *(_PARTY[field] for field in known if field in _PARTY),
            Column("reason", "Because", grows=True),
        ),
        fields=("line", *known, "outcome", "column", "reason", "fix"),
    )


_PARTY = {
    "contact": Column("contact", "Contact"),
    "customer": Column("customer", "Customer", under="contact"),
    "handle": Column("handle", "Handle", "person"),
    "key": Column("key", "Key"),
    "name": Column("name", "Name"),
    "email": Column("email", "E-mail", under="name"),
    "manager": Column("manager", "Manager", under="handle"),
    "owner": Column("owner", "Owner", "person"),
    "second": Column("second", "Second", under="owner"),
}
"""What a table shows of a person or a customer; the other fields it has no room for."""
