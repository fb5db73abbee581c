"""`owncase report calls`: the share of calls answered on the spot, week by week: the figure that should go up."""

import typer

from owncase.cli.context import desk_of, tell
from owncase.cli.looking import is_terminal, moment_back, person_id
from owncase.cli.options import At, Customer, Format, Json, Limit, Owner, Since
from owncase.cli.output import FOR_PEOPLE, row_limit, say_limited, show
from owncase.domain.wallclock import zone_named
from owncase.queries.calls import calls_by_week, total
from owncase.queries.lookup import customer_of
from owncase.render.report_columns import CALLS
from owncase.render.sheet import Sheet, choose_format

EVER = "2000"
"""Before every moment as text."""


def command(
    ctx: typer.Context,
    since: Since = None,
    at: At = None,
    owner: Owner = None,
    customer: Customer = None,
    limit: Limit = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Report the calls of each week, and how many were answered on the spot.

    Weeks begin on Monday by your clock. A call is about the status where the
    case was open already: "how is my job going?". With --owner, calls about
    this person's cases, and about no case where they are the account owner.
    """
    desk = desk_of(ctx)
    start, end = moment_back(ctx, since, "--since") or EVER, moment_back(ctx, at, "--at") or desk.now()
    wishes = {"owner": person_id(ctx, owner)} if owner else {}
    if customer is not None:
        wishes["customer"] = customer_of(desk.reader, customer)["id"]
    rows = calls_by_week(desk.reader, wishes, start, end, zone_named(desk.zone))
    shown = rows[-(row_limit(ctx, limit) or len(rows)) :]
    chosen = choose_format(format, json=json, terminal=is_terminal(ctx))
    whole = [{"week": "in all", **total(rows)}] if rows and chosen in FOR_PEOPLE else []
    show(ctx, Sheet([*shown, *whole], CALLS, empty="No calls."), chosen)
    tell(ctx, f"weeks of {desk.zone}")
    say_limited(ctx, len(shown), len(rows))
