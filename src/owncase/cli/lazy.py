"""Only the one command that runs is imported; help, did-you-mean and completion know the others by name."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Literal, cast

import typer
from typer.core import TyperCommand, TyperGroup

from owncase.cli import elsewhere, everywhere
from owncase.cli.tree import Branch, Verb, module_of
from owncase.errors import UsageProblem

Markup = Literal["rich"] | None
"""How help is printed: Rich's panels on a terminal, plain text where nobody looks and speed counts."""


class Stub(TyperCommand):
    """Stands for a command that has not been imported."""

    path: tuple[str, ...]
    imported: "Command | None" = None


class Command(TyperCommand):
    """A command that runs where its store is."""

    path: tuple[str, ...]

    def invoke(self, ctx: Any) -> Any:
        """Run it here, or raise `Elsewhere`."""
        elsewhere.leave(ctx, self.path)
        return super().invoke(ctx)


class LazyGroup(TyperGroup):
    """A folder of commands, each imported when it is run or asked for its own help."""

    path: tuple[str, ...]

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Find the command that runs, and import it. Raises `Elsewhere` for a line that another machine has to run."""
        name, command, rest = super().resolve_command(ctx, args)
        if not isinstance(command, Stub):
            return name, command, rest
        elsewhere.leave_early(ctx, command.path, rest)
        return name, loaded(command, self.rich_markup_mode), rest

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """A folder alone is not a command."""
        if not args and self.path and not ctx.resilient_parsing:
            words = " ".join(("owncase", *self.path))
            raise UsageProblem(f"{words} needs one of {', '.join(self.commands)}", fix=f"{words} --help")
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Plain help lists the commands under the same headings as Rich help."""
        headings: dict[str, list[tuple[str, str]]] = {}
        for name, command in self.commands.items():
            panel = getattr(command, "rich_help_panel", None) or "Commands"
            headings.setdefault(panel, []).append((name, command.get_short_help_str(limit=100)))
        for heading, rows in headings.items():
            with formatter.section(heading):
                formatter.write_dl(rows)


def group(
    verbs: Mapping[str, Verb | Branch], markup: Markup, path: tuple[str, ...] = (), **attributes: Any
) -> LazyGroup:
    """Make a group of commands that are known by name only. `attributes` are passed to the group."""
    commands: dict[str, Any] = {name: _entry(verb, markup, (*path, name)) for name, verb in verbs.items()}
    made = LazyGroup(name=path[-1] if path else "owncase", commands=commands, rich_markup_mode=markup, **attributes)
    made.params.extend(everywhere.parameters())
    made.path = path
    return made


def loaded(stub: Stub, markup: Any) -> Command:
    """The command that a stub stands for, imported once, with the options that stand everywhere."""
    if stub.imported is None:
        stub.imported = _imported(stub, markup)
    return stub.imported


def _imported(stub: Stub, markup: Any) -> Command:
    function = import_module(module_of(stub.path)).command
    app = typer.Typer(add_completion=False, rich_markup_mode=markup)
    app.command(stub.name, cls=Command)(function)
    command = cast(Command, typer.main.get_command(app))
    command.path = stub.path
    command.params.extend(everywhere.parameters())
    return command


def _entry(verb: Verb | Branch, markup: Markup, path: tuple[str, ...]) -> Stub | LazyGroup:
    if isinstance(verb, Branch):
        return group(verb.verbs, markup, path, help=verb.help, rich_help_panel=verb.panel)
    stub = Stub(path[-1], help=verb.help, short_help=verb.help, rich_help_panel=verb.panel, rich_markup_mode=markup)
    stub.path = path
    return stub
