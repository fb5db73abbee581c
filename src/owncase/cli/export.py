"""`owncase export FILE`: the whole history as text, to keep elsewhere or to make a store of again."""

from pathlib import Path
from typing import Annotated

import typer

from owncase.cli.context import desk_of, tell, world_of
from owncase.cli.options import Format, Json
from owncase.cli.output import show
from owncase.exchange import export
from owncase.render.sheet import Card, Column, Columns

File = Annotated[str, typer.Argument(metavar="FILE", help="Where to write; - is stdout.")]
Force = Annotated[bool, typer.Option("--force", help="Replace a plain file that is there.")]
COLUMNS = Columns(
    (Column("file", "File"), Column("events", "Events", "number"), Column("hash", "Head")),
    ("file", "store", "events", "hash"),
)


def command(ctx: typer.Context, file: File, force: Force = False, format: Format = None, json: Json = False) -> None:
    """Write the whole store to a file."""
    reader = desk_of(ctx).reader
    if file == "-":
        head = export.write(reader, world_of(ctx).stdout)
        tell(ctx, f"{head.seq} events")
        return
    head = export.export_to(reader, Path(file).absolute(), replacing=force)
    show(
        ctx,
        Card({"file": file, "store": head.store, "events": head.seq, "hash": head.hash}, COLUMNS),
        format,
        json=json,
    )
