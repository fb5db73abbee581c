"""`owncase promise keep 42.1`: what was promised has happened, says whoever holds the promise."""

from typing import Annotated

import typer

from owncase.actions.keep_promise import keep_promise
from owncase.cli.options import Format, IfVersion, Json, RequestId
from owncase.cli.promise.named import promise_named
from owncase.cli.promise.options import Promise
from owncase.cli.written import AGAIN, writing

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
        number, n = promise_named(w, promise)
        w.show(keep_promise(w.desk, number, n, confirmed_by=confirmed_by, once=w.once), AGAIN)
