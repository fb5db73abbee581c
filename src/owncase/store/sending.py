"""Only one process at a time sends what waits in a store, so that nothing is sent by two at once.

The lock is the kernel's, held while sending and by nobody else; its file is there only meanwhile.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from owncase.errors import Busy
from owncase.store import place
from owncase.store.queue import is_there, opened


class SendsAlready(Busy):
    """Another process is sending what waits in this store."""


@contextmanager
def sending(store: Path) -> Iterator[None]:
    """Hold the right to send. Raises `SendsAlready` at once (exit 75) where somebody has it."""
    pinned = place.existing(store)
    path = pinned.with_name(f"{pinned.name}.sending")
    descriptor = _held(path, pinned)
    try:
        yield
    finally:
        with suppress(OSError):
            os.unlink(path)
        os.close(descriptor)


def _held(path: Path, store: Path) -> int:
    """The lock, held. One that its holder has removed meanwhile keeps nobody out."""
    while True:
        descriptor = opened(path, store)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if is_there(descriptor, path):
                return descriptor
        except BlockingIOError:
            os.close(descriptor)
            raise SendsAlready(
                "another process is sending what waits in this store", fix="owncase outbox list, and then send"
            ) from None
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
