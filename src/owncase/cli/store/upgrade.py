"""`owncase store upgrade`: what is derived is made anew from the untouched history, after a verified backup."""

from typing import Annotated

import typer

from owncase.cli.context import desk_of, world_of
from owncase.cli.options import Format, Json
from owncase.cli.output import show
from owncase.cli.store.columns import UPGRADED
from owncase.render.sheet import Card
from owncase.store.upgrade import upgrade

Rebuild = Annotated[bool, typer.Option("--rebuild", help="Also when nothing is out of date: mends damaged tables.")]


def command(ctx: typer.Context, rebuild: Rebuild = False, format: Format = None, json: Json = False) -> None:
    """Make the tables anew from the history."""
    done = upgrade(desk_of(ctx), rebuild=rebuild)
    if format is not None or json:
        row = {
            "made_anew": done is not None,
            "events": done.seq if done else None,
            "backup": str(done.backup) if done else None,
        }
        show(ctx, Card(row, UPGRADED), format, json=json)
        return
    said = (
        f"made anew from {done.seq} events; before it: {done.backup}"
        if done
        else "nothing to do: the store is up to date"
    )
    world_of(ctx).stdout.write(f"{said}\n")
