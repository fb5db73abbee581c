"""`owncase promise told 42.1`: the customer knows the ETA of one promise now."""

import typer

from owncase.cli.options import Format, IfVersion, Json, RequestId
from owncase.cli.promise.named import promise_named
from owncase.cli.promise.options import Promise
from owncase.cli.told import How, Whom, Words, record, telling
from owncase.cli.written import writing


def command(
    ctx: typer.Context,
    promise: Promise,
    text: Words = None,
    how: How = None,
    whom: Whom = None,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Say that the customer was told the ETA of a promise."""
    with writing(ctx, request_id, if_version, format, json) as w:
        words = w.text("text", text)
        number, n = promise_named(w, promise)
        record(w, number, telling(w, number, how, whom)._replace(text=words, promises=[n]))
