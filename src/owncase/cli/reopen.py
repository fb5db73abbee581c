"""`owncase reopen CASE --because TEXT -n ACTION -d WHEN`: what comes back belongs to the next owner."""

import typer

from owncase.actions.reopen import reopen
from owncase.cli.options import (
    AllowPast,
    Because,
    CaseArgument,
    Due,
    Editor,
    Format,
    IfVersion,
    Json,
    NextAction,
    RequestId,
)
from owncase.cli.written import OFFERED, writing


def command(
    ctx: typer.Context,
    case: CaseArgument,
    because: Because = None,
    editor: Editor = False,
    next_action: NextAction = None,
    due: Due = None,
    allow_past: AllowPast = False,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Open an ended case again."""
    with writing(ctx, request_id, if_version, format, json) as w:
        reason = w.text("because", because)
        number = w.case(case)
        why = None if editor else w.answer(reason, "because", "--because TEXT")
        changed = reopen(
            w.desk,
            number,
            next_action=w.answer(next_action, "next action", "-n ACTION"),
            next_due=w.due(due, "due", allow_past=allow_past),
            because=why or w.edited("reason", reason, number, editor=editor) or "",
            once=w.once,
        )
        w.show(changed, OFFERED)
