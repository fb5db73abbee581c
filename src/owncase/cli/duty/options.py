"""How the commands about duties name one, and show it after a change."""

import typer

from owncase.cli import parse
from owncase.cli.context import desk_of, world_of
from owncase.cli.output import show
from owncase.cli.receipt import Shape, say
from owncase.domain.wallclock import zone_named
from owncase.queries.duties import duty
from owncase.render.duty_columns import DUTIES, duty_line
from owncase.render.sheet import Card
from owncase.render.terminal import terminal_of


def duty_number(text: str) -> int:
    """The number of a duty. Raises UsageProblem for anything else."""
    return parse.limit(text, "DUTY")


def show_duty(ctx: typer.Context, number: int, shape: Shape) -> None:
    """Print the duty of this number. Raises NotFound."""
    desk = desk_of(ctx)
    now = desk.now()
    row = duty(desk.reader, number, now=now)
    if shape.plain:
        world = world_of(ctx)
        unicode = terminal_of(world.stdout, world.environ).unicode
        say(ctx, duty_line(row, zone_named(desk.zone), now, unicode=unicode))
    else:
        show(ctx, Card(row, DUTIES), shape.format, json=shape.json)
