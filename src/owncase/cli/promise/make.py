"""`owncase promise make CASE TEXT --by WHEN`: what the customer was told binds whoever owns the case."""

from typing import Annotated

import typer

from owncase.actions.make_promise import make_promise
from owncase.cli.options import AllowPast, CaseArgument, Format, IfVersion, Json, RequestId, words_to_the_end
from owncase.cli.written import AGAIN, writing

Promised = Annotated[list[str] | None, words_to_the_end("TEXT", "What was promised.")]
By = Annotated[str | None, typer.Option("--by", metavar="WHEN", help="By when, as the customer was told.")]


def command(
    ctx: typer.Context,
    case: CaseArgument,
    text: Promised = None,
    by: By = None,
    allow_past: AllowPast = False,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Record what a customer was promised, and by when."""
    with writing(ctx, request_id, if_version, format, json) as w:
        words = w.text("text", text)
        number = w.case(case)
        promised = w.answer(words, "promise", "TEXT")
        moment = w.due(by, "promised by", "--by WHEN", allow_past=allow_past)
        w.show(make_promise(w.desk, number, promised, due=moment, once=w.once), AGAIN)
