"""Writers wait for each other in line, first come first served, on a lock file beside the store.

SQLite alone decides what is written; the queue only makes waiting fair and short. The lock is the kernel's, so a killed
writer leaves none behind. The file's text (process, OS user, command) is advice for people, never trusted.
"""

import fcntl
import os
import signal
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from owncase.errors import Busy
from owncase.store.new_copy import TargetExists, draft_of, put_in_place
from owncase.store.place import UnsafePlace
from owncase.store.sharing import give, give_to_owner, group_of, lock_of, to_move_away

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
    descriptor = _first_in_line(lock_of(store), store, seconds)
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()} {who}\n".encode()[:500], 0)
        yield
    finally:
        os.close(descriptor)


def _first_in_line(path: Path, store: Path, seconds: float) -> int:
    """The lock, held. One that was removed meanwhile keeps nobody out: then the wait is for the one there is now."""
    while True:
        descriptor = opened(path, store)
        try:
            _wait(descriptor, path, seconds)
            if is_there(descriptor, path):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def is_there(descriptor: int, path: Path) -> bool:
    """Whether this is still the lock at that place."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.lstat(path))
    except FileNotFoundError:
        return False


def opened(path: Path, store: Path) -> int:
    """A lock beside a store, made where it is missing. Raises `UnsafePlace`."""
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
    if os.path.lexists(path) and not stat.S_ISREG(os.lstat(path).st_mode):
        raise UnsafePlace(f"{path} is in the place of the store's lock, and no plain file", fix=to_move_away(path))
    try:
        return os.open(path, flags)
    except FileNotFoundError:
        make_lock(store, path)
        return os.open(path, flags)


def make_lock(store: Path, path: Path | None = None) -> None:
    """Make the store's lock, or another one beside it: 0600, or the group's that may write the store.

    It appears as it shall be: others wait for it.
    """
    path, gid = path or lock_of(store), group_of(store)
    if gid is None:
        with suppress(FileExistsError):
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            descriptor = os.open(path, flags, 0o600)
            give_to_owner(descriptor, store)
            os.close(descriptor)
        return
    with draft_of(path) as draft, suppress(TargetExists):
        give(draft, store, gid)
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
    try:
        _until_woken(descriptor, seconds)
    except _TooLong:
        holder = " ".join(os.pread(descriptor, 500, 0).decode("utf-8", "replace").split())
        raise Queue(
            f"the store has been held for {seconds:.0f} s by process {holder or 'unknown'}",
            fix="try again, or end that process",
        ) from None


def _until_woken(descriptor: int, seconds: float) -> None:
    before = signal.signal(signal.SIGALRM, _wake)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _wake(_number: int, _frame: FrameType | None) -> None:
    raise _TooLong
