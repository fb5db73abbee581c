"""`owncase person show HANDLE`: who it is, how to reach them, and how much they answer for."""

import typer

from owncase.cli.context import desk_of
from owncase.cli.options import Format, Json, PersonArgument
from owncase.cli.output import show
from owncase.queries.people import person as person_named
from owncase.render.party_columns import PERSON
from owncase.render.sheet import Card


def command(ctx: typer.Context, person: PersonArgument, format: Format = None, json: Json = False) -> None:
    """Show one person whole."""
    desk = desk_of(ctx)
    show(ctx, Card(person_named(desk.reader, person, now=desk.now()), PERSON), format, json=json)
