"""`owncase duty list`: who is on duty from now on, or at a moment, or in a stretch."""

from typing import Annotated

import typer

from owncase.cli.context import desk_of
from owncase.cli.looking import edge, maybe_edge
from owncase.cli.options import Format, Json, Limit
from owncase.cli.output import row_limit, say_limited, show
from owncase.errors import UsageProblem
from owncase.queries.duties import EVER, duties, on_duty
from owncase.render.duty_columns import DUTIES
from owncase.render.sheet import Sheet

At = Annotated[str | None, typer.Option("--at", metavar="WHEN", help="Only who is on duty at this moment.")]
Since = Annotated[str | None, typer.Option("--since", metavar="WHEN", help="Only what ends after this moment.")]
Until = Annotated[str | None, typer.Option("--until", metavar="WHEN", help="Only what begins before this moment.")]


def command(
    ctx: typer.Context,
    at: At = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """List who is on duty, from now on unless told otherwise.

    Of a whole day its first moment is meant.
    """
    if at is not None and (since is not None or until is not None):
        raise UsageProblem("--at is one moment, --since and --until are a stretch", fix="leave out one of them")
    desk = desk_of(ctx)
    now = desk.now()
    if at is not None:
        rows = on_duty(desk.reader, edge(ctx, at))
    else:
        rows = duties(desk.reader, maybe_edge(ctx, since) or now, maybe_edge(ctx, until) or EVER, now=now)
    most = row_limit(ctx, limit) or len(rows)
    show(
        ctx,
        Sheet(rows[:most], DUTIES, empty="Nobody is on duty: owncase duty add HANDLE FROM UNTIL"),
        format,
        json=json,
    )
    say_limited(ctx, min(most, len(rows)), len(rows))
