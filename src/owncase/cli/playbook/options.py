"""How playbooks are named on a command line, and shown after a change."""

from typing import Annotated

import typer

from owncase.cli import complete
from owncase.cli.context import desk_of, world_of
from owncase.cli.output import show
from owncase.cli.receipt import Shape, say
from owncase.queries.playbooks import playbook
from owncase.render.playbooks import PLAYBOOK, playbook_line
from owncase.render.sheet import Card
from owncase.render.terminal import terminal_of

PlaybookArgument = Annotated[
    str, typer.Argument(metavar="KEY", help="Key of a playbook in use.", autocompletion=complete.playbooks)
]


def show_playbook(ctx: typer.Context, key: str, shape: Shape) -> None:
    """Print the playbook of this key: its line, or the object for whoever asked for a format."""
    row = playbook(desk_of(ctx).reader, key)
    if shape.plain:
        world = world_of(ctx)
        say(ctx, playbook_line(row, unicode=terminal_of(world.stdout, world.environ).unicode))
    else:
        show(ctx, Card(row, PLAYBOOK), shape.format, json=shape.json)
