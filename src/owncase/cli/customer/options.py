"""What can be stated about a customer, as flags."""

from typing import Annotated

import typer

from owncase.cli import complete

Name = Annotated[str | None, typer.Option("--name", metavar="NAME", help="The name as people say it.")]
Contact = Annotated[str | None, typer.Option("--contact", metavar="TEXT", help="Whom to talk to there.")]
Email = Annotated[str | None, typer.Option("--email", metavar="ADDRESS", help="One e-mail address.")]
Phone = Annotated[str | None, typer.Option("--phone", metavar="NUMBER", help="One phone number.")]
Second = Annotated[
    str | None,
    typer.Option(
        "--second", metavar="HANDLE", help="Who steps in for the account owner.", autocompletion=complete.handles
    ),
]
