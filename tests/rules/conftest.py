"""Four people who keep the rules or try not to: three at their own keyboards, and one who has none."""

import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

Run = Callable[..., Any]

SETTING_UP: tuple[tuple[str, ...], ...] = (
    ("init", "--me", "rob", "--name", "Rob Hale"),
    ("person", "add", "dana", "--name", "Dana Cole", "--login", "dana", "--manager", "rob"),
    ("person", "add", "carol", "--name", "Carol Ines", "--login", "carol", "--manager", "dana"),
    ("person", "add", "eve", "--name", "Eve Moss"),
    ("customer", "add", "norfolk", "--name", "Norfolk Freight", "--second", "carol"),
    ("customer", "handoff", "norfolk", "--to", "dana"),
)


class Somebody:
    """A person at their own keyboard: call it with the words of a command line."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def __call__(self, *words: str, **facts: Any) -> Any:
        """Run a command line and give exit code, stdout and stderr."""
        return self._run(*words, **facts)

    def does(self, *words: str, **facts: Any) -> list[str]:
        """Run what must succeed, and give the lines of the answer."""
        done = self._run(*words, **facts)
        assert done.exit == 0, (words, done.stderr)
        lines: list[str] = done.stdout.splitlines()
        return lines

    def asks(self, *words: str) -> Any:
        """Run what must succeed with `--json`, and give the answer."""
        return json.loads("\n".join(self.does(*words, "--json")))

    def is_told(self, code: int, *words: str, **facts: Any) -> str:
        """Run what must end with this exit code and print no answer; give the one line said instead."""
        done = self._run(*words, **facts)
        assert (done.exit, done.stdout) == (code, ""), (words, done)
        line, *more = done.stderr.splitlines()
        assert not more, done.stderr
        said: str = line.removeprefix("owncase: ")
        return said


class People(NamedTuple):
    """Dana owns the account norfolk and reports to Rob; Carol is its second and reports to Dana."""

    rob: Somebody
    dana: Somebody
    carol: Somebody

    def case(self, number: int = 1) -> Any:
        """A case as scripts see it."""
        return self.rob.asks("show", str(number))

    def kinds(self, number: int = 1) -> list[str]:
        """What happened in a case, in order."""
        return [event["kind"] for event in self.rob.asks("history", str(number))]


@pytest.fixture(scope="session")
def set_up() -> dict[str, Path]:
    """Where the store was set up first, so that every test but one only copies it."""
    return {}


@pytest.fixture
def people(run: Run, clock: Any, tmp_path: Path, set_up: dict[str, Path]) -> People:
    """Rob (login rob, who made the store), Dana, Carol, Eve (no login), and norfolk, as commands set them up."""
    people = People(*(Somebody(partial(run, os_user=login)) for login in ("rob", "dana", "carol")))
    if "home" in set_up:
        shutil.copytree(set_up["home"], tmp_path / "home", dirs_exist_ok=True)
    else:
        for words in SETTING_UP:
            people.rob.does(*words)
        people.dana.does("ack", "norfolk")
        set_up["home"] = Path(shutil.copytree(tmp_path / "home", tmp_path.parent / f"{tmp_path.name}-set-up"))
    clock.set("2026-11-23T09:00:20Z")
    return people


@pytest.fixture
def opened(people: People) -> People:
    """The same, and case 1 of norfolk, which Rob opened and keeps."""
    people.rob.does("open", "Drives fail", "-c", "norfolk", "-n", "Call Pat", "-d", "fri 15:00", "--keep")
    return people


@pytest.fixture
def offered(opened: People) -> People:
    """The same, and case 1 is on offer to Dana."""
    opened.rob.does("handoff", "1", "--to", "dana", "--note", "Pat is in until noon")
    return opened
