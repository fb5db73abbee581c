"""`owncase report handoffs`: how often each case changed hands, and how long the answers took."""

import typer

from owncase.cli.context import desk_of
from owncase.cli.looking import moment_back
from owncase.cli.options import At, Format, Json, Limit, Since
from owncase.cli.output import row_limit, say_limited, show
from owncase.queries.events import LATEST
from owncase.queries.handoffs import handoffs
from owncase.render.report_columns import HANDOFFS
from owncase.render.sheet import Sheet


def command(
    ctx: typer.Context,
    since: Since = None,
    at: At = None,
    limit: Limit = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Report how often each case changed hands, and how long the answers took.

    With --since, the cases in which something happened from then on, and what came from then on.
    """
    start, end = moment_back(ctx, since, "--since") or "", moment_back(ctx, at, "--at") or LATEST
    rows = handoffs(desk_of(ctx).reader, since=start, at=end)
    shown = rows[: row_limit(ctx, limit) or None]
    show(ctx, Sheet(shown, HANDOFFS, empty="No cases yet."), format, json=json)
    say_limited(ctx, len(shown), len(rows))
