"""`owncase tutorial`: lessons of doing on a store that is thrown away; each waits until the store says it is done."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from owncase.bootstrap import World
from owncase.cli.context import world_of
from owncase.cli.played import thrown_away
from owncase.cli.tutorial_days import Days
from owncase.cli.tutorial_seat import MARK, Seat, words_of
from owncase.cli.tutorial_story import BEGIN, CHEAT, CHEATED, LESSONS, RULES, Found, Lesson
from owncase.errors import UsageProblem
from owncase.render.stage import Stage
from owncase.render.terminal import terminal_of

GREETING = (
    "Your handle here is `you`. Rob, dana and carol are played, and so is the clock. The store is thrown away at the "
    "end, so try whatever you like: nothing can break."
)
WAYS = "`hint` shows the exact command, `skip` types it for you, `quit` leaves."
SET_RIGHT = "Your cases have gone their own way; here they are again as the story has them."
MINUTES = 10
PATIENCE = 2
"""Command lines without success after which the ways out are named again."""

From = Annotated[str | None, typer.Option("--from", metavar="N", help="Begin with step N.")]


class NeedsTerminal(UsageProblem):
    """Lessons are for somebody who types."""


class Left(Exception):
    """The learner has had enough."""


def command(ctx: typer.Context, begin: From = None) -> None:
    """Learn owncase by doing, in ten minutes, on a store that is thrown away."""
    world = world_of(ctx)
    if not (world.talks and world.stdout.isatty()):
        raise NeedsTerminal("the tutorial needs a terminal", fix="owncase demo shows the same without one")
    first = _step(begin or "1")
    with thrown_away("owncase-tutorial-") as folder:
        Course(world, folder).teach(first)


def _step(text: str) -> int:
    if text in [str(number) for number in range(1, len(LESSONS) + 1)]:
        return int(text)
    raise UsageProblem(f"the tutorial has no step {text!r}", fix=f"--from 1 to --from {len(LESSONS)}")


class Course:
    """The lessons on a stage, with a learner in front of it."""

    def __init__(self, world: World, folder: Path) -> None:
        self.seat = Seat(world)
        self.stage = Stage(world.stdout, terminal_of(world.stdout, world.environ))
        self.days = Days(world, self.stage, folder)

    def teach(self, first: int) -> None:
        """Teach from this step on, to the end or until the learner leaves."""
        self.days.start(first)
        self.stage.heading("Ten minutes of practice")
        self.stage.tell(GREETING, "")
        self.stage.tell(f"Type commands with or without `owncase` in front. {WAYS}", "")
        for number, lesson in enumerate(LESSONS[first - 1 :], first):
            try:
                self._teach(number, lesson)
            except (Left, KeyboardInterrupt):
                self.stage.tell(f"To go on from here later: `owncase tutorial --from {number}`", "")
                return
        self._part()

    def _teach(self, number: int, lesson: Lesson) -> None:
        """One lesson: until the store says that it is done, and then until Enter goes on."""
        if not self.days.meet(number, lesson):
            self.stage.tell(SET_RIGHT, "dim")
        self._introduce(number, lesson)
        self.seat.shown, tries = "", 0
        done = self._reached(lesson)
        if done:
            self._answer(f"You have done that already. {lesson.reply}")
        while (line := self._line()) not in ("", "skip") or not done:
            tried = self._try(line, number, lesson)
            if done:
                continue
            if done := self._reached(lesson):
                self._answer(lesson.reply)
            elif tried:
                tries += 1
                self.stage.tell(f"Still to do: {lesson.todo}{'' if tries % PATIENCE else ' ' + WAYS}", "dim")

    def _answer(self, reply: str) -> None:
        self.stage.gap()
        self.stage.tell(reply, "green")
        self.stage.tell("Enter goes on.", "dim")

    def _introduce(self, number: int, lesson: Lesson) -> None:
        left = round(MINUTES * (len(LESSONS) - number + 1) / len(LESSONS)) or 1
        self.stage.heading(f"Step {number} of {len(LESSONS)}: {lesson.title}")
        self.stage.tell(f"{self.days.said()} · about {left} minute{'s' * (left > 1)} left", "dim")
        for step in lesson.meanwhile:
            self.stage.line(f"{step.who}$ {shlex.join(('owncase', *step.words))}", "dim")
        self.stage.tell(lesson.words, "")
        self.stage.gap()
        self.stage.tell(lesson.todo, "bold")
        for pattern in lesson.pattern:
            self.stage.line(f"owncase {pattern}", "cyan")

    def _try(self, line: str, number: int, lesson: Lesson) -> bool:
        """Do what the learner typed; whether that was a command of owncase."""
        match line:
            case "":
                return False
            case "?" | "hint" | "help":
                for hint in lesson.hint:
                    self.stage.line(hint, "bold")
                return False
            case "skip":
                self._skip(number, lesson)
                return False
            case "quit" | "exit":
                raise Left
        try:
            words = words_of(line)
        except UsageProblem as problem:
            self.stage.tell(f"{problem.message}: {problem.fix}", "yellow")
            return False
        self.seat.run(self.days.team, words, self.days.go_on())
        return True

    def _line(self) -> str:
        """The next line. Raises Left at the end of input, and when Ctrl-C is pressed twice."""
        self.stage.gap()
        for said in ("Ctrl-C again leaves.", ""):
            try:
                return self.seat.line(self.days.team, self.days.at)
            except EOFError:
                break
            except KeyboardInterrupt:
                self.stage.tell(said, "dim")
        self.stage.gap()
        raise Left

    def _skip(self, number: int, lesson: Lesson) -> None:
        """Type the hint for the learner, in a fresh store where theirs has gone another way."""
        answers = self.days.type(lesson.hint)
        self.seat.shown = "\n".join(answers)
        if not self._reached(lesson):
            self.stage.tell(SET_RIGHT, "dim")
            self.days.start(number)
            self.days.meet(number, lesson)
            answers = self.days.type(lesson.hint)
            self.seat.shown = "\n".join(answers)
        for line, answer in zip(lesson.hint, answers, strict=True):
            self.stage.line(f"{MARK}{line}", "bold")
            self.stage.answer(answer)

    def _reached(self, lesson: Lesson) -> bool:
        return lesson.reached(Found(self.days.case, self.seat.shown))

    def _part(self) -> None:
        """Show that the rules hold past the program too, and say how to go on."""
        self.stage.heading("Could one cheat?")
        self.stage.tell("Somebody is impatient, and writes into the database itself, past owncase:", "")
        self.stage.line(f"sqlite> {CHEAT}", "bold")
        self.stage.tell(self.days.cheat(), "yellow")
        self.stage.tell(CHEATED, "")
        self.stage.heading("That was all of it")
        for n, rule in enumerate(RULES, 1):
            self.stage.line(f"{n}. {rule}")
        self.stage.gap()
        self.stage.tell("For a store of your own:", "bold")
        for begin, what in BEGIN:
            self.stage.line(f"{begin:<40}{what}", "cyan")
