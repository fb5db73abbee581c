"""`owncase completion SHELL` prints the script and changes no file of the shell's."""

from typing import Annotated

import typer
from typer.completion import get_completion_script  # type: ignore[attr-defined] # documented, not re-exported

from owncase.cli.context import world_of
from owncase.cli.parse import choice

SHELLS = ("bash", "zsh", "fish", "powershell")


def command(
    ctx: typer.Context,
    shell: Annotated[
        str, typer.Argument(metavar="SHELL", help="bash, zsh, fish or powershell.", autocompletion=lambda: list(SHELLS))
    ],
) -> None:
    """Print the completion script for a shell."""
    named = choice(shell, SHELLS, "completion")
    script = get_completion_script(prog_name="owncase", complete_var="_OWNCASE_COMPLETE", shell=named)
    world_of(ctx).stdout.write(f"{script}\n")
