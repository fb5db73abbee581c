"""Fixtures for every test: a world of its own with a moving clock, and a way to run one command line in it."""

import io
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

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
