"""Where the learner sits: lines are read, split into words, and run as owncase commands, never by a shell."""

import re
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any, TextIO, cast

from owncase.bootstrap import World
from owncase.cli.boundary import TERMINATED
from owncase.cli.main import run
from owncase.cli.played import Team
from owncase.cli.shell.lines import split
from owncase.cli.signals import Terminated
from owncase.cli.tutorial_story import YOU
from owncase.errors import UsageProblem

MARK = f"{YOU}$ "
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
OUTSIDE = (("export",), ("import",), ("store", "backup"), ("store", "restore"), ("shell",), ("tutorial",))
"""Commands that read or write files of the learner, or would begin another such program."""


class NotHere(UsageProblem):
    """The tutorial stays in its own store, and away from the files of who learns."""


class Overheard:
    """The learner's terminal; what is written to it is kept as well."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.text = ""

    def write(self, text: str) -> int:
        """Write, and keep it."""
        self.text += text
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        """Everything else is the terminal's own."""
        return getattr(self._stream, name)


class Seat:
    """One learner at a real terminal."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.shown = ""
        self._read = _reader(world)

    def line(self) -> str:
        """What is typed next. Raises EOFError at the end, and KeyboardInterrupt."""
        return self._read(MARK).strip()

    def run(self, team: Team, words: list[str], at: datetime) -> None:
        """Run one of the learner's command lines. Raises Terminated when the system ended it."""
        screen = cast(TextIO, Overheard(self.world.stdout))
        size = {name: self.world.environ[name] for name in ("COLUMNS",) if name in self.world.environ}
        code = run(words, team.seat(YOU, at, stdin=self.world.stdin, screen=screen, size=size))
        self.shown = COLOURS.sub("", cast(Overheard, screen).text)
        if code == TERMINATED:
            raise Terminated


def words_of(line: str) -> list[str]:
    """The words of a command line, without `owncase`. Raises UsageProblem, also for what has no place here."""
    words = split(line)
    if any(word == "--store" or word.startswith("--store=") for word in words):
        raise NotHere("the tutorial has a store of its own", fix="leave --store away")
    if any(tuple(words[: len(kept)]) == kept for kept in OUTSIDE):
        raise NotHere(f"{words[0]} is for a store of your own", fix="later: everything else may be tried here")
    return words


def _reader(world: World) -> Callable[[str], str]:
    """How lines are read: with editing and history at the real terminal, plainly from a played one."""
    if world.stdin is not sys.stdin:
        return lambda mark: _plain(world, mark)
    from prompt_toolkit import PromptSession  # 100 ms, for those who are about to type
    from prompt_toolkit.history import InMemoryHistory
    from prompt_toolkit.output.color_depth import ColorDepth

    depth = ColorDepth.DEPTH_1_BIT if world.environ.get("NO_COLOR") else None
    session: PromptSession[str] = PromptSession(history=InMemoryHistory(), color_depth=depth)
    return lambda mark: session.prompt([("bold ansigreen", mark)])


def _plain(world: World, mark: str) -> str:
    world.stdout.write(mark)
    world.stdout.flush()
    line = world.stdin.readline()
    if not line:
        raise EOFError
    return line
