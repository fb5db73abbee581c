"""`owncase told CASE [TEXT]`: the customer heard from us, and knows the ETAs now. Anybody may have told them."""

from typing import Annotated

import typer

from owncase.actions.tell import Eta, Telling, tell_case, tell_customer
from owncase.cli import receipt
from owncase.cli.context import tell
from owncase.cli.options import Format, IfVersion, Json, RequestId, words_to_the_end
from owncase.cli.parse import choice, promise_of
from owncase.cli.parties import same_customer
from owncase.cli.subject import Account, SubjectArgument, case_or_customer, show_account
from owncase.cli.written import Writing, writing
from owncase.errors import UsageProblem
from owncase.queries.case_story import case_object
from owncase.queries.customers import customer

HOW = ("email", "phone", "visit", "chat")
Words = Annotated[list[str] | None, words_to_the_end("TEXT", "What they were told, beside the ETAs.")]
How = Annotated[
    str | None,
    typer.Option("--how", metavar="HOW", help=f"How: {', '.join(HOW)}.", autocompletion=lambda: list(HOW)),
]
Whom = Annotated[str | None, typer.Option("--whom", metavar="TEXT", help="Whom at the customer's.")]
Promises = Annotated[
    list[str] | None,
    typer.Option(
        "--promise", metavar="PROMISE", help="Only the ETA of this promise; once for each. Default: every one not told."
    ),
]


def command(
    ctx: typer.Context,
    case: SubjectArgument,
    text: Words = None,
    how: How = None,
    whom: Whom = None,
    promise: Promises = None,
    account: Account = False,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Say what a customer was told, and that they know the ETAs now."""
    with writing(ctx, request_id, if_version, format, json, again=same_customer(ctx, format, json)) as w:
        words = w.text("text", text)
        subject = case_or_customer(w, case, account=account)
        if isinstance(subject, int):
            numbers = [promise_of(subject, name) for name in promise] if promise else None
            record(w, subject, telling(w, subject, how, whom)._replace(text=words, promises=numbers))
        elif promise:
            raise UsageProblem("an ETA is told about a case", fix="owncase told CASE --promise 42.1")
        else:
            tell_customer(w.desk, subject, telling(w, subject, how, whom)._replace(text=words), w.once)
            show_account(w, subject)


def telling(work: Writing, subject: int | str, how: str | None, whom: str | None) -> Telling:
    """How and whom, asked for where they were not said. Raises UsageProblem."""
    if how is not None:
        choice(how, HOW, "--how")
    else:
        how = work.asked(f"told how ({', '.join(HOW)})", "--how HOW", lambda said: choice(said, HOW, "how"))
    whom = work.text("whom", whom)
    if whom is None:
        whom = work.asked("told whom", "--whom TEXT", str, _usual(work, subject))
    return Telling(how, whom)


def record(work: Writing, number: int, said: Telling) -> None:
    """Say that the customer was told about a case, and which ETAs they know now."""
    changed, etas = tell_case(work.desk, number, said, work.once)
    work.show(changed)
    for eta in etas:
        tell(work.ctx, _told(work, number, eta))


def _told(work: Writing, number: int, eta: Eta) -> str:
    now = "they knew already" if eta.known else "they know now"
    return f"promise {number}.{eta.n}: {now}: {receipt.absolute(eta.due, work.desk.zone)}"


def _usual(work: Writing, subject: int | str) -> str | None:
    """Whom one talks to there."""
    reader, now = work.desk.reader, work.desk.now()
    found = case_object(reader, subject, now) if isinstance(subject, int) else customer(reader, subject, now=now)
    contact: str | None = found["contact"]
    return contact
