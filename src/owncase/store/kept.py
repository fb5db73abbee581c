"""One connection stays open between questions; whatever may have changed under it is looked at again each time.

A place that holds another file by now, or none, is opened anew with every check. The kept connection pins its own file,
so that a file which was put in its place cannot have the same number.
"""

import os
import sqlite3
from pathlib import Path

from owncase.store import heads
from owncase.store.connection import check_group, check_version, connect, is_current
from owncase.store.place import is_local, private_file
from owncase.store.reader import Reader


class Lent(Reader):
    """A reader that somebody else closes."""

    def close(self) -> None:
        """Leave the store open for the next question."""


class KeptReader:
    """Opens a store once and lends it out for each question."""

    def __init__(self) -> None:
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[Path, int, int] | None = None

    def lend(self, path: Path, heads_folder: Path) -> Reader:
        """The store at this path, as sound as one just opened. Raises as `open_reader` does."""
        place = private_file(path)
        try:
            return Lent(self._compared(place, heads_folder))
        except sqlite3.Error:
            self.close()  # such as a write that somebody left half done, which opening rolls back
            return Lent(self._compared(place, heads_folder))

    def close(self) -> None:
        """Let go of the store."""
        if self._connection is not None:
            self._connection.close()
        self._connection = self._file = None

    def _compared(self, place: Path, heads_folder: Path) -> sqlite3.Connection:
        connection = self._opened(place)
        heads.compare(connection, heads_folder)
        return connection

    def _opened(self, place: Path) -> sqlite3.Connection:
        facts = os.stat(place)
        file = (place, facts.st_dev, facts.st_ino)
        if self._connection is not None and file == self._file:
            check_version(self._connection, place)
            is_current(self._connection, place)
            check_group(self._connection, place)
            return self._connection
        self.close()
        is_local(place)
        self._connection = connect(place, readonly=True)
        is_current(self._connection, place)
        self._file = file
        return self._connection
