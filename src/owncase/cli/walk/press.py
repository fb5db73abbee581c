"""One key at a time, without Enter. The terminal is changed only while a key is awaited, and always put back."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TextIO

MOST = 64
"""Bytes that are taken together: an arrow key sends several, and pasted text is no key at all."""


def press(stdin: TextIO, offer: Callable[[], None]) -> str:
    """The key that was pressed, or whatever came at once with it; empty at the end of the input.

    `offer` shows the keys, again after a pause. Where stdin is no device a line counts as its first character.
    """
    device = _device(stdin)
    if device is None:
        offer()
        return stdin.readline()[:1]
    with _single_keys(device, offer):
        offer()
        try:
            return os.read(device, MOST).decode("utf-8", "replace")
        except OSError:
            return ""  # the terminal is gone


def _device(stdin: TextIO) -> int | None:
    if sys.platform == "win32":
        return None
    import termios  # not on Windows

    try:
        device = stdin.fileno()
        termios.tcgetattr(device)
    except (OSError, ValueError, termios.error):
        return None
    return device


@contextmanager
def _single_keys(device: int, offer: Callable[[], None]) -> Iterator[None]:
    """Characters come one by one and are not shown; what was typed ahead of the offer is thrown away.

    Ctrl-Z puts the terminal back while the program is stopped.
    """
    import termios

    before = termios.tcgetattr(device)

    def pause(number: int, frame: FrameType | None) -> None:
        termios.tcsetattr(device, termios.TCSADRAIN, before)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)  # stops here until it is continued
        signal.signal(number, pause)
        _take_keys(device)
        offer()

    handled = signal.signal(signal.SIGTSTP, pause)
    try:
        _take_keys(device)
        yield
    finally:
        termios.tcsetattr(device, termios.TCSADRAIN, before)
        signal.signal(signal.SIGTSTP, handled)


def _take_keys(device: int) -> None:
    import termios
    import tty

    tty.setcbreak(device)
    modes = termios.tcgetattr(device)
    modes[6][termios.VQUIT] = bytes([os.fpathconf(device, "PC_VDISABLE")])  # Ctrl-\ would leave the terminal like this
    termios.tcsetattr(device, termios.TCSANOW, modes)
