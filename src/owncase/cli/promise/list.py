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
from owncase.queries.promise_ledger import count, ledger
from owncase.queries.promises_due import STATUSES
from owncase.render.columns import LEDGER
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
AtRisk = Annotated[bool, typer.Option("--at-risk", help="Only those at risk.")]
EtaDebt = Annotated[bool, typer.Option("--eta-debt", help="Only those of which the customer believes another ETA.")]


def command(
    ctx: typer.Context,
    case: OfCase = None,
    owner: Owner = None,
    customer: Customer = None,
    status: Status = "open",
    at_risk: AtRisk = False,
    eta_debt: EtaDebt = False,
    limit: Limit = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """List promises, the next due first.

    Each with who made it, who took it on and who held it when it fell due. At
    risk is a promise that its holder marked, or whose moment has passed, or
    passes before the case's next action is due. Not told is one of which the
    customer believes another moment.
    """
    desk = desk_of(ctx)
    choice(status, STATUSES, "--status")
    wishes: dict[str, Any] = {
        "case": case_number_of(desk.reader, case) if case is not None else None,
        "owner": person_id(ctx, owner),
        "customer": customer_of(desk.reader, customer)["key"] if customer is not None else None,
        "status": None if status == "all" else status,
        "at_risk": at_risk or None,
        "eta_debt": eta_debt or None,
    }
    wanted = {name: value for name, value in wishes.items() if value is not None}
    most = row_limit(ctx, limit)
    shown = ledger(desk.reader, wanted, desk.now(), limit=most)
    show(ctx, Sheet(shown, LEDGER, empty="No promise fits."), format, json=json)
    say_limited(ctx, len(shown), count(desk.reader, wanted, desk.now()) if most else len(shown))
