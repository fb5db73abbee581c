"""`owncase close CASE --outcome TEXT`: the case ends when the next owner acknowledges, never before (rule 4)."""

from typing import Annotated

import typer

from owncase.actions.close_case import Ending, close_case
from owncase.cli.context import answer_if_any, can_ask
from owncase.cli.ending import say_not_yet
from owncase.cli.options import CaseArgument, Format, IfVersion, Json, RequestId, To
from owncase.cli.written import writing
from owncase.errors import UsageProblem

Outcome = Annotated[str | None, typer.Option("--outcome", metavar="TEXT", help="How it ended, in one line.")]
ConfirmedBy = Annotated[
    str | None, typer.Option("--confirmed-by", metavar="TEXT", help="Who at the customer's says that it is done.")
]
Unconfirmed = Annotated[
    str | None, typer.Option("--unconfirmed", metavar="TEXT", help="Why nobody there could confirm it.")
]
CONFIRMED = "--confirmed-by TEXT, or --unconfirmed TEXT why nobody could"


def command(
    ctx: typer.Context,
    case: CaseArgument,
    outcome: Outcome = None,
    to: To = None,
    confirmed_by: ConfirmedBy = None,
    unconfirmed: Unconfirmed = None,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Offer the closing of a case to who answers for it afterwards."""
    if confirmed_by is not None and unconfirmed is not None:
        raise UsageProblem("--confirmed-by and --unconfirmed exclude each other", fix="give one of them")
    with writing(ctx, request_id, if_version, format, json) as w:
        outcome = w.text("outcome", outcome)
        confirmed_by = w.text("confirmed_by", confirmed_by)
        unconfirmed = w.text("unconfirmed", unconfirmed)
        number = w.case(case)
        ended = w.answer(outcome, "outcome", "--outcome TEXT")
        if confirmed_by is None and unconfirmed is None:
            asked = can_ask(ctx)
            confirmed_by = answer_if_any(ctx, "confirmed by") if asked else w.answer(None, "confirmed by", CONFIRMED)
            unconfirmed = None if confirmed_by else w.answer(None, "why nobody could confirm it", CONFIRMED)
        changed = close_case(w.desk, number, Ending(ended, confirmed_by, unconfirmed), to=to, once=w.once)
        say_not_yet(w, changed, "closed")
