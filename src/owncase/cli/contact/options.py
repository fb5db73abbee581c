"""What can be stated about a contact, as flags, and how one is shown after a change."""

from typing import Annotated

import typer

from owncase.cli import complete
from owncase.cli.context import desk_of, tell, world_of
from owncase.cli.output import show
from owncase.cli.receipt import Shape, say
from owncase.queries.contacts import contact
from owncase.render.parties import contact_line
from owncase.render.party_columns import CONTACT
from owncase.render.sheet import Card
from owncase.render.terminal import terminal_of

ContactArgument = Annotated[
    str,
    typer.Argument(
        metavar="CONTACT",
        help="Customer and number of the contact, such as norfolk.1.",
        autocompletion=complete.contacts,
    ),
]
Name = Annotated[str | None, typer.Option("--name", metavar="NAME", help="The name as people say it.")]
Role = Annotated[str | None, typer.Option("--role", metavar="TEXT", help="What they do there, such as buyer.")]
Email = Annotated[str | None, typer.Option("--email", metavar="ADDRESS", help="One e-mail address.")]
Phone = Annotated[str | None, typer.Option("--phone", metavar="NUMBER", help="One phone number.")]


def show_contact(ctx: typer.Context, customer: int, n: int, shape: Shape, already: str | None = None) -> None:
    """Print the n-th contact of the customer with this id."""
    row = contact(desk_of(ctx).reader, customer, n)
    if shape.plain:
        world = world_of(ctx)
        say(ctx, contact_line(row, unicode=terminal_of(world.stdout, world.environ).unicode))
    else:
        show(ctx, Card(row, CONTACT), shape.format, json=shape.json)
    if already:
        tell(ctx, already)
