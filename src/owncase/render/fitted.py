"""A line of words on a terminal breaks between its parts, else between words; a command in it stays in one piece.

A receipt breaks before ` · `. A command begins a line of its own, and no line end breaks it: whoever pasted it would
run its first half. What is longer than the screen even so, the terminal wraps.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TextIO

from owncase.render.ink import folded, width_of
from owncase.render.terminal import terminal_of

_COMMAND = re.compile(r" (?=owncase )")
_PART = re.compile(r" (?=· )")
_STEP = "  "
_LEAST = 20
"""Columns below which nothing is gained."""


def fitted(text: str, stream: TextIO, environ: Mapping[str, str]) -> str:
    """The text as this stream shows it: untouched where nobody reads it on a screen, and where it fits."""
    terminal = terminal_of(stream, environ)
    if not terminal.is_tty or terminal.width < _LEAST or len(text) * 2 <= terminal.width:
        return text
    return "\n".join(row for line in text.split("\n") for row in _rows(line, terminal.width))


def _rows(line: str, width: int) -> Iterator[str]:
    if width_of(line) <= width:
        yield line
        return
    margin = " " * (len(line) - len(line.lstrip()))
    before = margin
    for words in _COMMAND.split(line.lstrip()):
        if words.startswith("owncase "):
            yield before + words
        else:
            yield from _packed(words, before, margin + _STEP, width)
        before = margin + _STEP


def _packed(words: str, before: str, margin: str, width: int) -> Iterator[str]:
    """As many parts on each line as fit behind the margin; a part that is wider than a line breaks between words."""
    row, filled = before, False
    for part in _PART.split(words):
        if filled and width_of(f"{row} {part}") <= width:
            row += f" {part}"
            continue
        if filled:
            yield row
            row = margin
        *full, last = folded(part, width - len(margin))
        for one in full:
            yield row + one
            row = margin
        row, filled = row + last, True
    yield row
