"""`owncase customer touch CUSTOMER -n ACTION -d WHEN`: what comes next for a customer, with or without an open case."""

from typing import Annotated, Any

import typer

from owncase.actions.plan_touch import Touch, plan_touch
from owncase.cli.context import answer_if_any, can_ask, tell
from owncase.cli.options import AllowPast, CustomerArgument, Due, Format, Json, NextAction, RequestId
from owncase.cli.parties import same_customer, show_customer
from owncase.cli.written import Writing, writing
from owncase.errors import UsageProblem
from owncase.queries.customers import customer as customer_named
from owncase.queries.lookup import customer_of

Did = Annotated[str | None, typer.Option("--did", metavar="TEXT", help="What was done; - reads it from stdin.")]
Nothing = Annotated[bool, typer.Option("--none", help="Nothing comes next.")]
FLAGS = "-n ACTION -d WHEN, or --none"


def command(
    ctx: typer.Context,
    customer: CustomerArgument,
    next_action: NextAction = None,
    due: Due = None,
    did: Did = None,
    none: Nothing = False,
    allow_past: AllowPast = False,
    request_id: RequestId = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Say what comes next for a customer, with or without an open case.

    The account owner sees it in `next` when it is due. With --did it also tells what was done.
    """
    if none and (next_action is not None or due is not None):
        raise UsageProblem("--none says that nothing comes next", fix="leave out --none, or -n and -d")
    with writing(ctx, request_id, None, format, json, again=same_customer(ctx, format, json)) as w:
        did = w.text("did", did)
        once, key = w.once, customer_of(w.desk.reader, customer)["key"]
        touch = Touch(next_action, w.when("due", due, allow_past=allow_past), did)
        already = plan_touch(w.desk, key, touch if none else _asked(w, key, touch, allow_past=allow_past), once)
        show_customer(ctx, key, w.shape)
        if already:
            tell(ctx, already)


def _asked(work: Writing, key: str, said: Touch, *, allow_past: bool) -> Touch:
    """On a terminal, ask for what was not said: what was done, where a touch stands, and what comes next by when."""
    if said == Touch() and can_ask(work.ctx) and _standing(work, key)["next_touch"]:
        said = said._replace(did=work.answer(None, "What was done?", "--did TEXT"))
    if said.action is None and said.due is None and said.did is not None and can_ask(work.ctx):
        said = said._replace(action=answer_if_any(work.ctx, f"Next touch for {key}?"))
        if said.action is None:
            return said
    action = work.answer(said.action, f"next touch for {key}", FLAGS)
    return said._replace(action=action, due=said.due or work.due(None, "due", FLAGS, allow_past=allow_past))


def _standing(work: Writing, key: str) -> dict[str, Any]:
    return customer_named(work.desk.reader, key, now=work.desk.now())
