"""`owncase contact list [CUSTOMER]`: whom to ask for there, or everywhere."""

from typing import Annotated

import typer

from owncase.cli import complete
from owncase.cli.context import desk_of
from owncase.cli.options import Format, Json, Limit
from owncase.cli.output import row_limit, say_limited, show
from owncase.queries.contacts import contacts
from owncase.queries.lookup import customer_of
from owncase.render.party_columns import CONTACTS
from owncase.render.sheet import Sheet

There = Annotated[
    str | None,
    typer.Argument(
        metavar="[CUSTOMER]", help="A customer; all of them where none is named.", autocompletion=complete.customers
    ),
]


def command(
    ctx: typer.Context, customer: There = None, limit: Limit = None, format: Format = None, json: Json = False
) -> None:
    """List whom to ask for at a customer's, or at all of them."""
    reader = desk_of(ctx).reader
    rows = contacts(reader, None if customer is None else customer_of(reader, customer)["id"])
    most = row_limit(ctx, limit) or len(rows)
    show(ctx, Sheet(rows[:most], CONTACTS, empty="No contacts yet."), format, json=json)
    say_limited(ctx, min(most, len(rows)), len(rows))
