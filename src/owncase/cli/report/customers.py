"""`owncase report customers`: how the cases and promises of each customer stand."""

import typer

from owncase.cli.context import desk_of
from owncase.cli.looking import fail_on
from owncase.cli.options import FailOn, Format, Json, Limit
from owncase.cli.output import row_limit, say_limited, show
from owncase.queries.customer_report import customer_report
from owncase.render.report_columns import CUSTOMERS
from owncase.render.sheet import Sheet


def command(
    ctx: typer.Context, fail: FailOn = None, limit: Limit = None, format: Format = None, json: Json = False
) -> None:
    """Report how each customer's cases stand."""
    desk = desk_of(ctx)
    rows = customer_report(desk.reader, desk.now())
    shown = rows[: row_limit(ctx, limit) or None]
    show(ctx, Sheet(shown, CUSTOMERS, empty="No customers yet."), format, json=json)
    say_limited(ctx, len(shown), len(rows))
    fail_on(fail, rows)
