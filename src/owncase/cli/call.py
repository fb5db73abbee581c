"""`owncase call CUSTOMER|CASE`: what answers a call stands on the screen before anything is asked or recorded.

The card is a read; what records the call is imported after it is out, because that takes longer than the card.
"""

from typing import Annotated, NamedTuple

import typer

from owncase.cli import complete
from owncase.cli.card import show_card
from owncase.cli.context import answer, can_ask, desk_of, tell, world_of
from owncase.cli.looking import is_terminal
from owncase.cli.options import Channel, Format, IfVersion, Json, RequestId, To, words_to_the_end
from owncase.cli.parse import choice
from owncase.domain.channels import CHANNELS
from owncase.errors import UsageProblem
from owncase.queries.lookup import NoSuchCustomer, SeveralFit, customer_of, reads_as_number
from owncase.queries.who_owns import card_of, target
from owncase.render.safe import safe
from owncase.render.sheet import choose_format

Subject = Annotated[
    str,
    typer.Argument(
        metavar="CUSTOMER|CASE",
        help="Whoever calls, by key, name, contact, e-mail or phone number; or the case that it is about.",
        autocompletion=complete.cases,
    ),
]
Question = Annotated[list[str] | None, words_to_the_end("TEXT", "What they ask.")]
Whom = Annotated[str | None, typer.Option("--whom", metavar="TEXT", help="Who at the customer's it is.")]
Answered = Annotated[str | None, typer.Option("--answered", metavar="TEXT", help="What they were answered.")]
Callback = Annotated[
    str | None, typer.Option("--callback", metavar="WHEN", help="By when somebody calls back: fri 15:00, +2h, eod.")
]
FOR_PEOPLE = ("table", "md")


class Said(NamedTuple):
    """What the line said about the call."""

    text: list[str] | None
    whom: str | None
    channel: str
    answered: str | None
    callback: str | None
    to: str | None


class Line(NamedTuple):
    """How the line is to be carried out and answered."""

    request: str | None
    version: str | None
    format: str | None
    json: bool


def command(
    ctx: typer.Context,
    subject: Subject,
    text: Question = None,
    channel: Channel = None,
    whom: Whom = None,
    answered: Answered = None,
    callback: Callback = None,
    to: To = None,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Take a call: see what answers it, then record the question.

    Answered on the spot, the customer has heard from us. Else calling back
    comes first in the next action of the case; a customer's call that is about
    no case begins one, offered to the account owner. On a terminal both are
    asked for.
    """
    said = Said(text, whom, choice(channel or "phone", CHANNELS, "--channel"), answered, callback, to)
    _can_be_recorded(ctx, said)
    desk = desk_of(ctx)
    kind, name = _meant(ctx, subject)
    found = card_of(desk.reader, kind, name, subject, desk.now())
    plain = not json and format in (None, *FOR_PEOPLE)
    if plain:
        show_card(ctx, found, choose_format(format, json=json, terminal=is_terminal(ctx)))
        world_of(ctx).stdout.flush()
    from owncase.cli.called import record  # what writes takes longer to import than the card to show

    record(ctx, found, said, Line(request_id, if_version, None if plain else format, json))


def _can_be_recorded(ctx: typer.Context, said: Said) -> None:
    """Raise UsageProblem for what contradicts itself, and for what is missing where nobody can be asked."""
    if said.answered is not None and said.callback is not None:
        raise UsageProblem("--answered and --callback say different things", fix="give one of them")
    if can_ask(ctx):
        return
    if not said.text:
        raise UsageProblem("missing: what they ask", fix="owncase call CUSTOMER TEXT --answered TEXT")
    if said.answered is None and said.callback is None:
        raise UsageProblem("missing: answered, or call back when?", fix="say --answered TEXT, or --callback WHEN")


def _meant(ctx: typer.Context, text: str) -> tuple[str, str]:
    """Whether a case or a customer is meant, and its number or key; several that fit are asked about on a terminal."""
    while True:
        try:
            kind, name = _found(ctx, text)
        except SeveralFit as several:
            if not can_ask(ctx):
                raise
            tell(ctx, safe(several.message))
            text = answer(ctx, "which", "its key")
            continue
        if kind == "person":
            raise UsageProblem(f"{name} is of the team, and no customer", fix=f"owncase who {name}")
        return kind, name


def _found(ctx: typer.Context, text: str) -> tuple[str, str]:
    desk = desk_of(ctx)
    if not reads_as_number(text):
        try:
            return "customer", str(customer_of(desk.reader, text)["key"])
        except NoSuchCustomer as missing:
            try:
                return target(desk.reader, text, desk.now())
            except NoSuchCustomer:
                raise missing from None
    return target(desk.reader, text, desk.now())
