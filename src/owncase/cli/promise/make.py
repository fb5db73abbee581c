"""`owncase promise make CASE TEXT --by WHEN`: what the customer was told binds whoever owns the case."""

from typing import Annotated

import typer

from owncase.actions.make_promise import make_promise
from owncase.cli.options import AllowPast, CaseArgument, Format, IfVersion, Json, RequestId
from owncase.cli.written import AGAIN, writing

Text = Annotated[str | None, typer.Argument(metavar="TEXT", help="What was promised; - reads it from stdin.")]
By = Annotated[str | None, typer.Option("--by", metavar="WHEN", help="By when, as the customer was told.")]


def command(
    ctx: typer.Context,
    case: CaseArgument,
    text: Text = None,
    by: By = None,
    allow_past: AllowPast = False,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Record what a customer was promised, and by when."""
    with writing(ctx, request_id, if_version, format, json) as w:
        text = w.text("text", text)
        number = w.case(case)
        promised = w.answer(text, "promise", "TEXT")
        moment = w.due(by, "promised by", "--by WHEN", allow_past=allow_past)
        w.show(make_promise(w.desk, number, promised, due=moment, once=w.once), AGAIN)
