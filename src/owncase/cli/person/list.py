"""`owncase person list`: everybody, those who left last."""

import typer

from owncase.cli.context import desk_of
from owncase.cli.options import Format, Json, Limit
from owncase.cli.output import row_limit, say_limited, show
from owncase.queries.people import people
from owncase.render.party_columns import PEOPLE
from owncase.render.sheet import Sheet


def command(ctx: typer.Context, limit: Limit = None, format: Format = None, json: Json = False) -> None:
    """List the people of the team."""
    rows = people(desk_of(ctx).reader)
    most = row_limit(ctx, limit) or len(rows)
    show(ctx, Sheet(rows[:most], PEOPLE, empty="Nobody yet."), format, json=json)
    say_limited(ctx, min(most, len(rows)), len(rows))
