"""`owncase demo`: a story told by really running its commands, in a store that is thrown away afterwards."""

import io
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from owncase.bootstrap import World
from owncase.cli.context import world_of
from owncase.cli.demo_story import STORY, Sql, Step
from owncase.cli.main import run
from owncase.domain.moment import to_text
from owncase.domain.wallclock import zone_named
from owncase.errors import OwncaseError
from owncase.render.stage import INDENT, Stage, command_line
from owncase.render.terminal import terminal_of
from owncase.render.words import day_and_time

ZONE = "America/New_York"
TALL = "9999"
"""Lines of the played terminals: no pager."""
LOOKS = ("TERM", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE")
"""What the played terminals have from the real one, beside its size."""


class DemoStumbled(OwncaseError):
    """A command of the demo did not end as the story says (exit 70)."""


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


def command(ctx: typer.Context) -> None:
    """Try everything on the week of a small team, in a store that is thrown away."""
    world = world_of(ctx)
    stage = Stage(world.stdout, terminal_of(world.stdout, world.environ))
    with TemporaryDirectory(prefix="owncase-demo-") as folder:
        Play(world, stage, Path(folder)).tell()


class Play:
    """The story on its stage, with a store in a folder."""

    def __init__(self, world: World, stage: Stage, folder: Path) -> None:
        self.world = world
        self.stage = stage
        self.folder = folder
        self.steps = 0
        self.refusals = 0

    @property
    def store(self) -> Path:
        """The store of the story."""
        return self.folder / "team.db"

    def tell(self) -> None:
        """Play every chapter. Raises `DemoStumbled` at the first step that ends otherwise than the story says."""
        self.stage.heading("owncase: every case has one owner, until the next one says yes")
        self.stage.tell(
            "Three people share one store. Their clock and their logins are played, so that three days pass while you "
            "read; every command below really runs, on a store in a temporary folder."
        )
        for chapter in STORY:
            self.stage.heading(chapter.heading)
            self.stage.tell(chapter.words)
            for step in chapter.steps:
                self.steps += 1
                if isinstance(step, Sql):
                    self._refuse(step)
                else:
                    self._run(step)
        self.stage.heading("That was all of it")
        self.stage.tell(
            f"{self.steps} steps, {self.refusals} of them refused as they should be. Make a store of your own:"
        )
        self.stage.answer("owncase init --me HANDLE --name NAME")

    def _run(self, step: Step) -> None:
        mark = f"{step.who}$"
        self._prompt(step, mark, command_line(("owncase", *step.words), self.stage.width - len(mark) - 1))
        shown = Played(getattr(self.world.stdout, "encoding", None) or "utf-8")
        code = run(list(step.words), self._world_of(step, shown))
        self.stage.answer(shown.getvalue())
        if code != step.exit:
            raise _stumbled(step, f"exit code {code}, not {step.exit}")
        if code:
            self.refusals += 1
            self.stage.verdict(f"refused: exit code {code}")

    def _refuse(self, step: Sql) -> None:
        self._prompt(step, "sqlite>", step.statement)
        with closing(sqlite3.connect(self.store)) as connection:
            try:
                connection.execute(step.statement)
            except sqlite3.IntegrityError as refusal:
                self.refusals += 1
                self.stage.answer(f"Error: {refusal}")
                self.stage.verdict("refused: by the database itself")
                return
        raise _stumbled(step, "the database let it through")

    def _prompt(self, step: Step | Sql, mark: str, typed: str) -> None:
        moment = to_text(_moment(step))
        self.stage.prompt(day_and_time(moment, zone_named(ZONE), now=moment), mark, typed)

    def _world_of(self, step: Step, shown: Played) -> World:
        """The world of who types this step: their login, their clock, a home of their own."""
        home = self.folder / step.who
        home.mkdir(exist_ok=True)
        kept = {name: self.world.environ[name] for name in LOOKS if name in self.world.environ}
        seen = {"OWNCASE_STORE": str(self.store), "COLUMNS": str(self.stage.width - len(INDENT)), "LINES": TALL}
        plain = {} if self.stage.terminal.color else {"NO_COLOR": "1"}
        return World(
            environ={**kept, **seen, **plain, "HOME": str(home), "XDG_CONFIG_DIRS": str(home)},
            home=home,
            os_user=step.who,
            clock=lambda: _moment(step),
            local_zone=lambda: ZONE,
            stdin=io.StringIO(),
            stdout=shown,
            stderr=shown,
        )


def _moment(step: Step | Sql) -> datetime:
    return datetime.fromisoformat(step.at)


def _stumbled(step: Step | Sql, what: str) -> DemoStumbled:
    said = step.statement if isinstance(step, Sql) else " ".join(("owncase", *step.words))
    return DemoStumbled(f"the story stumbled at {said!r} of {step.who}: {what}", fix="report it")
