"""`owncase duty check`: exit 1 while there is a moment in what is published at which nobody is on duty."""

from typing import Annotated, Any

import typer

from owncase.cli.context import desk_of
from owncase.cli.looking import maybe_edge
from owncase.cli.options import Format, Json
from owncase.cli.output import show
from owncase.cli.receipt import absolute
from owncase.errors import Unhealthy
from owncase.queries.duties import uncovered
from owncase.render.duty_columns import GAPS
from owncase.render.sheet import Sheet

From = Annotated[str | None, typer.Option("--from", metavar="WHEN", help="From this moment on, not from now.")]
Until = Annotated[
    str | None, typer.Option("--until", metavar="WHEN", help="Until this moment, not the last duty's end.")
]


class NobodyOnDuty(Unhealthy):
    """There is a moment at which no named human is on duty."""


def command(
    ctx: typer.Context, from_: From = None, until: Until = None, format: Format = None, json: Json = False
) -> None:
    """Check that somebody is on duty at every moment that is published.

    From now on, or from the first duty, to the end of the last.
    """
    desk = desk_of(ctx)
    found = uncovered(desk.reader, desk.now(), since=maybe_edge(ctx, from_), until=maybe_edge(ctx, until))
    show(ctx, Sheet(found or [], GAPS, empty="No gap." if found is not None else "No duty."), format, json=json)
    if found is None:
        raise NobodyOnDuty("nobody is on duty from now on", fix="owncase duty add HANDLE FROM UNTIL")
    if found:
        raise NobodyOnDuty(f"nobody is on duty {_named(found, desk.zone)}", fix=_fix(found[0]))


def _named(found: list[dict[str, Any]], zone: str) -> str:
    first = f"from {absolute(found[0]['from_at'], zone)} until {absolute(found[0]['until_at'], zone)}"
    return first if len(found) == 1 else f"in {len(found)} stretches, first {first}"


def _fix(gap: dict[str, Any]) -> str:
    return f"owncase duty add HANDLE {gap['from_at']} {gap['until_at']}"
