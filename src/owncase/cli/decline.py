"""`owncase decline CASE --reason …`: saying no is an answer, and the giver sees it come back."""

from typing import Annotated

import typer

from owncase.actions.decline import REASONS, No, decline, decline_account
from owncase.cli import complete
from owncase.cli.context import answer_if_any
from owncase.cli.options import Editor, Format, IfVersion, Json, Note, RequestId
from owncase.cli.parse import choice
from owncase.cli.parties import same_customer
from owncase.cli.standing_offer import say_terms
from owncase.cli.subject import Account, SubjectArgument, meant, show_account
from owncase.cli.terms import Terms, agreed
from owncase.cli.written import writing

Reason = Annotated[
    str | None,
    typer.Option("--reason", metavar="REASON", help=f"{', '.join(REASONS)}.", autocompletion=lambda: list(REASONS)),
]
Suggest = Annotated[
    str | None,
    typer.Option("--suggest", metavar="HANDLE", help="Who might own it instead.", autocompletion=complete.handles),
]


def command(
    ctx: typer.Context,
    case: SubjectArgument,
    reason: Reason = None,
    note: Note = None,
    editor: Editor = False,
    suggest: Suggest = None,
    terms: Terms = None,
    account: Account = False,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Say no to an offer, and why."""
    with writing(ctx, request_id, if_version, format, json, again=same_customer(ctx, format, json)) as w:
        note = w.text("note", note)
        subject = meant(w, case, "taker", "decline", account=account)
        if reason is None:
            reason = w.asked(f"reason ({', '.join(REASONS)})", "--reason REASON", _begun)
            note = note if note or editor else answer_if_any(ctx, "note")
        note = w.edited("answer", note, subject, editor=editor)
        of_case = subject if isinstance(subject, int) else None
        no = No(choice(reason, REASONS, "--reason"), note, suggest, agreed(w, terms, "--terms", case=of_case))
        if isinstance(subject, int):
            w.show(decline(w.desk, subject, no, w.once))
        else:
            decline_account(w.desk, subject, no, w.once)
            show_account(w, subject)
        if no.terms:
            say_terms(w, subject)


def _begun(text: str) -> str:
    """The one reason that begins like this; whoever is asked need not type it whole."""
    found = [reason for reason in REASONS if reason.startswith(text.lower())]
    return found[0] if len(found) == 1 else choice(text, REASONS, "the reason")
