"""A request to end reaches the command as an exception, so that an open transaction is rolled back on the way out."""

import _thread
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

GUARDED = (("owncase.store.connection", "_authorize"), (__name__, "_not_lost"))
"""Functions in which an exception is lost: SQLite would take it for a refusal of the statement, Python drops it."""


class Terminated(BaseException):
    """The system asked the program to end."""


def end_politely() -> None:
    """Turn SIGTERM and SIGHUP into Terminated, and SIGINT into KeyboardInterrupt, for this process."""
    for number in _requests():
        signal.signal(number, _end)
    sys.unraisablehook = _not_lost


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let nobody ask again: a terminal that is closed sends SIGHUP, and its shell a second one a moment later."""
    with _answered_by(signal.SIG_IGN, _requests()):
        yield


@contextmanager
def typed_to_another() -> Iterator[None]:
    """What a terminal sends for Ctrl-C is meant for the program that has it meanwhile."""
    with _answered_by(signal.SIG_IGN, _requests("SIGINT", "SIGQUIT")):
        yield


@contextmanager
def passed_on(leave: Callable[[], None]) -> Iterator[None]:
    """Let `leave` see to it that the program ends, where an exception at any point would be lost."""
    with _answered_by(lambda number, frame: leave(), _requests("SIGTERM", "SIGHUP")):
        yield


@contextmanager
def _answered_by(handler: Any, numbers: list[int]) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number in numbers}
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)


def _requests(*names: str) -> list[int]:
    return [getattr(signal, name) for name in names or ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name)]


def _end(number: int, frame: FrameType | None) -> None:
    if _is_guarded(frame):
        _ask_again(number)
        return
    raise KeyboardInterrupt if number == signal.SIGINT else Terminated


def _not_lost(happened: Any) -> None:
    """Ask again where Python drops an exception: in a destructor, or in a callback of a weak reference."""
    if issubclass(happened.exc_type, KeyboardInterrupt | Terminated):
        _ask_again(signal.SIGINT if issubclass(happened.exc_type, KeyboardInterrupt) else signal.SIGTERM)
    else:
        sys.__unraisablehook__(happened)


def _ask_again(number: int) -> None:
    """Send this process the signal a moment later."""
    _thread.start_new_thread(signal.pthread_kill, (threading.main_thread().ident or 0, number))


def _is_guarded(frame: FrameType | None) -> bool:
    while frame is not None:
        if (frame.f_globals.get("__name__"), frame.f_code.co_name) in GUARDED:
            return True
        frame = frame.f_back
    return False
