"""`owncase store restore FILE`: a backup takes the place of the store, which is kept beside it."""

from pathlib import Path
from typing import Annotated

import typer

from owncase.cli import parse
from owncase.cli.context import desk_of
from owncase.cli.options import Format, Json
from owncase.cli.output import show
from owncase.cli.store.columns import RESTORED
from owncase.render.sheet import Card
from owncase.store.restore import restore

File = Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")]
Lose = Annotated[
    str, typer.Option("--lose-events", metavar="N", help="Exactly so many newer events may be lost; else none may.")
]


def command(ctx: typer.Context, file: File, lose: Lose = "0", format: Format = None, json: Json = False) -> None:
    """Bring a backup back."""
    desk = desk_of(ctx)
    number = parse.limit(lose, "--lose-events")
    done = restore(desk.store.absolute(), file.absolute(), heads_folder=desk.heads_dir, lose=number)
    desk.committed = f"event {done.head.seq}"
    kept = str(done.kept) if done.kept else None
    row = {"store": done.head.store, "events": done.head.seq, "hash": done.head.hash, "lost": done.lost, "kept": kept}
    show(ctx, Card(row, RESTORED), format, json=json)
