"""The guide of a walk at a real terminal: what is shown there, and what is pressed."""

from functools import partial

import typer

from owncase.cli.context import desk_of, invocation_of, world_of
from owncase.cli.main import run
from owncase.cli.output import terminal_here
from owncase.cli.walk.keys import HELP, Key
from owncase.cli.walk.press import press
from owncase.cli.walk.route import Stop
from owncase.cli.walk.standing import Row, Rows, Standing, mark_now, standing
from owncase.domain.wallclock import zone_named
from owncase.queries.next_actions import TO_ACKNOWLEDGE
from owncase.render.as_stop import Stage, drawn, key_line
from owncase.render.safe import safe
from owncase.render.stop import Line, Reading, account_lines, case_lines, heading

NOT_WAITING = "No longer waiting"


class Screen:
    """A terminal. The store is let go of whenever somebody thinks."""

    def __init__(self, ctx: typer.Context, rows: Rows) -> None:
        self.ctx = ctx
        self.desk = desk_of(ctx)
        self.world = world_of(ctx)
        self.rows = rows
        self.me = self.desk.me.handle

    def look(self, stop: Stop) -> Standing:
        """How the stop stands now."""
        try:
            return standing(self.desk, stop, self.rows)
        finally:
            self.desk.close()

    def mark(self, stop: Stop) -> str:
        """The mark it has now."""
        try:
            return mark_now(self.desk, stop)
        finally:
            self.desk.close()

    def show(self, now: Standing, position: str) -> None:
        """Put it on the screen."""
        block = now.row.get("block", TO_ACKNOWLEDGE) if now.row else NOT_WAITING
        text = drawn(Stage(block, position), _title(now), self._lines(now), terminal_here(self.ctx))
        self.world.stdout.write(text)
        self.world.stdout.flush()

    def ask(self, keys: dict[str, Key]) -> str:
        """Offer these keys and give what was pressed."""
        offer = partial(self._ask, key_line(_labels(keys), terminal_here(self.ctx)))
        pressed = press(self.world.stdin, offer)
        self.world.stderr.write(f"{safe(pressed.strip())[:1]}\n")
        return pressed

    def confirms(self, question: str) -> bool:
        """Whether somebody says yes, with one key."""
        offer = partial(self._ask, f"{question}? y/n")
        said = press(self.world.stdin, offer).lower() == "y"
        self.world.stderr.write("yes\n" if said else "no\n")
        return said

    def run(self, words: list[str]) -> int:
        """Run a command, which says for itself what came of it, and give its exit code."""
        return run(words, self.world, invocation_of(self.ctx).key_of_walk())

    def say(self, text: str) -> None:
        """One line."""
        self.world.stderr.write(f"{safe(text)}\n")

    def explain(self, keys: dict[str, Key]) -> None:
        """What each of these keys does."""
        for key in keys.values():
            if key is not HELP:
                self.say(f"  {key.letter}  {key.meaning}")

    def _ask(self, question: str) -> None:
        self.world.stdout.flush()
        self.world.stderr.write(f"{question}: ")
        self.world.stderr.flush()

    def _lines(self, now: Standing) -> list[Line]:
        read = Reading(self.me, zone_named(self.desk.zone), self.desk.now())
        if now.case and now.customer:
            return case_lines(now.case, now.customer, now.offer, read)
        return account_lines(now.customer, read) if now.customer else []


def _labels(keys: dict[str, Key]) -> list[list[str]]:
    """What the keys say: those that do something, then those that go somewhere."""
    acting = [key.label for key in keys.values() if key.outcome]
    return [acting, [key.label for key in keys.values() if not key.outcome]]


def _title(now: Standing) -> str:
    about: Row = now.case or now.stop.row
    return heading(about["case"], about["customer"], about["title"])
