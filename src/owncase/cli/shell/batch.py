"""Lines from a file or a pipe are run one after the other, up to the first that fails."""

import io
from collections.abc import Iterator
from typing import TextIO

from owncase.bootstrap import World
from owncase.cli.boundary import BROKEN_PIPE, INTERRUPTED, TERMINATED
from owncase.cli.context import Invocation
from owncase.cli.shell.session import Session
from owncase.errors import BadData

LONGEST_LINE = 256 * 1024
"""Characters: room for a text of the longest kind, and for what is said around it."""
ENDING = (BROKEN_PIPE, INTERRUPTED, TERMINATED)
"""Exit codes that mean the whole, not one line of it."""


def run_lines(said: Invocation, *, keep_going: bool) -> int:
    """Run every line of stdin. Returns the exit code of the first that failed, where the others go on or not."""
    world = said.world
    session = Session(_without_input(world), said)
    failed = 0
    for number, line in enumerate(_lines(world.stdin), start=1):
        code = session.run_line(line)
        failed = failed or code
        if session.over or code in ENDING:
            break
        if code and not said.quiet:
            world.stderr.write(f"line {number} ended with {code}{'' if keep_going else '; --keep-going goes on'}\n")
        if code and not keep_going:
            break
    session.close()
    return failed


def _without_input(world: World) -> World:
    """A command must not take the lines that follow it for its answers."""
    return world._replace(stdin=io.StringIO())


def _lines(stream: TextIO) -> Iterator[str]:
    while line := stream.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise BadData(f"a line is longer than {LONGEST_LINE:,} characters", fix="shorten it")
        yield line
