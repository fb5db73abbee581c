"""After a change of a person or a customer: one line that says how they stand, or the object with `--json` or `-f`."""

from collections.abc import Callable

import typer

from owncase.cli.context import desk_of, world_of
from owncase.cli.output import show
from owncase.cli.receipt import Shape, say
from owncase.domain.wallclock import zone_named
from owncase.queries.customers import customer, key_of
from owncase.queries.people import handle_of, person
from owncase.render.parties import customer_line, person_line
from owncase.render.party_columns import CUSTOMER, PERSON
from owncase.render.sheet import Card
from owncase.render.terminal import terminal_of


def show_person(ctx: typer.Context, handle: str, shape: Shape) -> None:
    """Print the person of this handle. Raises NotFound."""
    desk = desk_of(ctx)
    row = person(desk.reader, handle, now=desk.now())
    if shape.plain:
        say(ctx, person_line(row, unicode=_unicode(ctx)))
    else:
        show(ctx, Card(row, PERSON), shape.format, json=shape.json)


def show_customer(ctx: typer.Context, key: str, shape: Shape) -> None:
    """Print the customer of this key. Raises NotFound."""
    desk = desk_of(ctx)
    now = desk.now()
    row = customer(desk.reader, key, now=now)
    if shape.plain:
        say(ctx, customer_line(row, zone_named(desk.zone), now, unicode=_unicode(ctx)))
    else:
        show(ctx, Card(row, CUSTOMER), shape.format, json=shape.json)


def same_person(ctx: typer.Context, format: str | None, json: bool) -> Callable[[int], None]:
    """How a repeated request about a person is answered: with the person as they are now."""
    return lambda found: show_person(ctx, handle_of(desk_of(ctx).reader, found), Shape(format, json))


def same_customer(ctx: typer.Context, format: str | None, json: bool) -> Callable[[int], None]:
    """How a repeated request about a customer is answered: with the customer as they are now."""
    return lambda found: show_customer(ctx, key_of(desk_of(ctx).reader, found), Shape(format, json))


def _unicode(ctx: typer.Context) -> bool:
    world = world_of(ctx)
    return terminal_of(world.stdout, world.environ).unicode
