"""A stream of JSON is cut into its objects, so that one at a time is held; what stands between them is checked here.

Arrays may follow each other, as tools write that fetch page by page. What is inside an object, the decoder checks.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from owncase.errors import BadData

DEEPEST = 64
LONGEST_OBJECT = 32 << 20
LONGEST_TEXT = 131_072
_TOKEN = re.compile(r'[{}\[\]]|"(?:[^"\\]++|\\.)*+"?', re.DOTALL)


class MalformedJson(BadData):
    """This is not JSON, or not a list of objects, or it says two things at once."""


class Piece(NamedTuple):
    """The text of one object, the line on which it begins, and whether it stands in an array."""

    line: int
    text: str
    in_array: bool


def pieces(texts: Iterator[str]) -> Iterator[Piece]:
    """The objects in a stream of text, in order. Raises `MalformedJson` with the line for anything else."""
    return _Cutter(texts).pieces()


class _Cutter:
    """`text` is what was read, `gap` where the last object ended, `line` which line that is, `done` what was seen."""

    def __init__(self, texts: Iterator[str]) -> None:
        self.texts = texts
        self.text = ""
        self.line = 1
        self.gap = 0
        self.done = 0
        self.array: int | None = None

    def pieces(self) -> Iterator[Piece]:
        while (found := self._token()) is not None:
            mark = found.group()
            if mark == "{":
                yield self._piece(found.start())
            elif mark == "[" and self.array is None:
                self._between(found.start(), "")
                self.array = 0
            elif mark == "]" and self.array is not None:
                self._between(found.start(), "")
                self.array = None
            else:
                raise self._trouble(found.start(), f"{mark[:20]!a} stands where an object belongs")
            self.line += self.text.count("\n", self.gap, self.done)
            self.gap = self.done
        self._between(len(self.text), "")
        if self.array is not None:
            raise self._trouble(len(self.text), "the array does not end")

    def _piece(self, start: int) -> Piece:
        self._between(start, "," if self.array else "")
        before = start - self.gap  # reading on moves everything to the front
        depth = 1
        while depth:
            found = self._token()
            if found is None:
                raise self._trouble(self.gap + before, "the object that begins there does not end")
            depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(found.group(), 0)
            if depth > DEEPEST:
                raise self._trouble(found.start(), f"the object is more than {DEEPEST} levels deep")
        if self.array is not None:
            self.array += 1
        start = self.gap + before
        line = self.line + self.text.count("\n", self.gap, start)
        return Piece(line, self.text[start : self.done], self.array is not None)

    def _token(self) -> re.Match[str] | None:
        """The next bracket or whole string, reading on as far as it takes."""
        while True:
            found = _TOKEN.search(self.text, self.done)
            if found and found.end() - found.start() > LONGEST_TEXT:
                raise self._trouble(found.start(), f"a text has more than {LONGEST_TEXT:,} characters")
            if found and not _is_cut(found.group()):
                self.done = found.end()
                return found
            self.done = found.start() if found else len(self.text)
            if not self._read_on():
                if found:
                    raise self._trouble(self.done, "a quote is opened and never closed")
                return None

    def _read_on(self) -> bool:
        """Forget what is done with, and take in as much again as is left, so that a long object is not copied often."""
        left = self.text[self.gap :]
        if len(left) > LONGEST_OBJECT:
            raise self._trouble(self.gap, f"an object has more than {LONGEST_OBJECT >> 20} MiB")
        more, size = [left], 0
        for text in self.texts:
            more.append(text)
            size += len(text)
            if size >= len(left):
                break
        self.text = "".join(more)
        self.done -= self.gap
        self.gap = 0
        return size > 0

    def _between(self, until: int, wanted: str) -> None:
        found = self.text[self.gap : until].strip(" \t\r\n")
        if found != wanted:
            at = self.text.index(found, self.gap) if found else until
            what = f"{found[:20]!a} stands between objects" if found else "a comma is missing"
            raise self._trouble(at, what)

    def _trouble(self, at: int, what: str) -> MalformedJson:
        line = self.line + self.text.count("\n", self.gap, at)
        return MalformedJson(f"line {line}: {what}", fix="give an array of objects, or one object on each line")


def _is_cut(token: str) -> bool:
    """Whether a string has not been read to its end; an escaped quote is no end."""
    if token[0] != '"':
        return False
    inner = token[1:-1]
    return len(token) == 1 or token[-1] != '"' or bool((len(inner) - len(inner.rstrip("\\"))) % 2)
