"""Bytes come from a file or from stdin, unzipped, never beyond a limit, and can be read from the beginning again."""

import gzip
import io
import os
import stat
import zlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, BinaryIO, TextIO, cast
from weakref import finalize

from owncase.errors import BadData, NotFound

LARGEST = 256 << 20
"""Bytes of a file once unzipped."""

CHUNK = 1 << 16
_GZIP = b"\x1f\x8b"


class TooLarge(BadData):
    """The file, or what comes from stdin, goes on beyond the limit."""


class DamagedGzip(BadData):
    """The compressed file is cut off or damaged."""


class NotAFile(NotFound):
    """A folder was named where a file is needed."""


class Source:
    """A named file, or stdin for `-`. What cannot be read twice (a pipe) is kept in a nameless file meanwhile."""

    def __init__(self, path: str, stdin: TextIO) -> None:
        self.name = "stdin" if path == "-" else Path(path).name
        self.suffix = "" if path == "-" else Path(self.name.lower().removesuffix(".gz")).suffix
        self._raw = self._kept(_bytes_of(stdin)) if path == "-" else self._of_file(path)
        finalize(self, self._raw.close)

    def opened(self) -> "Bounded":
        """The bytes from the beginning."""
        self._raw.seek(0)
        squeezed = self._raw.read(len(_GZIP)) == _GZIP
        self._raw.seek(0)
        file = cast(BinaryIO, gzip.GzipFile(fileobj=self._raw, mode="rb")) if squeezed else self._raw
        return Bounded(file, self.name)

    def _of_file(self, path: str) -> IO[bytes]:
        if os.path.isdir(path):
            raise NotAFile(f"{path} is a folder", fix="name a file in it")
        file = open(path, "rb")  # noqa: SIM115 - the source closes it
        if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return file
        with file:
            return self._kept(file)

    def _kept(self, file: IO[bytes]) -> IO[bytes]:
        bounded = Bounded(file, self.name)
        kept = cast(IO[bytes], TemporaryFile())  # noqa: SIM115 - the source closes it
        try:
            while chunk := bounded.read(CHUNK):
                kept.write(chunk)
        except BaseException:
            kept.close()
            raise
        return kept


class Bounded:
    """A file to be read only so far. Raises `TooLarge` beyond the limit, `DamagedGzip` for what cannot be unzipped."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file = file
        self._name = name
        self._left = LARGEST

    def read(self, size: int) -> bytes:
        """At most so many bytes; none at the end."""
        return self._counted(self._file.read, size)

    def readline(self, size: int) -> bytes:
        """The rest of a line, at most so many bytes of it; none at the end."""
        return self._counted(self._file.readline, size)

    def _counted(self, reading: Callable[[int], bytes], size: int) -> bytes:
        try:
            found = reading(size)
        except (gzip.BadGzipFile, EOFError, zlib.error) as trouble:
            raise DamagedGzip(f"{self._name} is no whole gzip file: {trouble}", fix="get the file again") from trouble
        self._left -= len(found)
        if self._left < 0:
            raise TooLarge(f"{self._name} is larger than {LARGEST >> 20} MiB", fix="split it into smaller files")
        return found


def _bytes_of(stdin: TextIO) -> IO[bytes]:
    """The bytes behind stdin; a stream of text alone has them from its text."""
    buffer = getattr(stdin, "buffer", None)
    return cast(IO[bytes], buffer) if buffer else io.BytesIO(stdin.read().encode("utf-8", "surrogateescape"))
