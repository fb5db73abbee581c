"""`owncase note CASE TEXT`: anybody may help, and that never moves ownership."""

import typer

from owncase.actions.note import note
from owncase.cli.options import CaseArgument, Editor, Format, IfVersion, Json, RequestId, Text
from owncase.cli.written import writing


def command(
    ctx: typer.Context,
    case: CaseArgument,
    text: Text = None,
    editor: Editor = False,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Write something down in a case."""
    with writing(ctx, request_id, if_version, format, json) as w:
        words = w.text("text", text)
        number = w.case(case)
        words = w.edited("note", words, number, editor=editor)
        w.show(note(w.desk, number, w.answer(words, "note", "TEXT, or - for stdin"), w.once))
