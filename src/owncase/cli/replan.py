"""`owncase replan CASE --because TEXT`: the plan changes, the action was not done."""

import typer

from owncase.actions.replan import replan
from owncase.cli.options import (
    AllowPast,
    Because,
    CaseArgument,
    Due,
    Format,
    IfVersion,
    Json,
    NextAction,
    RequestId,
    WaitingFor,
)
from owncase.cli.written import AGAIN, writing
from owncase.errors import UsageProblem


def command(
    ctx: typer.Context,
    case: CaseArgument,
    next_action: NextAction = None,
    due: Due = None,
    waiting_for: WaitingFor = None,
    because: Because = None,
    allow_past: AllowPast = False,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Change the next action without having done it."""
    if next_action is None and due is None and waiting_for is None:
        raise UsageProblem("nothing to change", fix="say it with -n ACTION, -d WHEN or --waiting-for TEXT")
    with writing(ctx, request_id, if_version, format, json) as w:
        reason = w.text("because", because)
        waiting_for = w.text("waiting_for", waiting_for)
        number = w.case(case)
        changed = replan(
            w.desk,
            number,
            because=w.answer(reason, "because", "--because TEXT"),
            next_action=next_action,
            next_due=w.when("due", due, allow_past=allow_past),
            waiting_for=waiting_for,
            once=w.once,
        )
        w.show(changed, AGAIN)
