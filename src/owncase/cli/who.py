"""`owncase who`: who is accountable for something and how to reach them, now or at a moment in the past."""

from typing import Annotated

import typer

from owncase.cli import complete
from owncase.cli.card import show_card
from owncase.cli.context import desk_of
from owncase.cli.looking import is_terminal, moment_back
from owncase.cli.options import At, Format, Json
from owncase.queries.who_owns import who
from owncase.render.sheet import choose_format

Target = Annotated[
    list[str],
    typer.Argument(
        metavar="TARGET…",
        help="A case, a customer, a person, a phone number, or words.",
        autocompletion=complete.whoever,
    ),
]


def command(ctx: typer.Context, target: Target, at: At = None, format: Format = None, json: Json = False) -> None:
    """Show who is accountable, now or at any moment in the past.

    At a past moment the owner, the status, what was on offer and the next
    action are those of then; names, contacts and the customer of a case are
    those of today.
    """
    desk = desk_of(ctx)
    found = who(desk.reader, " ".join(target), desk.now(), at=moment_back(ctx, at, "--at"))
    show_card(ctx, found, choose_format(format, json=json, terminal=is_terminal(ctx)))
