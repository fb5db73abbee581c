"""Fixtures for every test: a world of its own with a moving clock, and a way to run one command line in it."""

import io
import json
import os
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from owncase.bootstrap import World

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday morning."""


class Clock:
    """Starts on Monday 2026-11-23 at 09:00 UTC, moves on one second each time it is read, and by hand."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def move(self, **by: float) -> None:
        """Move on, as in `clock.move(days=1, hours=2)`."""
        self.at += timedelta(**by)

    def set(self, moment: str) -> None:
        """Go to a moment such as `2026-11-27T15:00:00Z`."""
        self.at = datetime.fromisoformat(moment).astimezone(UTC)


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Outcome(NamedTuple):
    """What a command line answered."""

    exit: int
    stdout: str
    stderr: str


SCHEMAS = {
    file.name: json.loads(file.read_text("utf-8"))
    for file in (Path(__file__).parents[1] / "docs" / "reference" / "schemas").glob("*.json")
}
REGISTRY: Any = Registry().with_resources([(name, Resource.from_contents(body)) for name, body in SCHEMAS.items()])


@pytest.fixture
def problems() -> Callable[[str, Any], list[str]]:
    """What an answer is not, that its schema says it is: `problems("case", answer)`."""

    def found(name: str, answer: Any) -> list[str]:
        validator = Draft202012Validator(SCHEMAS[f"{name}.json"], registry=REGISTRY)
        return [error.message for error in validator.iter_errors(answer)]

    return found


@pytest.fixture(autouse=True)
def _no_real_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever looks at the real environment all the same finds nothing of the developer's."""
    for name in [name for name in os.environ if name.startswith(("OWNCASE_", "_OWNCASE"))]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "home" / name.lower()))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "etc"))
    (tmp_path / "home").mkdir()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(tmp_path: Path, clock: Clock) -> Callable[..., World]:
    """Make a world: `world(os_user="dana", terminal=True, stdin="yes", environ={"NO_COLOR": "1"})`."""

    def make(
        *, os_user: str = "ada", terminal: bool = False, stdin: str = "", environ: Mapping[str, str] | None = None
    ) -> World:
        stream = Screen if terminal else io.StringIO
        home = tmp_path / "home"
        return World(
            environ={"HOME": str(home), "XDG_CONFIG_DIRS": str(tmp_path / "etc"), **(environ or {})},
            home=home,
            os_user=os_user,
            clock=clock,
            local_zone=lambda: "UTC",
            stdin=stream(stdin),
            stdout=stream(),
            stderr=stream(),
        )

    return make


@pytest.fixture
def run(world: Callable[..., World]) -> Callable[..., Outcome]:
    """Run one command line: `run("show", "42", os_user="dana")` gives exit code, stdout and stderr."""
    from owncase.cli.main import run as run_in

    def runner(*words: str, **facts: object) -> Outcome:
        at = world(**facts)
        code = run_in(list(words), at)
        return Outcome(code, at.stdout.getvalue(), at.stderr.getvalue())  # type: ignore[attr-defined]

    return runner


@pytest.fixture(scope="session")
def team_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with rob, dana and carol, made once; tests work on copies of it.

    rob made it and answers for acme; dana, his manager, answers for norfolk, of which carol is the second; carol is
    dana's manager and has no login. rob is in Berlin, dana in New York, carol in London.
    """
    from owncase import bootstrap
    from owncase.actions.add_customer import add_customer
    from owncase.actions.add_person import add_person
    from owncase.actions.edit_person import edit_person
    from owncase.actions.make_store import make_store

    home = tmp_path_factory.mktemp("team")

    def desk(user: str) -> bootstrap.Desk:
        streams = (io.StringIO(), io.StringIO(), io.StringIO())
        at = World({"HOME": str(home)}, home, user, lambda: START, lambda: "UTC", *streams)
        return bootstrap.desk(at, bootstrap.settings(at))

    make_store(desk("rob"), {"handle": "rob", "name": "Rob Hale", "zone": "Europe/Berlin"})
    add_person(desk("rob"), {"handle": "carol", "name": "Carol Ames", "zone": "Europe/London"})
    dana = {"handle": "dana", "name": "Dana Ortiz", "zone": "America/New_York", "login": "dana", "manager": "carol"}
    add_person(desk("rob"), dana)
    edit_person(desk("rob"), "rob", {"manager": "dana"})
    add_customer(desk("dana"), {"key": "norfolk", "name": "Norfolk Shipping", "second": "carol"})
    add_customer(desk("rob"), {"key": "acme", "name": "Acme Tools"})
    return desk("rob").store


@pytest.fixture
def team(run: Callable[..., Outcome], team_store: Path, tmp_path: Path) -> Callable[..., Outcome]:
    """Run a command line in the team's store: `team("ack", "1", by="dana")`. rob acts unless `by` names another."""
    store = tmp_path / "team.db"
    shutil.copyfile(team_store, store)
    store.chmod(0o600)

    def runner(*words: str, by: str = "rob", **facts: object) -> Outcome:
        speaks = ("--as", by) if by == "carol" else ()
        return run("--store", str(store), *speaks, *words, os_user="rob" if speaks else by, **facts)

    return runner
