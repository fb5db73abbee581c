"""A team at work whose people, logins and clock are played, while its commands really run on a store of their own."""

import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TextIO

from owncase.bootstrap import World
from owncase.cli.boundary import INTERRUPTED, TERMINATED
from owncase.cli.main import run
from owncase.cli.signals import Terminated, undisturbed
from owncase.errors import OwncaseError
from owncase.render.stage import INDENT, Stage

TALL = "9999"
"""Lines of the played terminals: no pager."""
LOOKS = ("TERM", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE")
"""What the played terminals have from the real one, beside its size."""


class Step(NamedTuple):
    """One command line of a person, at a moment, and the exit code it ends with."""

    at: str
    who: str
    words: tuple[str, ...]
    exit: int = 0


class Sql(NamedTuple):
    """A statement given to the database behind the program's back, which the database has to refuse."""

    at: str
    who: str
    statement: str


class StoryStumbled(OwncaseError):
    """A played step did not end as the story says (exit 70)."""


class Played(io.StringIO):
    """What a played terminal shows."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Of the real stream, so that the same characters are used."""
        return self._encoding

    def isatty(self) -> bool:
        """It looks like a terminal to the commands of the story."""
        return True


@contextmanager
def thrown_away(prefix: str) -> Iterator[Path]:
    """A folder that is removed at the end, whatever ends it."""
    folder = TemporaryDirectory(prefix=prefix)
    try:
        yield Path(folder.name)
    finally:
        with undisturbed():
            folder.cleanup()


class Team:
    """The people of a story, each with a login and a home of their own in one folder, and their store."""

    def __init__(self, world: World, stage: Stage, folder: Path, zone: str) -> None:
        self.world = world
        self.stage = stage
        self.folder = folder
        self.zone = zone

    @property
    def store(self) -> Path:
        """The store of the story."""
        return self.folder / "team.db"

    def play(self, who: str, words: tuple[str, ...], at: datetime) -> tuple[int, str]:
        """Run a command line as this person, at this moment: its exit code, and what their terminal shows.

        Raises KeyboardInterrupt and Terminated: whoever asks for an end means the whole story.
        """
        shown = Played(getattr(self.world.stdout, "encoding", None) or "utf-8")
        size = {"COLUMNS": str(self.stage.width - len(INDENT))}
        code = run(list(words), self.seat(who, at, stdin=io.StringIO(), screen=shown, size=size))
        if code == INTERRUPTED:
            raise KeyboardInterrupt
        if code == TERMINATED:
            raise Terminated
        return code, shown.getvalue()

    def refusal(self, statement: str) -> str:
        """What the database says to a statement given behind the program's back. Raises `StoryStumbled` if it obeys."""
        with closing(sqlite3.connect(self.store)) as connection:
            try:
                connection.execute(statement)
            except sqlite3.IntegrityError as refused:
                return f"Error: {refused}"
        raise StoryStumbled(f"the story stumbled: the database let {statement!r} through", fix="report it")

    def seat(self, who: str, at: datetime, *, stdin: TextIO, screen: TextIO, size: dict[str, str]) -> World:
        """The world of who types: their login, the clock, a home of their own, and nothing else of the real one."""
        home = self.folder / who
        home.mkdir(exist_ok=True)
        kept = {name: self.world.environ[name] for name in LOOKS if name in self.world.environ}
        plain = {} if self.stage.terminal.color else {"NO_COLOR": "1"}
        own = {"OWNCASE_STORE": str(self.store), "LINES": TALL, "HOME": str(home), "XDG_CONFIG_DIRS": str(home)}
        return World(
            environ={**kept, **plain, **size, **own},
            home=home,
            os_user=who,
            clock=lambda: at,
            local_zone=lambda: self.zone,
            stdin=stdin,
            stdout=screen,
            stderr=screen,
        )
