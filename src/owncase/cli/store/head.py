"""`owncase store head`: one line that says how far history goes, to be kept where the store cannot reach it."""

import typer

from owncase.cli.context import desk_of, world_of
from owncase.cli.options import Format, Json
from owncase.cli.output import show
from owncase.cli.store.columns import HEAD
from owncase.render.sheet import Card
from owncase.store.heads import head_of, line_of


def command(ctx: typer.Context, format: Format = None, json: Json = False) -> None:
    """Show the last event's number and hash, to be kept elsewhere."""
    reader = desk_of(ctx).reader
    head = head_of(reader.connection)
    if format is None and not json:
        world_of(ctx).stdout.write(f"{line_of(head)}\n")
        return
    last = reader.one("SELECT recorded_at FROM event WHERE seq = :seq", seq=head.seq) or {}
    row = {"line": line_of(head), "store": head.store, "seq": head.seq, "hash": head.hash, **last}
    show(ctx, Card(row, HEAD), format, json=json)
