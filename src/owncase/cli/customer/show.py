"""`owncase customer show CUSTOMER`: who it is, who answers for it, and what is open there."""

import typer

from owncase.cli.context import desk_of, world_of
from owncase.cli.looking import sections
from owncase.cli.options import CustomerArgument, Format, Json
from owncase.cli.output import show
from owncase.queries.customers import customer as customer_named
from owncase.render.columns import CASES
from owncase.render.party_columns import CONTACTS, CUSTOMER
from owncase.render.sheet import Card, Sheet, choose_format


def command(ctx: typer.Context, customer: CustomerArgument, format: Format = None, json: Json = False) -> None:
    """Show one customer whole."""
    desk = desk_of(ctx)
    row = customer_named(desk.reader, customer, now=desk.now())
    show(ctx, Card(row, CUSTOMER, title=row["key"]), format, json=json)
    if choose_format(format, json=json, terminal=world_of(ctx).stdout.isatty()) == "table":
        parts = [Sheet(row["contacts"], CONTACTS, title="Contacts"), Sheet(row["cases"], CASES, title="Open cases")]
        sections(ctx, [part for part in parts if part.rows], "table")
