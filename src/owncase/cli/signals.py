"""A request to end reaches the command as an exception, so that an open transaction is rolled back on the way out."""

import signal


class Terminated(BaseException):
    """The system asked the program to end."""


def end_politely() -> None:
    """Turn SIGTERM and SIGHUP into Terminated, for this process."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _terminate)


def _terminate(number: int, frame: object) -> None:
    raise Terminated
