"""What the commands about duties have in common: the moments they take, and how a duty is shown after a change."""

import typer

from owncase.cli import parse
from owncase.cli.context import desk_of, world_of
from owncase.cli.output import show
from owncase.cli.receipt import Shape, say
from owncase.domain.moment import from_text, to_text
from owncase.domain.wallclock import zone_named
from owncase.domain.when import parse_when
from owncase.domain.worktime import DEFAULT_HOURS
from owncase.queries.duties import duty
from owncase.render.duty_columns import DUTIES, duty_line
from owncase.render.sheet import Card
from owncase.render.terminal import terminal_of


def edge(ctx: typer.Context, text: str) -> str:
    """The moment meant by the edge of a stretch, past or not: of a whole day its first. Raises `BadWhen`."""
    desk = desk_of(ctx)
    now, zone = from_text(desk.now()), zone_named(desk.zone)
    return to_text(parse_when(text, now=now, zone=zone, hours=DEFAULT_HOURS, edge="start"))


def maybe_edge(ctx: typer.Context, text: str | None) -> str | None:
    """The moment meant, if one was named."""
    return None if text is None else edge(ctx, text)


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
