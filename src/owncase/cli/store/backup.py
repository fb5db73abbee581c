"""`owncase store backup FILE`: a copy that was checked before it got its name."""

from pathlib import Path
from typing import Annotated

import typer

from owncase.cli.context import desk_of
from owncase.cli.options import Format, Json
from owncase.cli.output import show
from owncase.cli.store.columns import BACKUP
from owncase.errors import UsageProblem
from owncase.render.sheet import Card
from owncase.store import place
from owncase.store.backup import backup

File = Annotated[Path, typer.Argument(metavar="FILE", help="The new file.")]
Force = Annotated[bool, typer.Option("--force", help="Replace a plain file that is there.")]


class NoStream(UsageProblem):
    """What goes to a pipe cannot be looked at again."""


def command(ctx: typer.Context, file: File, force: Force = False, format: Format = None, json: Json = False) -> None:
    """Write a copy of the store that can be restored."""
    if str(file) == "-":
        raise NoStream(
            "a backup is checked as a file before it is one", fix="name a file; owncase export - writes history"
        )
    made = backup(place.existing(desk_of(ctx).store), file.absolute(), replacing=force)
    row = {
        "file": str(file),
        "store": made.head.store,
        "events": made.head.seq,
        "hash": made.head.hash,
        "bytes": made.size,
    }
    show(ctx, Card(row, BACKUP), format, json=json)
