"""What is played is cleared away whatever ends it."""

import os
import signal
from pathlib import Path

import pytest

from owncase.cli.played import thrown_away
from owncase.cli.signals import undisturbed


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


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_second_request_to_end_does_not_stop_the_clearing_away(number: int) -> None:
    """A terminal that is closed sends one, and the shell in it another."""
    before = signal.getsignal(number)
    with undisturbed():
        os.kill(os.getpid(), number)
    assert signal.getsignal(number) is before
