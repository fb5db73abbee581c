"""The options that may stand before or after the verb: --store, --as, --quiet, --no-input and --version.

A hidden one, --here, is said by owncase on another machine.

They are parameters of every command and folder, so that the parser itself knows what is an option, what is a value, and
what comes after `--`. Each leaves what was said in the invocation.
"""

from functools import cache
from typing import Annotated, Any

import typer

from owncase import __version__
from owncase.cli import complete
from owncase.cli.context import invocation_of

PANEL = "Options that stand before or after any verb"


@cache
def parameters() -> list[Any]:
    """The parameters, made once: they keep no state."""
    app = typer.Typer(add_completion=False)
    app.command()(_everywhere)
    return list(typer.main.get_command(app).params)


def _store(ctx: typer.Context, value: str | None) -> None:
    if value is not None:
        invocation_of(ctx).store = value


def _acting(ctx: typer.Context, value: str | None) -> None:
    if value is not None:
        invocation_of(ctx).acting = value


def _quiet(ctx: typer.Context, value: bool) -> None:
    if value:
        invocation_of(ctx).quiet = True


def _no_input(ctx: typer.Context, value: bool) -> None:
    if value:
        invocation_of(ctx).may_ask = False


def _here(ctx: typer.Context, value: str | None) -> None:
    if value is not None:
        from owncase.cli.arrived import take_stdin  # most lines come from a keyboard

        invocation_of(ctx).here = True
        take_stdin(invocation_of(ctx).world.stdin, value)


def _version(ctx: typer.Context, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        typer.echo(f"owncase {__version__}")
        raise typer.Exit


def _everywhere(
    store: Annotated[
        str | None,
        typer.Option(
            metavar="PATH|URL",
            help="Use the store at this path, or on the machine of ssh://HOST.",
            rich_help_panel=PANEL,
            callback=_store,
            expose_value=False,
        ),
    ] = None,
    acting: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="HANDLE",
            help="Act for this person.",
            rich_help_panel=PANEL,
            callback=_acting,
            expose_value=False,
            autocompletion=complete.handles,
        ),
    ] = None,
    quiet: Annotated[
        bool,
        typer.Option(
            "--quiet",
            help="Print the answer and errors only.",
            rich_help_panel=PANEL,
            callback=_quiet,
            expose_value=False,
        ),
    ] = False,
    no_input: Annotated[
        bool,
        typer.Option(
            "--no-input",
            help="Never ask; a missing answer is an error.",
            rich_help_panel=PANEL,
            callback=_no_input,
            expose_value=False,
        ),
    ] = False,
    here: Annotated[str | None, typer.Option("--here", hidden=True, callback=_here, expose_value=False)] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Show the version.",
            rich_help_panel=PANEL,
            callback=_version,
            expose_value=False,
            is_eager=True,
        ),
    ] = False,
) -> None:
    """Exist for its parameters only."""
