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
from owncase.cli.shell.session import Session
from owncase.cli.signals import Terminated
from owncase.cli.tutorial_story import YOU
from owncase.errors import UsageProblem
from owncase.render.terminal import terminal_of

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
        self._team: Team | None = None
        self._read: Callable[[], str] = self._plainly

    def line(self, team: Team, at: datetime) -> str:
        """What is typed next. Raises EOFError at the end, and KeyboardInterrupt."""
        if self.world.stdin is sys.stdin and team is not self._team:
            self._team, self._read = team, self._with_editing(team, at)
        return self._read().strip()

    def run(self, team: Team, words: list[str], at: datetime) -> None:
        """Run one of the learner's command lines. Raises Terminated when the system ended it."""
        screen = Overheard(self.world.stdout)
        code = run(words, self._there(team, at, cast(TextIO, screen)))
        self.shown = COLOURS.sub("", screen.text)
        if code == TERMINATED:
            raise Terminated

    def _there(self, team: Team, at: datetime, screen: TextIO) -> World:
        size = {name: self.world.environ[name] for name in ("COLUMNS",) if name in self.world.environ}
        return team.seat(YOU, at, stdin=self.world.stdin, screen=screen, size=size)

    def _with_editing(self, team: Team, at: datetime) -> Callable[[], str]:
        """The line editor of the shell, which completes what is in the store of this team."""
        from owncase.cli.shell.prompt import ask, editor  # 100 ms, for those who are about to type

        there = Session(self._there(team, at, self.world.stdout))
        typing = editor(there, terminal_of(self.world.stdout, self.world.environ))
        return lambda: ask(typing, [("bold fg:ansigreen", MARK)])

    def _plainly(self) -> str:
        self.world.stdout.write(MARK)
        self.world.stdout.flush()
        line = self.world.stdin.readline()
        if not line:
            raise EOFError
        return line


def words_of(line: str) -> list[str]:
    """The words of a command line, without `owncase`. Raises UsageProblem, also for what has no place here."""
    words = split(line)
    if any(word == "--store" or word.startswith("--store=") for word in words):
        raise NotHere("the tutorial has a store of its own", fix="leave --store away")
    if any(tuple(words[: len(kept)]) == kept for kept in OUTSIDE):
        raise NotHere(f"{words[0]} is for a store of your own", fix="later: everything else may be tried here")
    return words
