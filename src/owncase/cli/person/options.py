"""What can be stated about a person, as flags; `stated` collects those that were said."""

from typing import Annotated

import typer

from owncase.cli import complete

Name = Annotated[str | None, typer.Option("--name", metavar="NAME", help="The name as people say it.")]
Email = Annotated[str | None, typer.Option("--email", metavar="ADDRESS", help="One e-mail address.")]
Phone = Annotated[str | None, typer.Option("--phone", metavar="NUMBER", help="One phone number.")]
Place = Annotated[str | None, typer.Option("--place", metavar="TEXT", help="Where to find them.")]
Zone = Annotated[str | None, typer.Option("--zone", metavar="ZONE", help="Time zone, such as Europe/Berlin.")]
Hours = Annotated[
    str | None, typer.Option("--hours", metavar="HOURS", help="Working hours, such as 'mon-fri 09:00-17:00', or none.")
]
Manager = Annotated[
    str | None,
    typer.Option(
        "--manager",
        metavar="HANDLE",
        help="Who offers their cases when they cannot.",
        autocompletion=complete.handles,
    ),
]
Login = Annotated[
    str | None, typer.Option("--login", metavar="OS-USER", help="The OS user who alone acts for this person.")
]

Topics = Annotated[
    str | None, typer.Option("--topics", metavar="WORDS", help="What they can help with, such as billing,storage.")
]
Languages = Annotated[str | None, typer.Option("--languages", metavar="WORDS", help="What they speak, such as de,en.")]


def stated(**said: str | None) -> dict[str, str]:
    """The details that were said, by name; an empty text was said too."""
    return {field: value for field, value in said.items() if value is not None}
