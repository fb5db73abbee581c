"""Beside an offer or its answer: ETAs that the customer was not told, and the terms on which a no would be a yes."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import typer

from owncase.cli.context import desk_of, tell
from owncase.domain.wallclock import zone_named
from owncase.queries.promises_due import promises
from owncase.queries.terms import declined, declined_account
from owncase.render import terms

if TYPE_CHECKING:
    from owncase.cli.written import Writing


def say_terms(work: "Writing", subject: int | str) -> None:
    """Who declined sees what the giver sees: the terms, and the command that offers again on them."""
    reader = work.desk.reader
    no = declined_account(reader, subject) if isinstance(subject, str) else declined(reader, [subject]).get(subject)
    if no:
        tell(work.ctx, terms.would_take(subject, no, zone_named(work.desk.zone), work.desk.now()))


def say_came_back(ctx: typer.Context, rows: Iterable[dict[str, Any]]) -> None:
    """For each case or customer that came back on terms, one line with the command that offers again on them."""
    desk = desk_of(ctx)
    for row in rows:
        if (no := row["declined"]) and no["terms"]:
            about = row.get("case") or row.get("customer") or row["key"]
            tell(ctx, terms.would_take(about, no, zone_named(desk.zone), desk.now()))


def say_debt(ctx: typer.Context, number: int) -> None:
    """What the offer of a case mentions by itself: ETAs that the customer was not told, and how that is put right."""
    desk = desk_of(ctx)
    now, zone = desk.now(), zone_named(desk.zone)
    debt = [promise for promise in promises(desk.reader, {"case": number}, now) if promise["eta_debt"]]
    for promise in debt:
        tell(ctx, terms.not_told(promise, zone, now))
    if debt:
        tell(ctx, f"tell them: owncase told {number} --how phone --whom TEXT")
