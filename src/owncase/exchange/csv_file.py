"""A CSV file is read as it is written or not at all: UTF-8, commas, quotes that close, and every trouble has its line.

Rows come one by one, so that a file of any size needs little memory. Lines count from 1.
"""

import codecs
import csv
import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from owncase.errors import BadData
from owncase.exchange.source import DamagedGzip

LONGEST_LINE = 1 << 20
"""Bytes between two line ends."""

LONGEST_FIELD = 131_072
"""Characters of one field."""

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


class NotUtf8(BadData):
    """The file is in another encoding than UTF-8."""


class MalformedCsv(BadData):
    """Quotes, line ends or sizes are not those of a CSV file."""


class Lines(Protocol):
    """Bytes that come line by line."""

    def readline(self, size: int, /) -> bytes: ...


class Row:
    """A row: the line on which it begins, and its cells."""

    __slots__ = ("cells", "line")

    def __init__(self, line: int, cells: list[str]) -> None:
        self.line = line
        self.cells = cells


def rows(path: Path) -> Iterator[Row]:
    """Every row that is not blank, the header first. Raises the BadData above, and OSError."""
    with _opened(path) as file:
        try:
            yield from parsed(lines(file))
        except (gzip.BadGzipFile, EOFError, zlib.error) as trouble:
            raise DamagedGzip(f"{path.name} is no whole gzip file: {trouble}", fix="get the file again") from trouble


def _opened(path: Path) -> BinaryIO:
    with open(path, "rb") as file:
        squeezed = file.read(2) == b"\x1f\x8b"
    return cast(BinaryIO, gzip.open(path, "rb")) if squeezed else open(path, "rb")


def parsed(text: Iterator[str], delimiter: str = ",") -> Iterator[Row]:
    """The rows in these lines that are not blank. Raises `MalformedCsv`."""
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(text, strict=True, delimiter=delimiter)
    begins = 1
    try:
        for cells in reader:
            if cells:
                yield Row(begins, cells)
            begins = reader.line_num + 1
    except csv.Error as trouble:
        raise _malformed(str(trouble), begins) from None


def _malformed(trouble: str, line: int) -> MalformedCsv:
    if "field limit" in trouble:
        what = f"has a field of more than {LONGEST_FIELD:,} characters"
        return MalformedCsv(f"line {line}: the row {what}", fix="is a quote opened there that never closes?")
    if "end of data" in trouble:
        return MalformedCsv(f"line {line}: a quote is opened and never closed", fix='close it; a quote inside is ""')
    if "new-line" in trouble:
        return MalformedCsv(f"line {line}: a line ends in a carriage return alone", fix="end lines with a line feed")
    return MalformedCsv(f"line {line}: {trouble}", fix='write a quote inside a quoted field as ""')


def lines(file: Lines) -> Iterator[str]:
    """The lines of a file with their ends, a byte order mark apart. Raises `NotUtf8`, `MalformedCsv`."""
    number, raw = 1, file.readline(LONGEST_LINE + 1)
    if raw.startswith(_WIDE):
        raise NotUtf8("the file is UTF-16, not UTF-8", fix="save it as CSV UTF-8")
    raw = raw.removeprefix(codecs.BOM_UTF8)
    while raw:
        if len(raw) > LONGEST_LINE:
            raise MalformedCsv(f"line {number} is longer than {LONGEST_LINE:,} bytes", fix="is this a CSV file?")
        if b"\0" in raw:
            raise NotUtf8(f"line {number} holds a NUL character", fix="if the file is UTF-16, save it as CSV UTF-8")
        try:
            yield raw.decode()
        except UnicodeDecodeError as error:
            raise NotUtf8(
                f"line {number} is not UTF-8 at byte {error.start + 1}",
                fix="save it as CSV UTF-8; from Latin-1: iconv -f LATIN1 -t UTF-8 OLD.csv > NEW.csv",
            ) from None
        number, raw = number + 1, file.readline(LONGEST_LINE + 1)
