"""`owncase confirm CASE --by TEXT`: the customer says afterwards that a case closed unconfirmed is done."""

from typing import Annotated

import typer

from owncase.actions.confirm_closing import confirm_closing
from owncase.cli.options import CaseArgument, Format, IfVersion, Json, RequestId
from owncase.cli.written import writing

By = Annotated[str | None, typer.Option("--by", metavar="TEXT", help="Who at the customer's says that it is done.")]


def command(
    ctx: typer.Context,
    case: CaseArgument,
    by: By = None,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Say that the customer confirmed a case that was closed unconfirmed."""
    with writing(ctx, request_id, if_version, format, json) as w:
        by = w.text("by", by)
        number = w.case(case)
        w.show(confirm_closing(w.desk, number, w.answer(by, "confirmed by", "--by TEXT"), w.once))
