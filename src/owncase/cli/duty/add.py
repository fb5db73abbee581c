"""`owncase duty add HANDLE FROM UNTIL`: a named human for whatever nobody else answers."""

from typing import Annotated

import typer

from owncase.actions.due import is_ahead
from owncase.actions.duty import add_duty
from owncase.cli import receipt
from owncase.cli.context import desk_of
from owncase.cli.duty.options import show_duty
from owncase.cli.looking import edge
from owncase.cli.options import Format, Json, PersonArgument, RequestId
from owncase.cli.receipt import Shape
from owncase.cli.written import writing
from owncase.queries.duties import requested

From = Annotated[
    str, typer.Argument(metavar="FROM", help="When it begins: 'fri 18:00', or a day for its first moment.")
]
Until = Annotated[str, typer.Argument(metavar="UNTIL", help="When it ends: a day for its first moment.")]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="What callers should know, such as a desk.")]


def command(
    ctx: typer.Context,
    person: PersonArgument,
    from_: From,
    until: Until,
    note: Note = None,
    request_id: RequestId = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Say who is on duty from when until when."""

    def again(found: int) -> None:
        show_duty(ctx, requested(desk_of(ctx).reader, request_id or ""), Shape(format, json))

    with writing(ctx, request_id, None, format, json, again=again) as w:
        note = w.text("note", note)
        once = w.once
        begins, ends = edge(ctx, from_), edge(ctx, until)
        is_ahead(ends, w.desk.now(), f"until {receipt.absolute(ends, w.desk.zone)}", fix="give a later UNTIL")
        show_duty(ctx, add_duty(w.desk, person, begins, ends, note, once=once), w.shape)
