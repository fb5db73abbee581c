"""`owncase letter CASE --kind eta`: the e-mail that says who answers for it, by when, and whom to write to.

It is printed, written into a file, or sent; only what is sent is recorded.
"""

from pathlib import Path
from typing import Annotated

import typer

from owncase.actions.send_letter import deliver, queue, rehearse
from owncase.cli.context import settings_of, tell, world_of
from owncase.cli.drafting import Drafted, drafted
from owncase.cli.options import Format, IfVersion, Json, RequestId
from owncase.cli.output import show
from owncase.cli.parse import choice
from owncase.cli.sent import show_sent
from owncase.cli.subject import Account, SubjectArgument, case_or_customer
from owncase.cli.written import Writing, writing
from owncase.domain.letter import KINDS
from owncase.errors import UsageProblem
from owncase.exchange.export import saved
from owncase.notify.post import post_of
from owncase.queries.outbox import letter_sent
from owncase.render.letter_columns import LETTER
from owncase.render.safe import safe
from owncase.render.sheet import Card
from owncase.store.engine import AlreadyDone

Kind = Annotated[
    str | None,
    typer.Option("--kind", metavar="KIND", help=f"{', '.join(KINDS)}.", autocompletion=lambda: list(KINDS)),
]
Recipients = Annotated[
    list[str] | None,
    typer.Option("--to", metavar="ADDRESS", help="Once for each recipient. Default: the contact, else the customer."),
]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Words of yours in it; - reads stdin.")]
Send = Annotated[bool, typer.Option("--send", help="Send it through your mail server, and record that it was told.")]
File = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write it to an .eml file; - is stdout.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace a plain file that is there.")]


def command(
    ctx: typer.Context,
    case: SubjectArgument,
    kind: Kind = None,
    to: Recipients = None,
    note: Note = None,
    send: Send = False,
    output: File = None,
    force: Force = False,
    account: Account = False,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Write to the customer who answers for it, and by when."""
    if send and output is not None:
        raise UsageProblem("--send and -o exclude each other", fix="give one of them")
    with writing(ctx, request_id, if_version, format, json) as w:
        note = w.text("note", note)
        if send and _is_repeated(w):
            return
        subject = case_or_customer(w, case, account=account)
        kind = w.asked(f"kind ({', '.join(KINDS)})", "--kind KIND", _kind) if kind is None else _kind(kind)
        letter = drafted(ctx, subject, kind, to=to, note=note)
        if send:
            _send(w, letter)
        else:
            rehearse(w.desk, letter.draft, w.once._replace(version=w.version or letter.version))
            _hand_out(w, letter, output, replacing=force)


def _kind(said: str) -> str:
    return choice(said, KINDS, "--kind")


def _is_repeated(work: Writing) -> bool:
    """Whether this request was made before. What waits of its letter is tried again, and nothing is sent twice."""
    try:
        _ = work.once
    except AlreadyDone as before:
        letter = letter_sent(work.desk.reader, before.event)
        waits = any(delivery["state"] == "queued" for delivery in letter["deliveries"])
        if waits:
            deliver(work.desk, post_of(settings_of(work.ctx).value), only=before.event)
        else:
            tell(work.ctx, "already sent")
        show_sent(work, before.event)
        return True
    return False


def _send(work: Writing, letter: Drafted) -> None:
    post = post_of(settings_of(work.ctx).value)
    number = queue(work.desk, letter.draft, work.once._replace(version=work.version or letter.version))
    deliver(work.desk, post, only=number)
    show_sent(work, number)


def _hand_out(work: Writing, letter: Drafted, output: str | None, *, replacing: bool) -> None:
    """Print the letter, or write it to a file."""
    stdout = world_of(work.ctx).stdout
    message = letter.message()
    if output == "-":
        stdout.write(message)
    elif output is not None:
        saved(Path(output).absolute(), lambda file: file.write(message), replacing=replacing)
        tell(work.ctx, f"written to {safe(output)}; not sent, and nothing is recorded")
    elif work.shape.plain:
        row = letter.row()
        head = {"From": row["from"], "To": ", ".join(row["to"]), "Reply-To": row["reply_to"], "Subject": row["subject"]}
        stdout.write("".join(f"{name}: {safe(value)}\n" for name, value in head.items()))
        stdout.write(f"\n{safe(row['text'], one_line=False)}")
        tell(work.ctx, "not sent; --send sends it")
    else:
        show(work.ctx, Card(letter.row(), LETTER), work.shape.format, json=work.shape.json)
