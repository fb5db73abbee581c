"""What is played is cleared away whatever ends it."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from owncase.cli.played import thrown_away
from owncase.cli.signals import Terminated, undisturbed


def test_the_folder_goes_also_when_the_story_is_interrupted() -> None:
    def interrupted() -> None:
        with thrown_away("owncase-test-") as folder:
            folders.append(folder)
            (folder / "team.db").touch()
            raise KeyboardInterrupt

    folders: list[Path] = []
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not folders[0].exists()


@pytest.mark.parametrize("asked", [KeyboardInterrupt, Terminated])
def test_who_asks_for_an_end_during_a_played_command_ends_the_story(
    asked: type[BaseException], run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(*_: object, **__: object) -> NoReturn:
        raise asked

    monkeypatch.setattr("owncase.actions.make_store.make_store", end)
    assert run("demo").exit == {KeyboardInterrupt: 130, Terminated: 143}[asked]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_second_request_to_end_does_not_stop_the_clearing_away(number: int) -> None:
    """A terminal that is closed sends one, and the shell in it another."""
    before = signal.getsignal(number)
    with undisturbed():
        os.kill(os.getpid(), number)
    assert signal.getsignal(number) is before
