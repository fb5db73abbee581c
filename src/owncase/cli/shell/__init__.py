"""`owncase shell`: the same commands at a warm prompt, or from a file, line by line in one process."""

from typing import Annotated

import typer

from owncase.cli.context import invocation_of
from owncase.errors import UsageProblem

KeepGoing = Annotated[
    bool, typer.Option("--keep-going", help="Go on after a line that failed, when lines come from a file or a pipe.")
]


def command(ctx: typer.Context, keep_going: KeepGoing = False) -> int:
    """Type commands at a warm prompt, with completion and history.

    A line is a command line without the word owncase, split as in a shell:
    blanks separate words, quotes hold them together, a backslash takes a quote,
    a blank or itself as it is. There are no pipes and no wildcards. A quote
    after a letter or a digit is a plain character: Pat's, 3.5". What was said
    before, such as --store or --as, holds for every line; a line may say
    otherwise. exit, quit or Ctrl-D leave; help explains the keys.

    Where stdin is not a terminal, its lines are run one after the other, up to
    the first that fails, with that exit code; with --keep-going to the end,
    with the exit code of the first that failed. Blank lines and lines that
    begin with # are skipped.
    """
    said = invocation_of(ctx)
    if said.is_warm:
        raise UsageProblem("this is the shell already", fix="exit leaves it")
    if said.world.stdin.isatty() and said.world.stdout.isatty():
        from owncase.cli.shell.prompt import run_prompt  # prompt_toolkit and asyncio, for a terminal only

        return run_prompt(said)
    from owncase.cli.shell.batch import run_lines  # not where somebody types

    return run_lines(said, keep_going=keep_going)
