"""`owncase ack CASE`: "I own this now", said by the one who was asked, is all that moves ownership (rule 2)."""

from typing import Annotated, Any

import typer

from owncase.actions.acknowledge import Answer, acknowledge, acknowledge_account
from owncase.cli.context import can_ask, invocation_of
from owncase.cli.news import tell_of_account, tell_of_case
from owncase.cli.options import AllowPast, Due, Format, IfVersion, Json, NextAction, RequestId
from owncase.cli.packet import ask_action, ask_promises, ask_touch, show_packet
from owncase.cli.parse import promise_of
from owncase.cli.parties import same_customer
from owncase.cli.relationship import ask_account
from owncase.cli.subject import Account, SubjectArgument, meant, show_account
from owncase.cli.written import Writing, writing
from owncase.errors import UsageProblem
from owncase.queries.lookup import customer_of
from owncase.queries.packet import packet

Take = Annotated[
    list[str] | None, typer.Option("--take", metavar="N", help="Take promise N on; once for each open promise.")
]


def command(
    ctx: typer.Context,
    case: SubjectArgument,
    next_action: NextAction = None,
    due: Due = None,
    take: Take = None,
    account: Account = False,
    allow_past: AllowPast = False,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Acknowledge an offer: I own this now.

    Of a closing, -n and -d say what comes next for the customer.
    """
    with writing(ctx, request_id, if_version, format, json, again=same_customer(ctx, format, json)) as w:
        subject = meant(w, case, "taker", "ack", account=account)
        if isinstance(subject, int):
            taken = tuple(promise_of(subject, name) for name in take or ())
            said = Answer(taken, next_action, w.when("due", due, allow_past=allow_past), past=allow_past)
            changed = acknowledge(w.desk, subject, _asked(w, subject, said), w.once)
            w.show(changed)
            tell_of_case(ctx, changed)
        elif take or next_action or due:
            raise UsageProblem("an account is taken on as a whole", fix=f"owncase ack {subject}")
        else:
            if can_ask(ctx) and not invocation_of(ctx).walking:
                ask_account(ctx, subject)
            already = acknowledge_account(w.desk, subject, w.once)
            show_account(w, subject, already)
            tell_of_account(ctx, subject, already)


def _asked(work: Writing, number: int, said: Answer) -> Answer:
    """On a terminal, show what is offered to this person, and ask for what was not said."""
    now = work.desk.now()
    offered = packet(work.desk.reader, number, now)
    if offered is None or offered["taker_id"] != work.desk.me.id:
        return said  # the rules say why not
    if offered["kind"] == "voiding" and (said.next_action or said.next_due):
        raise UsageProblem("what ends has no next action", fix=f"owncase ack {number}, without -n and -d")
    if not can_ask(work.ctx):
        return _touched(work, offered, said) if offered["kind"] == "closing" else said
    if not invocation_of(work.ctx).walking:
        show_packet(work.ctx, offered)
    said = said._replace(offer=offered["id"], take=said.take or ask_promises(work.ctx, offered))
    if offered["kind"] != "transfer":
        return _touched(work, offered, said) if offered["kind"] == "closing" else said
    if said.next_action is None:
        said = said._replace(next_action=ask_action(work.ctx, offered))
    if said.next_due is None and offered["next_due"] <= now and not said.past:
        said = said._replace(next_due=work.due(None, "due"))
    return said


def _touched(work: Writing, offered: dict[str, Any], said: Answer) -> Answer:
    """What comes next for the customer of a case that ends: as said, or asked for where that is theirs to say."""
    key, asks = offered["customer"], can_ask(work.ctx)
    if said.next_action is None and said.next_due is None:
        about = customer_of(work.desk.reader, key)
        if not asks or work.desk.me.id not in (about["account_owner_id"], about["second_id"]):
            return said
        said = said._replace(next_action=ask_touch(work.ctx, about))
        if said.next_action is None:
            return said
    action = work.answer(said.next_action, f"next touch for {key}", "-n ACTION")
    return said._replace(next_action=action, next_due=said.next_due or work.due(None, "due", allow_past=said.past))
