"""`owncase promise keep 42.1`: what was promised has happened, says whoever holds the promise."""

from typing import Annotated

import typer

from owncase.actions.keep_promise import keep_promise
from owncase.cli.options import Format, IfVersion, Json, RequestId
from owncase.cli.parse import promise_name
from owncase.cli.written import AGAIN, writing

Promise = Annotated[str, typer.Argument(metavar="PROMISE", help="Case and number of the promise, such as 42.1.")]
ConfirmedBy = Annotated[
    str | None, typer.Option("--confirmed-by", metavar="TEXT", help="Who at the customer's says that it was kept.")
]


def command(
    ctx: typer.Context,
    promise: Promise,
    confirmed_by: ConfirmedBy = None,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Say that a promise was kept."""
    with writing(ctx, request_id, if_version, format, json) as w:
        confirmed_by = w.text("confirmed_by", confirmed_by)
        case, n = promise_name(promise)
        number = w.case(case)
        w.show(keep_promise(w.desk, number, n, confirmed_by=confirmed_by, once=w.once), AGAIN)
