"""Lines typed before are kept in a private file for each store, so that they come back with Up in the next session.

What begins with a blank is not kept, nor what was typed just before. Without a store nothing reaches the disk.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from prompt_toolkit.history import History  # noqa: TID253 - this module is imported at a terminal alone

MOST = 2_000
"""Lines that are remembered; the file is shortened when it holds twice as many."""


class PastLines(History):
    """Earlier lines, newest first; `file` is None where nothing is to be kept."""

    def __init__(self, file: Path | None) -> None:
        super().__init__()
        self._file = file

    def append_string(self, string: str) -> None:
        """Remember a line, unless it begins with a blank, says nothing, or repeats the last one."""
        said = self.get_strings()
        if string.strip() and not string[0].isspace() and said[-1:] != [string]:
            super().append_string(string)

    def load_history_strings(self) -> Iterable[str]:
        """The lines of earlier sessions, newest first."""
        lines = self._lines()
        if len(lines) > 2 * MOST:
            self._shorten(lines[-MOST:])
        return reversed(lines[-MOST:])

    def store_string(self, string: str) -> None:
        """Add a line to the file; a disk that is full or read-only is no reason to stop anybody typing."""
        if self._file is None:
            return
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._write(self._file, string + "\n", os.O_APPEND)

    def _lines(self) -> list[str]:
        try:
            return self._file.read_text("utf-8", errors="replace").splitlines() if self._file else []
        except OSError:
            return []

    def _shorten(self, lines: list[str]) -> None:
        assert self._file is not None
        draft = self._file.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self._write(draft, "".join(f"{line}\n" for line in lines), os.O_TRUNC)
            draft.replace(self._file)

    @staticmethod
    def _write(path: Path, text: str, how: int) -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | how, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode("utf-8", "replace"))
