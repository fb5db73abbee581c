"""`owncase config get KEY`: one setting, as it holds right now."""

import typer

from owncase.cli.config.options import KeyArgument
from owncase.cli.config.rows import COLUMNS, row
from owncase.cli.context import world_of
from owncase.cli.options import Json
from owncase.cli.output import show
from owncase.render.safe import safe
from owncase.render.sheet import Card


def command(ctx: typer.Context, key: KeyArgument, json: Json = False) -> None:
    """Show the value of one setting."""
    found = row(ctx, key)
    if json:
        show(ctx, Card(found, COLUMNS), json=True)
    else:
        world_of(ctx).stdout.write(f"{safe(found['value'], one_line=True)}\n")
