"""`owncase open TITLE -c CUSTOMER -n ACTION -d WHEN`: yours, and offered to who should own it (rule 6)."""

from typing import Annotated

import typer

from owncase.actions.open_case import Opening, open_case
from owncase.cli.context import tell
from owncase.cli.options import (
    URGENCIES,
    AllowPast,
    Cause,
    Channel,
    Contact,
    Customer,
    Due,
    Format,
    Json,
    NextAction,
    RequestId,
    To,
    Urgency,
    WaitingFor,
    words_to_the_end,
)
from owncase.cli.parse import choice
from owncase.cli.promised import By, Promised, with_dues
from owncase.cli.stepping import Playbook, begin, say_progress
from owncase.cli.written import OFFERED, Writing, writing
from owncase.domain.channels import CHANNELS
from owncase.errors import UsageProblem
from owncase.queries.lookup import customer_of

Title = Annotated[list[str] | None, words_to_the_end("TITLE", "What the customer needs, in one line.")]
NewCustomer = Annotated[
    str | None, typer.Option("--new-customer", metavar="NAME", help="Add this customer, as its account owner.")
]
Keep = Annotated[bool, typer.Option("--keep", help="Keep the case and offer it to nobody.")]
External = Annotated[str | None, typer.Option("--external", metavar="ID", help="The id another tracker has for it.")]


def command(
    ctx: typer.Context,
    title: Title = None,
    customer: Customer = None,
    next_action: NextAction = None,
    due: Due = None,
    playbook: Playbook = None,
    to: To = None,
    keep: Keep = False,
    urgency: Urgency = None,
    cause: Cause = None,
    contact: Contact = None,
    channel: Channel = None,
    waiting_for: WaitingFor = None,
    promise: Promised = None,
    by: By = None,
    external: External = None,
    new_customer: NewCustomer = None,
    allow_past: AllowPast = False,
    request_id: RequestId = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Open a case: yours, and offered to the account owner."""
    if to is not None and keep:
        raise UsageProblem("--to and --keep say different things", fix="give one of them")
    if customer is not None and new_customer is not None:
        raise UsageProblem("-c and --new-customer name two customers", fix="give one of them")
    with writing(ctx, request_id, None, format, json) as w:
        words = w.text("title", title)
        cause = w.text("cause", cause)
        contact = w.text("contact", contact)
        waiting_for = w.text("waiting_for", waiting_for)
        promise = [w.text("promised", text) or "" for text in promise or []]
        once = w.once
        begun = begin(w, playbook, next_action, due)
        wish = Opening(
            title=w.answer(words, "title", "TITLE"),
            customer=_customer(w, customer) if new_customer is None else None,
            new_customer=new_customer,
            next_action=w.answer(begun.action, "next action", "-n ACTION"),
            next_due=w.due(begun.due, "due", allow_past=allow_past),
            to=to,
            kept=keep,
            urgency=choice(urgency or "normal", URGENCIES, "--urgency"),
            cause=cause,
            contact=contact,
            channel=channel and choice(channel, CHANNELS, "--channel"),
            waiting_for=waiting_for,
            external=external,
            promises=with_dues(w, promise, by, allow_past=allow_past),
            playbook=begun.version,
        )
        opened = open_case(w.desk, wish, once)
        w.show(opened, OFFERED)
        if playbook is not None:
            say_progress(ctx, opened.case)
        if keep and wish.customer:
            _say_kept(w, wish.customer)


def _customer(work: Writing, text: str | None) -> str:
    words = work.answer(text, "customer", "-c CUSTOMER or --new-customer NAME")
    return str(customer_of(work.desk.reader, words)["key"])


def _say_kept(work: Writing, customer: str) -> None:
    owner = customer_of(work.desk.reader, customer)["account_owner"]
    if owner != work.desk.me.handle:
        tell(work.ctx, f"kept: not offered to {owner}, the account owner")
