"""`owncase promise at-risk 42.1 --because TEXT`: it may not be kept in time, said early enough for others to help."""

import typer

from owncase.actions.mark_at_risk import mark_at_risk
from owncase.cli.options import Because, Format, IfVersion, Json, RequestId
from owncase.cli.promise.named import promise_named
from owncase.cli.promise.options import Promise
from owncase.cli.written import AGAIN, writing


def command(
    ctx: typer.Context,
    promise: Promise,
    because: Because = None,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Say that a promise may not be kept in time, and why."""
    with writing(ctx, request_id, if_version, format, json) as w:
        because = w.text("because", because)
        number, n = promise_named(w, promise)
        why = w.answer(because, "because", "--because TEXT")
        w.show(mark_at_risk(w.desk, number, n, because=why, once=w.once), AGAIN)
