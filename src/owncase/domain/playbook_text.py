"""A playbook is Markdown under front matter between lines of `+++`: what is done in a known situation, step by step.

Reading one is pure, and whatever is wrong with it is named by its line or its step.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

from owncase.domain import text
from owncase.domain.when import BadWhen, parse_when
from owncase.domain.worktime import DEFAULT_HOURS
from owncase.errors import BadData

FENCE = "+++"
MOST_STEPS = 50
MOST_TOPICS = 20
_ENTRIES, _OF_STEP = ("key", "title", "topics", "steps"), ("action", "due", "safe")
_MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""A working morning, from which a due is tried."""
_EXAMPLE = '[[steps]] action = "Call the customer back", due = "+4h"'

T = TypeVar("T")


class NoFrontMatter(BadData):
    """A playbook begins with front matter, and that ends."""


class FrontMatterUnreadable(BadData):
    """The front matter is TOML."""


class UnknownEntry(BadData):
    """The front matter says something that no playbook says."""


class EntryMissing(BadData):
    """A playbook has a key, a title and steps; a step an action and a due."""


class WrongEntry(BadData):
    """An entry is of another sort than it has to be."""


class TooManySteps(BadData):
    """A playbook that nobody can keep in mind is none."""


class DueNotAhead(BadData):
    """A step is due some time after it becomes the next one, whenever that is."""


class Step(NamedTuple):
    """What is done, by when from then on, and whether anybody may do it."""

    action: str
    due: str
    safe: bool = False


class Written(NamedTuple):
    """A playbook as it was written: `body` is all of it, `prose` what follows the front matter."""

    key: str
    title: str
    topics: tuple[str, ...]
    steps: tuple[Step, ...]
    prose: str
    body: str


def read(source: str) -> Written:
    """Read a playbook. Raises the first of its `problems`."""
    reading = _Reading()
    found = _read(reading, source)
    if reading.problems:
        raise reading.problems[0]
    assert found is not None
    return found


def problems(source: str) -> list[BadData]:
    """Everything that is wrong with a playbook."""
    reading = _Reading()
    _read(reading, source)
    return reading.problems


class _Reading:
    """Goes on after a problem, so that all of them are found at once."""

    def __init__(self) -> None:
        self.problems: list[BadData] = []

    def take(self, act: Callable[..., T], *of: Any) -> T | None:
        try:
            return act(*of)
        except BadData as problem:
            self.problems.append(problem)
            return None


def _read(reading: _Reading, source: str) -> Written | None:
    body = reading.take(text.prose, source.removeprefix("\ufeff").replace("\r\n", "\n"), "playbook")
    parts = None if body is None else reading.take(_parts, body)
    said = None if parts is None else reading.take(_toml, parts[0])
    if body is None or parts is None or said is None:
        return None
    reading.take(_knows, said, _ENTRIES, "the front matter")
    key = reading.take(_key, said)
    title = reading.take(_line, said, "title", "the front matter")
    topics = reading.take(_topics, said)
    steps = [_step(reading, n, one) for n, one in enumerate(reading.take(_steps, said) or (), start=1)]
    if reading.problems or key is None or title is None or topics is None:
        return None
    return Written(key, title, topics, tuple(filter(None, steps)), parts[1], body)


def _parts(body: str) -> tuple[str, str]:
    lines = body.split("\n")
    if lines[0].rstrip() != FENCE:
        raise NoFrontMatter(f"line 1 is not {FENCE}", fix=f"begin with front matter between two lines of {FENCE}")
    for place, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            return "".join(f"{one}\n" for one in lines[1:place]), "\n".join(lines[place + 1 :]).strip("\n")
    raise NoFrontMatter(
        f"the front matter of line 1 does not end: no second {FENCE}", fix=f"end it with a line {FENCE}"
    )


def _toml(front: str) -> dict[str, Any]:
    import tomllib  # a read of anything but a playbook needs none

    try:
        return tomllib.loads(front)
    except (tomllib.TOMLDecodeError, RecursionError) as trouble:
        found = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", str(trouble))
        where = (
            f"line {int(found[2]) + 1}, column {found[3]}" if found and found[2] else "at the end of the front matter"
        )
        what = found[1] if found else "it is cut short, or nested too deeply"
        raise FrontMatterUnreadable(f"{where}: {what}", fix=f"front matter is TOML: {_EXAMPLE}") from None


def _knows(said: Mapping[str, Any], entries: tuple[str, ...], where: str) -> None:
    if unknown := [name for name in said if name not in entries]:
        raise UnknownEntry(f"{where}: nothing is called {unknown[0][:40]!r}", fix=f"there are {', '.join(entries)}")


def _words(said: Mapping[str, Any], name: str, where: str) -> str:
    if name not in said:
        raise EntryMissing(f"{where} has no {name}", fix=f'write {name} = "…"')
    if not isinstance(said[name], str):
        raise WrongEntry(f"{where}: {name} is no text", fix=f'write {name} = "…"')
    return str(said[name])


def _line(said: Mapping[str, Any], name: str, where: str) -> str:
    return text.one_line(_words(said, name, where), f"{where}: {name}")


def _key(said: Mapping[str, Any]) -> str:
    return text.handle(_words(said, "key", "the front matter"), "the key")


def _topics(said: Mapping[str, Any]) -> tuple[str, ...]:
    topics = said.get("topics", [])
    if not isinstance(topics, list) or not all(isinstance(topic, str) for topic in topics) or len(topics) > MOST_TOPICS:
        raise WrongEntry(f"topics is no list of at most {MOST_TOPICS} texts", fix='write topics = ["delivery"]')
    return tuple(dict.fromkeys(text.handle(topic, "a topic") for topic in topics))


def _steps(said: Mapping[str, Any]) -> list[Any]:
    steps = said.get("steps")
    if not isinstance(steps, list) or not steps:
        raise EntryMissing("the front matter has no steps", fix=f"write {_EXAMPLE}")
    if len(steps) > MOST_STEPS:
        raise TooManySteps(f"{len(steps)} steps, at most {MOST_STEPS} fit", fix="make two playbooks of it")
    return steps


def _step(reading: _Reading, n: int, said: Any) -> Step | None:
    where = f"step {n}"
    if not isinstance(said, dict):
        reading.problems.append(WrongEntry(f"{where} is no table", fix=f"write {_EXAMPLE}"))
        return None
    reading.take(_knows, said, _OF_STEP, where)
    action, due = reading.take(_action, said, where), reading.take(_due, said, where)
    safe = said.get("safe", False)
    if not isinstance(safe, bool):
        reading.problems.append(WrongEntry(f"{where}: safe is neither true nor false", fix="write safe = true"))
    return None if action is None or due is None else Step(action, due, safe is True)


def _action(said: Mapping[str, Any], where: str) -> str:
    action = _line(said, "action", where)
    if not text.has_words(action):
        raise WrongEntry(f"{where}: action says nothing", fix="say what is done in words")
    return action


def _due(said: Mapping[str, Any], where: str) -> str:
    due = _words(said, "due", where).strip().lower()
    try:
        moment = parse_when(due, now=_MORNING, zone=UTC, hours=DEFAULT_HOURS)
    except BadWhen as problem:
        raise DueNotAhead(f"{where}: due: {problem.message}", fix="write +4h, +1bd or eod") from None
    if moment <= _MORNING or re.match(r"\d{4}-", due):
        raise DueNotAhead(f"{where}: due {due!r} is not some time after the step before", fix="write +4h, +1bd or eod")
    return due
