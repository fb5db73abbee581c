"""One command line in a given world: parse it, run the one command, answer with an exit code."""

import os
import sys
from contextlib import nullcontext, redirect_stdout
from functools import cache
from typing import Any

import typer

from owncase import bootstrap
from owncase.bootstrap import World
from owncase.cli import lazy
from owncase.cli.context import Invocation
from owncase.cli.elsewhere import Elsewhere
from owncase.cli.signals import end_politely
from owncase.cli.tree import COMMANDS
from owncase.errors import BadData

ABOUT = "Every open case has one owner and one next action; ownership moves only when the next owner says yes."
COMPLETING = "_OWNCASE_COMPLETE"


def main() -> int:
    """Run the command line of this process."""
    world = bootstrap.real_world()
    if COMPLETING in world.environ:
        return _complete(world)
    end_politely()
    code = run(sys.argv[1:], world)
    _let_go(sys.stdout)
    _let_go(sys.stderr)
    return code


def run(argv: list[str], world: World, invocation: Invocation | None = None) -> int:
    """Run one command line in this world and return its exit code. Never raises.

    Whoever runs commands for somebody may give the invocation, and say in it what is so.
    """
    invocation = invocation or Invocation(world)
    try:
        with nullcontext() if world.stdout is sys.stdout else redirect_stdout(world.stdout):
            invocation.words = [_utf8(word) for word in argv]
            code = _dispatch(invocation)
            world.stdout.flush()
    except BaseException as error:  # noqa: BLE001 - the one place where everything ends
        from owncase.cli import boundary  # what goes well pays nothing for what goes wrong

        code = boundary.report(error, argv, invocation)
    finally:
        invocation.close()
    return code


def root(world: World) -> lazy.LazyGroup:
    """The whole tree of commands, for a terminal or for a pipe."""
    return _tree("rich" if world.stdout.isatty() else None)


@cache
def _tree(markup: lazy.Markup) -> lazy.LazyGroup:
    """The tree is made once: it keeps no state, and what it imported serves the next line of a warm prompt."""
    return lazy.group(
        COMMANDS,
        markup,
        help=ABOUT,
        context_settings={"help_option_names": ["-h", "--help"]},
        invoke_without_command=True,
    )


def _dispatch(invocation: Invocation) -> int:
    try:
        answered = _invoke(invocation)
    except typer.Exit as end:
        answered = end.exit_code
    except Elsewhere as away:
        from owncase.cli.over_ssh import run_there  # most stores are here

        return run_there(away.address, invocation, asks_for_stdin=away.asks_for_stdin)
    return answered if isinstance(answered, int) else 0


def _invoke(invocation: Invocation) -> Any:
    tree = root(invocation.world)
    with tree.make_context("owncase", list(invocation.words), obj=invocation) as ctx:
        answered = tree.invoke(ctx)
        return _bare(tree, ctx, invocation) if ctx.invoked_subcommand is None else answered


def _bare(tree: lazy.LazyGroup, ctx: Any, invocation: Invocation) -> Any:
    """`owncase` alone is `next` for somebody at a terminal, and help anywhere else."""
    if not invocation.world.stdout.isatty():
        typer.echo(ctx.get_help())
        return 0
    invocation.words.append("next")
    _, command, _ = tree.resolve_command(ctx, ["next"])
    with command.make_context("next", [], parent=ctx) as below:
        return command.invoke(below)


def _utf8(word: str) -> str:
    """The word as UTF-8, whatever the locale made of its bytes. Raises BadData when they are not UTF-8."""
    try:
        word.encode("utf-8")
    except UnicodeEncodeError:
        pass  # the locale could not read it, and kept its bytes as surrogates
    else:
        return word
    try:
        return os.fsencode(word).decode("utf-8")
    except UnicodeError as error:
        raise BadData("an argument is not valid UTF-8", fix="convert it to UTF-8") from error


def _complete(world: World) -> int:
    """Answer the shell's Tab key: never with an error, and without Rich, which Typer would use to format the hints."""
    sys.modules["rich"] = None  # type: ignore[assignment] # makes find_spec("rich") say no, which saves 40 ms
    from typer.completion import get_completion_inspect_parameters

    try:
        get_completion_inspect_parameters()  # registers Typer's shells
        root(world).main(prog_name="owncase", complete_var=COMPLETING, obj=Invocation(world))
    except (Exception, SystemExit):  # noqa: BLE001, S110 - a Tab key must never print an error
        pass
    return 0


def _let_go(stream: Any) -> None:
    """What could not be written has been reported; the interpreter must not try and complain again at its end."""
    try:
        stream.flush()
    except AttributeError:
        return  # closed before the program started
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
