"""`owncase demo`: a story told by really running its commands, in a store that is thrown away afterwards."""

from datetime import datetime

import typer

from owncase.cli.context import world_of
from owncase.cli.demo_story import STORY
from owncase.cli.played import Sql, Step, StoryStumbled, Team, thrown_away
from owncase.domain.moment import to_text
from owncase.domain.wallclock import zone_named
from owncase.render.stage import Stage, command_line
from owncase.render.terminal import terminal_of
from owncase.render.words import day_and_time

ZONE = "America/New_York"


def command(ctx: typer.Context) -> None:
    """Try everything on the week of a small team, in a store that is thrown away."""
    world = world_of(ctx)
    stage = Stage(world.stdout, terminal_of(world.stdout, world.environ))
    with thrown_away("owncase-demo-") as folder:
        Play(Team(world, stage, folder, ZONE)).tell()


class Play:
    """The story on its stage, played by a team."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self.stage = team.stage
        self.steps = 0
        self.refusals = 0

    def tell(self) -> None:
        """Play every chapter. Raises `StoryStumbled` at the first step that ends otherwise than the story says."""
        self.stage.heading("owncase: every case has one owner, until the next one says yes")
        self.stage.tell(
            "Three people share one store. Their clock and their logins are played, so that five days pass while you "
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
        code, shown = self.team.play(step.who, step.words, _moment(step))
        self.stage.answer(shown)
        if code != step.exit:
            said = " ".join(("owncase", *step.words))
            what = f"exit code {code}, not {step.exit}"
            raise StoryStumbled(f"the story stumbled at {said!r} of {step.who}: {what}", fix="report it")
        if code:
            self.refusals += 1
            self.stage.verdict(f"refused: exit code {code}")

    def _refuse(self, step: Sql) -> None:
        self._prompt(step, "sqlite>", step.statement)
        self.stage.answer(self.team.refusal(step.statement))
        self.refusals += 1
        self.stage.verdict("refused: by the database itself")

    def _prompt(self, step: Step | Sql, mark: str, typed: str) -> None:
        moment = to_text(_moment(step))
        self.stage.prompt(day_and_time(moment, zone_named(ZONE), now=moment), mark, typed)


def _moment(step: Step | Sql) -> datetime:
    return datetime.fromisoformat(step.at)
