"""`owncase customer show CUSTOMER`: who it is, who answers for it, and what is open there."""

import typer

from owncase.cli.context import desk_of, world_of
from owncase.cli.looking import sections
from owncase.cli.options import CustomerArgument, Format, Json
from owncase.cli.output import show
from owncase.cli.standing_offer import say_came_back
from owncase.queries.customers import customer as customer_named
from owncase.render.columns import CALLS, CASES, DECLINED
from owncase.render.party_columns import CONTACTS, CUSTOMER, LIVE, TOLD, UNCONFIRMED
from owncase.render.sheet import Card, Sheet, choose_format

TITLES = {
    "contacts": "Contacts", "cases": "Open cases", "promises": "Promises", "calls": "Last calls",
    "unconfirmed": "Closed, not confirmed",
}  # fmt: skip


def command(ctx: typer.Context, customer: CustomerArgument, format: Format = None, json: Json = False) -> None:
    """Show one customer whole."""
    desk = desk_of(ctx)
    row = customer_named(desk.reader, customer, now=desk.now())
    show(ctx, Card(row, CUSTOMER, title=row["key"]), format, json=json)
    if choose_format(format, json=json, terminal=world_of(ctx).stdout.isatty()) == "table":
        no, told = row["declined"], row["told"]
        cards = [
            *([Card(no, DECLINED, title="Came back")] if no else []),
            *([Card(told, TOLD, title="Last told")] if told else []),
        ]
        parts = (
            ("contacts", CONTACTS),
            ("cases", CASES),
            ("promises", LIVE),
            ("calls", CALLS),
            ("unconfirmed", UNCONFIRMED),
        )
        sheets = [Sheet(row[name], columns, title=TITLES[name]) for name, columns in parts if row[name]]
        sections(ctx, [*cards, *sheets], "table")
        say_came_back(ctx, [row])
