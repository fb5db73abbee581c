"""`owncase outbox list`: which letters wait, for whom, since when and why."""

from typing import Annotated

import typer

from owncase.cli.context import desk_of
from owncase.cli.options import Format, Json, Limit
from owncase.cli.output import row_limit, say_limited, show
from owncase.cli.parse import choice
from owncase.queries.outbox import STATES, outbox
from owncase.render.letter_columns import OUTBOX
from owncase.render.sheet import Sheet

Status = Annotated[
    str,
    typer.Option(
        "--status", metavar="STATUS", help="queued, sent, refused or all.", autocompletion=lambda: list(STATES)
    ),
]


def command(
    ctx: typer.Context, status: Status = "queued", limit: Limit = None, format: Format = None, json: Json = False
) -> None:
    """List the letters that wait to be sent, and why."""
    choice(status, STATES, "--status")
    rows = outbox(desk_of(ctx).reader, status)
    shown = rows[: row_limit(ctx, limit) or None]
    show(ctx, Sheet(shown, OUTBOX, empty="Nothing waits to be sent."), format, json=json)
    say_limited(ctx, len(shown), len(rows))
