"""The walk itself: show a stop, wait for a key, run the command it names, go on; until the list ends."""

from enum import Enum
from typing import Protocol

from owncase.cli.walk.keys import BACK, HELP, QUIT, SKIP, VIEW, Key, command_of, keys_for
from owncase.cli.walk.route import GONE, SKIPPED, Route, Stop
from owncase.cli.walk.standing import Standing
from owncase.errors import LookAgain

DONE = 0
STOPPED = (141, 143)
"""Exit codes of a command after which nobody can be asked any more."""
REDRAW = "\f"
ENDS_INPUT = ("", "\x04")
"""Nothing more comes, or Ctrl-D."""


class Guide(Protocol):
    """What the walk asks of its surroundings: where things stand, a screen, a key, a command."""

    me: str

    def look(self, stop: Stop) -> Standing:
        """How the stop stands now."""

    def mark(self, stop: Stop) -> str:
        """The mark it has now."""

    def show(self, now: Standing, position: str) -> None:
        """Put it on the screen."""

    def ask(self, keys: dict[str, Key]) -> str:
        """Offer these keys and give what was pressed."""

    def confirms(self, question: str) -> bool:
        """Whether somebody says yes."""

    def run(self, words: list[str]) -> int:
        """Run a command, which says for itself what came of it, and give its exit code."""

    def say(self, text: str) -> None:
        """One line."""

    def explain(self, keys: dict[str, Key]) -> None:
        """What each of these keys does."""


class Ended(Exception):
    """The walk ends before the list does."""

    def __init__(self, code: int = DONE) -> None:
        super().__init__(code)
        self.code = code


class After(Enum):
    """What follows a key."""

    KEYS = "wait for another"
    LOOK = "look at the stop again"
    DONE = "the command went well"


def walk(route: Route, guide: Guide) -> None:
    """Go through the list. Raises `Ended` when somebody stops before its end."""
    returned = False
    while not route.is_over:
        now = guide.look(route.here)
        if now.row is None and not returned:
            _pass_over(route, now, guide)
        else:
            guide.show(now, route.position)
            returned = _stay(route, now, guide, returned=returned)


def _pass_over(route: Route, now: Standing, guide: Guide) -> None:
    if now.stop.subject not in route.outcomes:
        guide.say(f"{now.stop.subject} no longer waits")
    route.go_on(GONE, now.mark)


def _stay(route: Route, now: Standing, guide: Guide, *, returned: bool) -> bool:
    """Stay until the stop is left or looked at again. True when somebody returned to where the walk is then."""
    keys = keys_for(now, guide.me, route.outcomes.get(now.stop.subject, ""), first=route.at == 0)
    while True:
        pressed = guide.ask(keys)
        key = keys.get(pressed.lower())
        if pressed in ENDS_INPUT or key is QUIT:
            raise Ended
        if pressed == REDRAW:
            return returned
        if key is BACK:
            route.go_back()
            return True
        if key is SKIP:
            route.go_on(SKIPPED, now.mark)
            return False
        if key is None or key is HELP:
            _explain(keys, guide, key)
            continue
        after = _act(key, now, guide)
        if after is After.DONE:
            route.came_of_it(key.outcome)
            if key.moves:
                route.go_on(key.outcome, guide.mark(now.stop))
                return False
        if after is not After.KEYS:
            return returned


def _explain(keys: dict[str, Key], guide: Guide, key: Key | None) -> None:
    if key is HELP:
        guide.explain(keys)
    else:
        guide.say("none of the keys; ? says what they mean")


def _act(key: Key, now: Standing, guide: Guide) -> After:
    """Run the command of a key, unless the stop is no longer as it was shown."""
    if key is VIEW:
        guide.run(command_of(key, now))
        return After.KEYS
    if guide.mark(now.stop) != now.mark:
        guide.say(f"{now.stop.subject} has changed since it was shown")
        return After.LOOK
    if key.confirm and not guide.confirms(key.confirm):
        return After.KEYS
    code = guide.run(command_of(key, now))
    if code in STOPPED:
        raise Ended(code)
    return {DONE: After.DONE, LookAgain.exit: After.LOOK}.get(code, After.KEYS)
