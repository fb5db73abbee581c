"""`owncase customer list`: who is served, by key."""

import typer

from owncase.cli.context import desk_of
from owncase.cli.options import Format, Json, Limit
from owncase.cli.output import row_limit, say_limited, show
from owncase.queries.customers import customers
from owncase.render.party_columns import CUSTOMERS
from owncase.render.sheet import Sheet


def command(ctx: typer.Context, limit: Limit = None, format: Format = None, json: Json = False) -> None:
    """List the customers."""
    rows = customers(desk_of(ctx).reader)
    most = row_limit(ctx, limit) or len(rows)
    show(ctx, Sheet(rows[:most], CUSTOMERS, empty="No customers yet."), format, json=json)
    say_limited(ctx, min(most, len(rows)), len(rows))
