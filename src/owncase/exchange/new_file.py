"""A file is written beside its place under another name, private, down to the disk, and only then takes its name."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

CHUNK = 1 << 16


class NewFile:
    """A draft of a file. `keep` gives it its name, replacing what has it; `drop` removes a draft that was not kept."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.draft = target.with_name(f".{target.name}.{os.getpid()}.new")
        self._descriptor = os.open(self.draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)

    @contextmanager
    def text(self) -> Iterator[TextIO]:
        """The draft to write into, as UTF-8, line ends as they are; afterwards it is on the disk."""
        with os.fdopen(self._descriptor, "w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())

    def equals(self, other: Path) -> bool:
        """Whether another file holds the same bytes."""
        if not other.is_file() or other.stat().st_size != self.draft.stat().st_size:
            return False
        with open(self.draft, "rb") as mine, open(other, "rb") as its:
            return all(chunk == its.read(CHUNK) for chunk in iter(lambda: mine.read(CHUNK), b""))

    def keep_new(self) -> None:
        """Take the name, if nothing has it. Raises FileExistsError."""
        os.link(self.draft, self.target)
        self._settle()

    def keep(self) -> None:
        """Take the name, whatever had it."""
        os.replace(self.draft, self.target)
        self._settle()

    def _settle(self) -> None:
        folder = os.open(self.target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def drop(self) -> None:
        """Remove the draft, if it was not kept."""
        with suppress(FileNotFoundError):
            os.unlink(self.draft)
