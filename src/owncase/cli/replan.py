"""`owncase replan CASE --because TEXT`: the plan changes, the action was not done."""

from typing import NamedTuple

import typer

from owncase.actions.replan import replan
from owncase.cli.context import answer, can_ask
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
    WaitingFor,
)
from owncase.cli.receipt import absolute
from owncase.cli.written import AGAIN, Writing, writing
from owncase.errors import UsageProblem
from owncase.queries.case_story import case_object


class Plan(NamedTuple):
    """Why it changes, and what: None stays as it is."""

    because: str
    next_action: str | None = None
    next_due: str | None = None


def command(
    ctx: typer.Context,
    case: CaseArgument,
    next_action: NextAction = None,
    due: Due = None,
    waiting_for: WaitingFor = None,
    because: Because = None,
    editor: Editor = False,
    allow_past: AllowPast = False,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Change the next action without having done it."""
    silent = next_action is None and due is None and waiting_for is None
    if silent and not can_ask(ctx):
        raise _nothing()
    with writing(ctx, request_id, if_version, format, json) as w:
        reason = w.text("because", because)
        waiting_for = w.text("waiting_for", waiting_for)
        number = w.case(case)
        moment = w.when("due", due, allow_past=allow_past)
        reason = w.edited("reason", reason, number, editor=editor)
        why = w.answer(reason, "because", "--because TEXT")
        plan = _asked(w, number, why) if silent else Plan(why, next_action, moment)
        changed = replan(w.desk, number, **plan._asdict(), waiting_for=waiting_for, once=w.once)
        w.show(changed, AGAIN)


def _asked(work: Writing, number: int, why: str) -> Plan:
    """Ask for the new action and its due; Enter keeps what is so, but no due that has passed."""
    case = case_object(work.desk.reader, number, work.desk.now())
    if case["status"] != "open":
        return Plan(why)  # the rules say why not
    action = answer(work.ctx, "next action", "-n ACTION", case["next_action"])
    due = None if case["overdue"] else absolute(case["next_due"], work.desk.zone)
    moment = work.asked("due", "-d WHEN", lambda said: None if said == due else work.later("due", said), due)
    if action == case["next_action"] and moment is None:
        raise _nothing()
    return Plan(why, None if action == case["next_action"] else action, moment)


def _nothing() -> UsageProblem:
    return UsageProblem("nothing to change", fix="say it with -n ACTION, -d WHEN or --waiting-for TEXT")
