"""The two days of the tutorial: a store that can be made anew as the story has it at any step, and a played clock."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from json import loads
from pathlib import Path
from typing import Any

from owncase.bootstrap import World
from owncase.cli.played import Step, StoryStumbled, Team
from owncase.cli.tutorial_seat import words_of
from owncase.cli.tutorial_story import CHEAT, LESSONS, SETTING, YOU, Lesson
from owncase.domain.moment import to_text
from owncase.domain.wallclock import zone_named
from owncase.render.stage import Stage
from owncase.render.words import day_and_time

DAYS = ("mon", "tue")


class Days:
    """The played team at work, from the Monday of this week on, by the learner's own time zone."""

    def __init__(self, world: World, stage: Stage, folder: Path) -> None:
        self.world = world
        self.stage = stage
        self.folder = folder
        self.zone = world.local_zone()
        today = world.clock().astimezone(zone_named(self.zone)).replace(hour=0, minute=0, second=0, microsecond=0)
        self.monday = today - timedelta(days=today.weekday())
        self.stores = 0

    def start(self, number: int) -> None:
        """A fresh store in which everything before this step went as its hints say."""
        self.stores += 1
        folder = self.folder / str(self.stores)
        folder.mkdir()
        self.team, self.at = Team(self.world, self.stage, folder, self.zone), self.monday
        self._play(SETTING)
        for lesson in LESSONS[: number - 1]:
            self._play(lesson.meanwhile)
            self.go_on(lesson.at)
            self.type(lesson.hint)

    def meet(self, number: int, lesson: Lesson) -> bool:
        """Let others do what comes before this step. False where that took a fresh store: the learner's has strayed."""
        fits = self._play(lesson.meanwhile)
        if not fits:
            self.start(number)
            if not self._play(lesson.meanwhile):
                raise StoryStumbled(f"the tutorial stumbled before step {number}", fix="report it")
        self.go_on(lesson.at)
        return fits

    def type(self, lines: Iterable[str]) -> list[str]:
        """Type these lines for the learner: what each answers."""
        return [self.team.play(YOU, tuple(words_of(line)), self.go_on())[1] for line in lines]

    def cheat(self) -> str:
        """What the database says to somebody who writes past owncase."""
        return self.team.refusal(CHEAT)

    def case(self, number: int) -> dict[str, Any]:
        """A case as the learner sees it; {} where there is none."""
        code, shown = self.team.play(YOU, ("show", str(number), "--json"), self.at)
        return {} if code else loads(shown)

    def go_on(self, story: str | None = None) -> datetime:
        """The clock goes on by a minute, or to where the story says, never back."""
        self.at += timedelta(minutes=1)
        if story is not None:
            day, clock = story.split()
            hour, minute = map(int, clock.split(":"))
            told = self.monday + timedelta(days=DAYS.index(day))
            self.at = max(self.at, told.replace(hour=hour, minute=minute))
        return self.at

    def said(self) -> str:
        """The day and the time."""
        moment = to_text(self.at)
        return day_and_time(moment, zone_named(self.zone), now=moment)

    def _play(self, steps: Iterable[Step]) -> bool:
        """Whether everything that others do goes as the story says."""
        return all(self.team.play(step.who, step.words, self.go_on(step.at))[0] == step.exit for step in steps)
