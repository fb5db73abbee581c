"""`owncase playbook check FILE…`: whether each can be added, and everything that is wrong with those that cannot."""

from typing import Annotated

import typer

from owncase.cli.context import tell
from owncase.cli.receipt import say
from owncase.domain.playbook_text import problems
from owncase.errors import OwncaseError, Unhealthy
from owncase.exchange.playbook_files import source
from owncase.render.safe import safe

Files = Annotated[list[str], typer.Argument(metavar="FILE…", help="Markdown files.")]


class NotAPlaybook(Unhealthy):
    """A file cannot be added as it is."""


def command(ctx: typer.Context, files: Files) -> None:
    """Say whether files are playbooks, and what is wrong with them."""
    wrong = 0
    for file in files:
        found = _problems(file)
        wrong += bool(found)
        for problem in found:
            say(ctx, safe(f"{file}: {problem.message}"))
        if not found:
            tell(ctx, safe(f"{file}: good"))
    if wrong:
        raise NotAPlaybook(f"{wrong} of {len(files)} cannot be added", fix="mend what is named, and check again")


def _problems(file: str) -> list[OwncaseError]:
    try:
        return [*problems(source(file))]
    except OwncaseError as trouble:
        return [trouble]
