"""`owncase done CASE -n ACTION -d WHEN`: the action is done, and this is the next, or the next step of a playbook."""

from typing import Annotated

import typer

from owncase.actions.done import done
from owncase.cli.options import (
    AllowPast,
    CaseArgument,
    Due,
    Editor,
    Format,
    IfVersion,
    Json,
    NextAction,
    RequestId,
    WaitingFor,
)
from owncase.cli.stepping import Step, onward, say_progress
from owncase.cli.written import AGAIN, writing

Did = Annotated[str | None, typer.Option("--did", metavar="TEXT", help="What was done; - reads it from stdin.")]


def command(
    ctx: typer.Context,
    case: CaseArgument,
    next_action: NextAction = None,
    due: Due = None,
    step: Step = False,
    did: Did = None,
    editor: Editor = False,
    waiting_for: WaitingFor = None,
    allow_past: AllowPast = False,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Say that the next action is done, and what comes next."""
    with writing(ctx, request_id, if_version, format, json) as w:
        did = w.text("did", did)
        waiting_for = w.text("waiting_for", waiting_for)
        number = w.case(case)
        then = onward(w, number, next_action, due, step=step)
        moment = w.due(then.due, "due", allow_past=allow_past)
        did = w.edited("what was done", did, number, editor=editor)
        changed = done(
            w.desk, number, next_action=then.action, next_due=moment, waiting_for=waiting_for, did=did, step=then.step,
            once=w.once,
        )  # fmt: skip
        w.show(changed, AGAIN)
        if then.step is not None:
            say_progress(ctx, number)
