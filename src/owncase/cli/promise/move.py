"""`owncase promise move 42.1 --to WHEN --because TEXT`: the ETA moves, and the customer is to hear of it."""

from typing import Annotated

import typer

from owncase.actions.move_promise import move_promise
from owncase.cli.context import tell
from owncase.cli.options import AllowPast, Because, Format, IfVersion, Json, RequestId
from owncase.cli.promise.named import promise_named
from owncase.cli.promise.options import Promise
from owncase.cli.receipt import absolute
from owncase.cli.told import How, Whom, telling
from owncase.cli.written import AGAIN, Writing, writing
from owncase.queries.promises_due import promises
from owncase.render.safe import safe

To = Annotated[str | None, typer.Option("--to", metavar="WHEN", help="By when it will happen, as we believe now.")]


def command(
    ctx: typer.Context,
    promise: Promise,
    to: To = None,
    because: Because = None,
    how: How = None,
    whom: Whom = None,
    allow_past: AllowPast = False,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Move the ETA of a promise, and say why.

    With `--how` and `--whom` the customer was told in the same breath; else they believe the old one until they are.
    """
    with writing(ctx, request_id, if_version, format, json) as w:
        because = w.text("because", because)
        number, n = promise_named(w, promise)
        moment = w.due(to, "promised by", "--to WHEN", allow_past=allow_past)
        why = w.answer(because, "because", "--because TEXT")
        told = None if how is whom is None else telling(w, number, how, whom)
        w.show(move_promise(w.desk, number, n, due=moment, because=why, told=told, once=w.once), AGAIN)
        _tell_debt(w, number, n)


def _tell_debt(work: Writing, number: int, n: int) -> None:
    """What the customer still believes, and the command that records having told them."""
    (now,) = [one for one in promises(work.desk.reader, {"case": number}, work.desk.now()) if one["n"] == n]
    if now["eta_debt"]:
        believed = absolute(now["told_due"], work.desk.zone)
        tell(work.ctx, f"{safe(now['customer'])} still believes {believed}")
        tell(work.ctx, f"tell them: owncase told {number} --promise {now['promise']} --how phone --whom TEXT")
