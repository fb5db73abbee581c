"""`owncase promise list`: what was promised to customers, the next due first."""

from typing import Annotated, Any

import typer

from owncase.cli import complete
from owncase.cli.context import desk_of
from owncase.cli.looking import person_id
from owncase.cli.options import Customer, Format, Json, Limit, Owner
from owncase.cli.output import row_limit, say_limited, show
from owncase.cli.parse import choice
from owncase.queries.lookup import case_number_of, customer_of
from owncase.queries.promises_due import STATUSES, promises
from owncase.render.columns import PROMISES
from owncase.render.sheet import Sheet

OfCase = Annotated[
    str | None, typer.Argument(metavar="[CASE]", help="Only those of this case.", autocompletion=complete.cases)
]
Status = Annotated[
    str,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="open, kept, broken, released, undone or all.",
        autocompletion=lambda: list(STATUSES),
    ),
]


def command(
    ctx: typer.Context,
    case: OfCase = None,
    owner: Owner = None,
    customer: Customer = None,
    status: Status = "open",
    limit: Limit = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """List promises, the next due first.

    At risk is a promise whose moment has passed, or passes before the case's next action is due.
    """
    desk = desk_of(ctx)
    choice(status, STATUSES, "--status")
    wishes: dict[str, Any] = {
        "case": case_number_of(desk.reader, case) if case is not None else None,
        "owner": person_id(ctx, owner),
        "customer": customer_of(desk.reader, customer)["key"] if customer is not None else None,
        "status": None if status == "all" else status,
    }
    rows = promises(desk.reader, {name: value for name, value in wishes.items() if value is not None}, desk.now())
    shown = rows[: row_limit(ctx, limit) or None]
    show(ctx, Sheet(shown, PROMISES, empty="No promise fits."), format, json=json)
    say_limited(ctx, len(shown), len(rows))
