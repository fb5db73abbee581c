"""Writers wait for each other in line, first come first served, on a lock file beside the store.

SQLite alone decides what is written; the queue only makes waiting fair and short. The lock is the kernel's, so a killed
writer leaves none behind. The file's text (process, OS user, command) is advice for people, never trusted.
"""

import fcntl
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from owncase.errors import Busy
from owncase.store.new_copy import TargetExists, draft_of, put_in_place
from owncase.store.sharing import give, group_of, lock_of

WAIT_SECONDS = 60.0


class Queue(Busy):
    """Somebody holds the store for too long."""

    @property
    def code(self) -> str:
        """The stable name."""
        return "store-busy"


class _TooLong(Exception):
    pass


@contextmanager
def in_line(store: Path, *, who: str, seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the store's queue. Raises `Queue` (exit 75) when it is not free within `seconds`."""
    path = lock_of(store)
    descriptor = _opened(path, store)
    try:
        _wait(descriptor, path, seconds)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()} {who}\n".encode()[:500], 0)
        yield
    finally:
        os.close(descriptor)


def _opened(path: Path, store: Path) -> int:
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        return os.open(path, flags)
    except FileNotFoundError:
        make_lock(store)
        return os.open(path, flags)


def make_lock(store: Path) -> None:
    """Make the lock 0600, or the group's that may write the store. It appears as it shall be: others wait for it."""
    path, gid = lock_of(store), group_of(store)
    if gid is None:
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
        return
    with draft_of(path) as draft, suppress(TargetExists):
        give(draft, gid)
        put_in_place(draft, path, replacing=False)


def _wait(descriptor: int, path: Path, seconds: float) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return
    except BlockingIOError:
        pass
    if threading.current_thread() is not threading.main_thread():
        fcntl.flock(descriptor, fcntl.LOCK_EX)  # only the main thread can be woken by a timer
        return
    before = signal.signal(signal.SIGALRM, _wake)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except _TooLong:
        holder = " ".join(os.pread(descriptor, 500, 0).decode("utf-8", "replace").split())
        raise Queue(
            f"the store has been held for {seconds:.0f} s by process {holder or 'unknown'}",
            fix="try again, or end that process",
        ) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _wake(_number: int, _frame: FrameType | None) -> None:
    raise _TooLong
