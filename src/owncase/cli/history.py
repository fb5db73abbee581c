"""`owncase history CASE|CUSTOMER`: every event in order, one object each."""

from typing import Annotated

import typer

from owncase.cli import complete
from owncase.cli.context import desk_of
from owncase.cli.looking import moment_back
from owncase.cli.options import Format, Json, Limit, Since
from owncase.cli.output import row_limit, say_limited, show
from owncase.domain.wallclock import zone_named
from owncase.queries.events import events_of_case, events_of_customer
from owncase.queries.lookup import case_number_of, customer_of, reads_as_number
from owncase.render.columns import HISTORY
from owncase.render.sheet import Sheet
from owncase.render.story import phrase

CaseOrCustomer = Annotated[
    str,
    typer.Argument(
        metavar="CASE|CUSTOMER",
        help="Number of a case, or key or words of a customer.",
        autocompletion=complete.whoever,
    ),
]


def command(
    ctx: typer.Context,
    case: CaseOrCustomer,
    since: Since = None,
    limit: Limit = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Show everything that happened to a case or a customer.

    Of a customer: what happened to the account, and to all its cases. A limit shows the latest.
    """
    reader = desk_of(ctx).reader
    start = moment_back(ctx, since, "--since") or ""
    if reads_as_number(case):
        found = events_of_case(reader, case_number_of(reader, case), since=start)
    else:
        found = events_of_customer(reader, customer_of(reader, case)["id"], since=start)
    most = row_limit(ctx, limit)
    zone = zone_named(desk_of(ctx).zone)
    rows = [event | {"what": phrase(event, zone)} for event in (found[-most:] if most else found)]
    show(ctx, Sheet(rows, HISTORY, empty="Nothing happened."), format, json=json)
    say_limited(ctx, len(rows), len(found))
