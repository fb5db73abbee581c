"""An address book is read card by card, each with its first line; what is wrong with one card is no trouble of another.

Only the lines that say something of a contact reach the library that reads them, and only after their shape was checked
here: it looks without end at some lines that belong to no card.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from owncase.errors import BadData
from owncase.exchange.source import Bounded, Source

LONGEST_LINE = 4 << 20
"""Bytes between two line ends: a photo may be one line."""

LARGEST_CARD = 64 << 10
"""Characters that one card says of a contact, photos and addresses apart."""

WANTED = frozenset(("version", "kind", "fn", "n", "org", "role", "title", "email", "tel", "begin", "end"))
HEADER = ["customer", "name", "role", "email", "phone", "left"]
VERSIONS = ("3.0", "4.0")

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_NAME = re.compile(r"(?:[A-Za-z0-9-]{1,60}\.)?([A-Za-z0-9-]{1,60})[;:]")
_VALUE = r'(?:"[^"]*"|[^";:,]*)'
_HEAD = re.compile(rf"[A-Za-z0-9.-]+(?:;[A-Za-z0-9-]+(?:={_VALUE}(?:,{_VALUE})*)?)*:")
_VERSION = re.compile(r"VERSION(?:;[^:]*)?:\s*([0-9.]{1,9})\s*", re.IGNORECASE)
LONGEST_HEAD = 1_000


class NotVCard(BadData):
    """The file is no address book, or is not UTF-8 as a whole."""


class Card(NamedTuple):
    """One card: its first line, what its cells say, and why it is no good, if it is not."""

    line: int
    cells: Mapping[str, str]
    fault: str | None = None
    mend: str = "export it as vCard 3.0 or 4.0, in UTF-8"


def cards(source: Source) -> Iterator[Card]:
    """Every card of the file. Raises `NotVCard` for what stands outside of one."""
    for line, lines, broken in _framed(source.opened(), source.name):
        text = "\r\n".join(lines)
        fault = broken or _fault(lines)
        if fault:
            yield Card(line, {}, fault)
        else:
            from owncase.exchange import vcard  # few files are address books

            yield Card(line, *vcard.read(f"{text}\r\n"))


def _framed(file: Bounded, name: str) -> Iterator[tuple[int, list[str], str | None]]:
    """The line on which each card begins, its wanted lines, unfolded, and what is wrong with its frame."""
    begins, card = 0, _Frame("")
    for number, raw in enumerate(_lines(file, name), start=1):
        text, broken = _decoded(raw)
        word = text.strip().lower()
        if begins:
            card.take(text, f"is not UTF-8 on line {number}" if broken else None)
        elif word == "begin:vcard":
            begins, card = number, _Frame(text)
        elif word:
            what = f"line {number} of {name} belongs to no card"
            raise NotVCard(what, fix="is this a vCard file? --from says the format")
        if begins and word == "end:vcard":
            yield begins, card.lines, card.fault
            begins = 0
    if begins:
        yield begins, card.lines, "never ends"


class _Frame:
    """The wanted lines of one card, as they come; beyond the limit no more of them is kept."""

    def __init__(self, first: str) -> None:
        self.lines = [first]
        self.fault: str | None = None
        self._wanted, self._size = True, 0

    def take(self, text: str, broken: str | None) -> None:
        """Keep a line if it says something of a contact, or continues one that does."""
        folded = text[:1] in (" ", "\t")
        if not folded:
            found = _NAME.match(text)
            self._wanted = found is not None and found[1].lower() in WANTED
        if not self._wanted:
            return
        self._size += len(text)
        self.fault = self.fault or broken
        if self._size > LARGEST_CARD:
            self.fault = f"says more than {LARGEST_CARD >> 10} KiB of one contact"
        elif folded:
            self.lines[-1] += text[1:]
        else:
            self.lines.append(text)


def _lines(file: Bounded, name: str) -> Iterator[bytes]:
    raw = file.readline(LONGEST_LINE + 1)
    if raw.startswith(_WIDE):
        raise NotVCard(f"{name} is UTF-16, not UTF-8", fix="save it as UTF-8")
    raw = raw.removeprefix(codecs.BOM_UTF8)
    number = 1
    while raw:
        if len(raw) > LONGEST_LINE:
            raise NotVCard(
                f"line {number} of {name} is longer than {LONGEST_LINE >> 20} MiB", fix="is this a vCard file?"
            )
        yield from raw.rstrip(b"\r\n").split(b"\r")
        number, raw = number + 1, file.readline(LONGEST_LINE + 1)


def _decoded(raw: bytes) -> tuple[str, bool]:
    """A line as text, and whether bytes of it are none."""
    try:
        return raw.decode(), False
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace"), True


def _fault(lines: list[str]) -> str | None:
    """What is wrong with a card whose frame is sound."""
    if any(line.lower().startswith("begin") for line in lines[1:]):
        return "begins another card inside"
    version = next((found[1] for line in lines if (found := _VERSION.fullmatch(line))), None)
    if version not in VERSIONS:
        return f"is vCard {version}, not 3.0 or 4.0" if version else "says no VERSION"
    for line in lines:
        head = _HEAD.match(line[:LONGEST_HEAD])
        if head is None:
            return f"holds a line that is none of a card: {line[:20]!r}"
        if "QUOTED-PRINTABLE" in head[0].upper():
            return "is quoted-printable, as in vCard 2.1, not 3.0 or 4.0"
    return None
