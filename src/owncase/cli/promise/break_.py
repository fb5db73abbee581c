"""`owncase promise break 42.1 --because TEXT`: what was promised will not happen as promised."""

import typer

from owncase.actions.break_promise import break_promise
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
    """Say that a promise was broken, and why."""
    with writing(ctx, request_id, if_version, format, json) as w:
        because = w.text("because", because)
        number, n = promise_named(w, promise)
        why = w.answer(because, "because", "--because TEXT")
        w.show(break_promise(w.desk, number, n, because=why, once=w.once), AGAIN)
