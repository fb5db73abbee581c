"""Which fields the answer of an import has, and which of them people see."""

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
        Column("external", "Id there"),
        Column("title", "Title", grows=True),
        Column("customer", "Customer"),
        Column("owner", "Owner", "person"),
        Column("next_action", "Next action", grows=True, under="title"),
        Column("next_due", "Due", "due"),
        Column("reason", "Refused because", grows=True, under="next_action"),
    ),
    fields=(
        *("line", "external", "title", "customer", "owner", "next_action", "next_due", "outcome", "column", "reason"),
        *("fix", "case"),
    ),
)
