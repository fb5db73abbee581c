"""A quiet table for a terminal: dim headings, bold owners, red and a word for overdue, never wider than the screen.

Too narrow for one line a row, columns move under others; narrower still, every value gets a line of its own.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from owncase.render.cells import cell, is_late, marks
from owncase.render.ink import BOLD, DIM, RED, cut, folded, inked, width_of
from owncase.render.safe import ascii_only, safe
from owncase.render.sheet import Card, Column, Look, Row, Sheet

_GAP = 2
_READABLE = 24
_CARD_WIDTH = 30
_LATE = "overdue"


def render(thing: Sheet | Card, look: Look) -> str:
    """Text with our own colours at most; lines end where their words end."""
    lines = _card(thing, look) if isinstance(thing, Card) else _Drawn(thing, look).lines()
    text = "".join(f"{line}\n" for line in lines)
    return text if look.terminal.unicode else text.replace("…", "~")


class _Place(NamedTuple):
    """One column of the screen: the columns it shows, one below the other, and its width in cells."""

    columns: list[Column]
    width: int


class _Drawn:
    """A sheet on its way to the screen: every value is put in words once, whatever layout fits."""

    def __init__(self, sheet: Sheet, look: Look) -> None:
        self.sheet = sheet
        self.look = look
        self.words = {column: [_words(column, row, look) for row in sheet.rows] for column in sheet.columns.shown}
        self.shown = [column for column, words in self.words.items() if any(words)]
        self.widths = {column: list(map(width_of, self.words[column])) for column in self.shown}

    def lines(self) -> Iterator[str]:
        """The title, then each block under its name."""
        title = self.sheet.title
        if title:
            yield _line_of(title, self.look, BOLD)
        if not self.sheet.rows:
            yield _line_of(self.sheet.empty, self.look)
        for name, numbers in self._blocks():
            if name is not None:
                yield from [""] if title or numbers[0] else []
                yield _line_of(name, self.look, BOLD)
            yield from self._table(self.layout, numbers) if self.layout else self._stack(numbers)

    @cached_property
    def layout(self) -> list[_Place] | None:
        """The widest layout that the screen has room for, or None when it has room for no table at all."""
        fields = {column.field for column in self.shown}
        above = [column for column in self.shown if column.under not in fields]
        under = [[column, *(other for other in self.shown if other.under == column.field)] for column in above]
        headings = {column: width_of(_plain(column.heading, self.look)) for column in self.shown}
        needed = {column: max(headings[column], *self.widths[column]) for column in self.shown}
        for groups in ([[column] for column in self.shown], under):
            places = [_Place(columns, max(needed[column] for column in columns)) for columns in groups]
            if fitting := _fit(places, self.look.terminal.width):
                return fitting
        return None

    def _blocks(self) -> list[tuple[str | None, list[int]]]:
        """Numbers of rows in the order given, a new block wherever the value of the group's field changes."""
        blocks: list[tuple[str | None, list[int]]] = []
        for number, row in enumerate(self.sheet.rows):
            name = str(row[self.sheet.group]) if self.sheet.group else None
            if not blocks or blocks[-1][0] != name:
                blocks.append((name, []))
            blocks[-1][1].append(number)
        return blocks

    def _table(self, layout: list[_Place], numbers: list[int]) -> Iterator[str]:
        lines = range(max(len(place.columns) for place in layout))
        if numbers[0] == 0:
            yield from (_line(self._headings(layout, at)) for at in lines)
        yield from (_line(self._cells(layout, number, at)) for number in numbers for at in lines)

    def _headings(self, layout: list[_Place], at: int) -> Iterator[tuple[_Place, str, str]]:
        for place in layout:
            heading = _plain(place.columns[at].heading, self.look) if at < len(place.columns) else ""
            heading = cut(heading, place.width)
            yield place, heading, _inked(heading, self.look, DIM)

    def _cells(self, layout: list[_Place], number: int, at: int) -> Iterator[tuple[_Place, str, str]]:
        """What each place shows of a row on its first or a further line."""
        for place in layout:
            if at < len(place.columns):
                column = place.columns[at]
                words = self.words[column][number]
                words = (cut(words, place.width) if self.widths[column][number] > place.width else words).rstrip()
                yield place, words, _coloured(words, column, self.sheet.rows[number], self.look, *([DIM] * (at > 0)))
            else:
                yield place, "", ""

    def _stack(self, numbers: list[int]) -> Iterator[str]:
        """Every value on a line of its own, cut at the edge, and an empty line between rows."""
        between = False
        for number in numbers:
            yield from [""] if between else []
            for column in self.shown:
                if words := cut(self.words[column][number], self.look.terminal.width).rstrip():
                    yield _coloured(words, column, self.sheet.rows[number], self.look)
                    between = True


def _fit(places: list[_Place], width: int) -> list[_Place] | None:
    """The places with what room there is given to the columns that grow; None unless each stays readable."""
    growing = {n for n, place in enumerate(places) if any(column.grows for column in place.columns)}
    room = width - _GAP * (len(places) - 1) - sum(place.width for n, place in enumerate(places) if n not in growing)
    fitting = list(places)
    for left, n in zip(range(len(growing), 0, -1), sorted(growing, key=lambda n: places[n].width), strict=True):
        needed, share = places[n].width, room // left
        if share < min(needed, _READABLE):
            return None
        fitting[n] = places[n]._replace(width=min(needed, share))
        room -= fitting[n].width
    return fitting if room >= 0 else None


def _line(cells: Iterable[tuple[_Place, str, str]]) -> str:
    """One line of the screen. A cell is its place, its words, and the same in colour."""
    line, owed = "", 0
    for place, words, coloured in cells:
        left = place.width - width_of(words)
        before = left if place.columns[0].kind == "number" and words else 0
        line, owed = (line + " " * (owed + before) + coloured, left - before) if words else (line, owed + left)
        owed += _GAP
    return line


def _card(card: Card, look: Look) -> Iterator[str]:
    if card.title:
        yield _line_of(card.title, look, BOLD)
    words = {column: _words(column, card.row, look, one_line=False) for column in card.columns.shown}
    shown = {column: text for column, text in words.items() if text}
    if look.terminal.width < _CARD_WIDTH:
        yield from _stacked(shown, card.row, look)
        return
    place = max((width_of(_plain(column.heading, look)) for column in shown), default=0) + _GAP
    for column, text in shown.items():
        heading = _plain(column.heading, look)
        before = _inked(heading, look, DIM) + " " * (place - width_of(heading))
        for line in folded(text, look.terminal.width - place):
            yield (before + _coloured(line.rstrip(), column, card.row, look)).rstrip()
            before = " " * place


def _stacked(shown: dict[Column, str], row: Row, look: Look) -> Iterator[str]:
    """Each heading, and its value below, cut at the edge."""
    for column, text in shown.items():
        yield _line_of(column.heading, look, DIM)
        yield from (_coloured(cut(line, look.terminal.width).rstrip(), column, row, look) for line in text.split("\n"))


def _coloured(words: str, column: Column, row: Row, look: Look, *base: str) -> str:
    """The words of a value, which may be cut, in the colours of its column."""
    if not look.terminal.color:
        return words
    style = (BOLD, *base) if column.kind == "person" else base
    if is_late(column, row, look):
        return inked(words, RED)
    if column.kind == "marks" and _LATE in marks(row):
        return inked(words[: len(_LATE)], RED) + inked(words[len(_LATE) :], *style)
    return inked(words, *style)


def _words(column: Column, row: Row, look: Look, *, one_line: bool = True) -> str:
    words = cell(column, row, look, one_line=one_line)
    return words if look.terminal.unicode else ascii_only(words)


def _plain(words: str, look: Look) -> str:
    shown = safe(words)
    return shown if look.terminal.unicode else ascii_only(shown)


def _inked(words: str, look: Look, *styles: str) -> str:
    return inked(words, *styles) if look.terminal.color else words


def _line_of(words: str, look: Look, *styles: str) -> str:
    """A line of its own, cut at the edge."""
    return _inked(cut(_plain(words, look), look.terminal.width).rstrip(), look, *styles)
