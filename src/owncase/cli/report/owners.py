"""`owncase report owners`: what each person is accountable for, people with nothing included."""

import typer

from owncase.cli.context import desk_of
from owncase.cli.looking import fail_on, moment_back
from owncase.cli.options import At, FailOn, Format, Json, Limit
from owncase.cli.output import row_limit, say_limited, show
from owncase.queries.owners import owners, owners_at
from owncase.render.report_columns import OWNERS
from owncase.render.sheet import Sheet


def command(
    ctx: typer.Context,
    at: At = None,
    fail: FailOn = None,
    limit: Limit = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Report what each person is accountable for.

    At a past moment dues are not known; then a row without an owner counts imported cases that nobody owned yet.
    """
    desk = desk_of(ctx)
    then = moment_back(ctx, at, "--at")
    rows = owners(desk.reader, desk.now()) if then is None else owners_at(desk.reader, then)
    shown = rows[: row_limit(ctx, limit) or None]
    show(ctx, Sheet(shown, OWNERS, empty="Nobody is here yet."), format, json=json)
    say_limited(ctx, len(shown), len(rows))
    fail_on(fail, rows)
