"""`owncase store upgrade`: what is derived is made anew from the untouched history, after a verified backup."""

from typing import Annotated

import typer

from owncase.cli.context import desk_of, world_of
from owncase.store.upgrade import upgrade

Rebuild = Annotated[bool, typer.Option("--rebuild", help="Also when nothing is out of date: mends damaged tables.")]


def command(ctx: typer.Context, rebuild: Rebuild = False) -> None:
    """Make the tables anew from the history."""
    done = upgrade(desk_of(ctx), rebuild=rebuild)
    said = (
        f"made anew from {done.seq} events; before it: {done.backup}"
        if done
        else "nothing to do: the store is up to date"
    )
    world_of(ctx).stdout.write(f"{said}\n")
