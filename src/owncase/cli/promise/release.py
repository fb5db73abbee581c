"""`owncase promise release 42.1 --by TEXT`: the customer no longer wants what was promised."""

from typing import Annotated

import typer

from owncase.actions.release_promise import release_promise
from owncase.cli.options import Because, Format, IfVersion, Json, RequestId
from owncase.cli.promise.named import promise_named
from owncase.cli.promise.options import Promise
from owncase.cli.written import AGAIN, writing

By = Annotated[str | None, typer.Option("--by", metavar="TEXT", help="Who at the customer's released us from it.")]


def command(
    ctx: typer.Context,
    promise: Promise,
    by: By = None,
    because: Because = None,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Say that the customer released us from a promise, and who there did."""
    with writing(ctx, request_id, if_version, format, json) as w:
        by = w.text("by", by)
        because = w.text("because", because)
        number, n = promise_named(w, promise)
        who = w.answer(by, "released by", "--by TEXT")
        w.show(release_promise(w.desk, number, n, by=who, because=because, once=w.once), AGAIN)
