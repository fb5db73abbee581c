"""`owncase list`: cases, open ones unless told otherwise, the next due first."""

from typing import Annotated, Any

import typer

from owncase.cli.context import desk_of
from owncase.cli.looking import person_id
from owncase.cli.options import Customer, Format, Json, Limit, Owner, Urgency
from owncase.cli.output import row_limit, say_limited, show
from owncase.cli.parse import choice, working_time
from owncase.cli.parse import limit as whole_number
from owncase.queries.case_list import SORTS, STATUSES, cases, how_many
from owncase.queries.lookup import customer_of
from owncase.queries.silence import began_by_owner
from owncase.queries.sources import known_source
from owncase.render.columns import CASES, UNCONFIRMED
from owncase.render.sheet import Sheet
from owncase.store.reader import Reader

URGENCIES = ("low", "normal", "high", "hot")
Status = Annotated[
    str,
    typer.Option(
        "--status", metavar="STATUS", help="open, closed, void, archived or all.", autocompletion=lambda: list(STATUSES)
    ),
]
Overdue = Annotated[bool, typer.Option("--overdue", help="Only those whose due moment has passed.")]
Pending = Annotated[bool, typer.Option("--pending", help="Only those that are on offer.")]
Waiting = Annotated[bool, typer.Option("--waiting", help="Only those that wait for somebody outside.")]
Unconfirmed = Annotated[
    bool,
    typer.Option(
        "--unconfirmed", help="Closed, and nobody there confirmed it; --owner is then who answers for what comes back."
    ),
]
Claimed = Annotated[bool, typer.Option("--claimed", help="Only those whose owner only an import states.")]
Source = Annotated[
    str | None, typer.Option("--source", metavar="NAME", help="Only those that were imported from this source.")
]
Stale = Annotated[
    str | None, typer.Option("--stale", metavar="DAYS", help="Only those in which nothing happened for so many days.")
]
EtaDebt = Annotated[bool, typer.Option("--eta-debt", help="Only those with a promise whose ETA was not told.")]
Silent = Annotated[
    str | None,
    typer.Option(
        "--silent", metavar="TIME", help="Only those silent for so long, in their owner's working time: 4h, 3d, 1w."
    ),
]
Sort = Annotated[
    str,
    typer.Option(
        "--sort", metavar="ORDER", help=f"By {', '.join(SORTS)}.", autocompletion=lambda: list(SORTS)
    ),
]  # fmt: skip


def command(
    ctx: typer.Context,
    owner: Owner = None,
    customer: Customer = None,
    status: Status = "open",
    overdue: Overdue = False,
    pending: Pending = False,
    waiting: Waiting = False,
    claimed: Claimed = False,
    unconfirmed: Unconfirmed = False,
    urgency: Urgency = None,
    source: Source = None,
    stale: Stale = None,
    eta_debt: EtaDebt = False,
    silent: Silent = None,
    sort: Sort = "due",
    limit: Limit = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """List cases, open ones unless told otherwise.

    A case is silent since its customer last heard from us; of an imported one nobody may know, and it is silent too.
    """
    desk = desk_of(ctx)
    now = desk.now()
    choice(status, STATUSES, "--status")
    choice(sort, tuple(SORTS), "--sort")
    wishes: dict[str, Any] = {
        "next_owner" if unconfirmed else "owner": person_id(ctx, owner),
        "customer": customer_of(desk.reader, customer)["id"] if customer is not None else None,
        "urgency": choice(urgency, URGENCIES, "--urgency") if urgency is not None else None,
        "source": known_source(desk.reader, source) if source is not None else None,
        "overdue": overdue or None,
        "pending": pending or None,
        "waiting": waiting or None,
        "claimed": claimed or None,
        "unconfirmed": unconfirmed or None,
        "changed_before": _days_before(now, stale) if stale is not None else None,
        "eta_debt": eta_debt or None,
        "silent": _silent(desk.reader, now, silent) if silent is not None else None,
    }
    wishes = {name: value for name, value in wishes.items() if value is not None}
    if unconfirmed:
        status, sort = "closed", "closed" if sort == "due" else sort
    most = row_limit(ctx, limit)
    rows = cases(desk.reader, wishes, now, status=status, sort=sort, limit=most)
    show(ctx, Sheet(rows, UNCONFIRMED if unconfirmed else CASES, empty="No case fits."), format, json=json)
    if limit is None and most and len(rows) == most:
        say_limited(ctx, len(rows), how_many(desk.reader, wishes, now, status=status))


def _silent(reader: Reader, now: str, length: str) -> str:
    from json import dumps  # few ask

    return dumps(began_by_owner(reader, *working_time(length, "--silent"), now))


def _days_before(now: str, days: str) -> str:
    from datetime import timedelta

    from owncase.domain.moment import from_text, to_text

    return to_text(from_text(now) - timedelta(days=min(whole_number(days, "--stale"), 36_500)))
