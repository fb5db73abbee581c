"""A quiet table for a terminal: dim headings, bold owners, red and a word for overdue, never wider than the screen.

Too narrow for one line a row, columns move under others; narrower still, every value gets a line of its own.
"""

import io

from rich.cells import cell_len  # noqa: TID253 - this module is imported for a table alone
from rich.console import Console, RenderableType  # noqa: TID253 - this module is imported for a table alone
from rich.table import Table  # noqa: TID253 - this module is imported for a table alone
from rich.text import Text  # noqa: TID253 - this module is imported for a table alone

from owncase.render.cells import cell, is_late, marks
from owncase.render.safe import ascii_only, safe
from owncase.render.sheet import Card, Column, Look, Row, Sheet

_GAP = 2
_READABLE = 24
_CARD_WIDTH = 30


def render(thing: Sheet | Card, look: Look) -> str:
    """Text with our own colours at most; lines end where their words end."""
    out = io.StringIO()
    screen = look.terminal
    console = Console(
        file=out,
        width=screen.width,
        height=screen.height,
        force_terminal=screen.color,
        color_system="standard" if screen.color else None,
        no_color=not screen.color,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    for part in _card(thing, look) if isinstance(thing, Card) else _sheet(thing, look):
        console.print(part, no_wrap=not isinstance(part, Table), overflow="ellipsis", crop=True)
    text = "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())
    return text if screen.unicode else text.replace("…", "~")


def _sheet(sheet: Sheet, look: Look) -> list[RenderableType]:
    parts: list[RenderableType] = [_text(sheet.title, look, "bold")] if sheet.title else []
    if not sheet.rows:
        return [*parts, _text(sheet.empty, look)]
    layout = _layout(sheet, look)
    for name, rows in _blocks(sheet):
        if name is not None:
            parts.extend(([Text()] if parts else []) + [_text(name, look, "bold")])
        parts.extend(
            [_table(layout, rows, look, first=rows[0] is sheet.rows[0])] if layout else _stack(sheet, rows, look)
        )
    return parts


def _blocks(sheet: Sheet) -> list[tuple[str | None, list[Row]]]:
    """The rows in the order given, a new block wherever the value of the group's field changes."""
    blocks: list[tuple[str | None, list[Row]]] = []
    for row in sheet.rows:
        name = str(row[sheet.group]) if sheet.group else None
        if not blocks or blocks[-1][0] != name:
            blocks.append((name, []))
        blocks[-1][1].append(row)
    return blocks


class _Place:
    """One column of the screen: the columns it shows, one below the other, and its width in cells."""

    def __init__(self, columns: list[Column], sheet: Sheet, look: Look) -> None:
        self.columns = columns
        self.grows = any(column.grows for column in columns)
        texts = [_words(column, row, look) for column in columns for row in sheet.rows]
        self.filled = any(texts)
        self.width = max(cell_len(text) for text in [*texts, *(column.heading for column in columns)])


def _layout(sheet: Sheet, look: Look) -> list[_Place] | None:
    """The widest layout that the screen has room for, or None when it has room for no table at all."""
    shown = [column for column in sheet.columns.shown if _Place([column], sheet, look).filled]
    fields = {column.field for column in shown}
    above = [column for column in shown if column.under not in fields]
    folded = [[column, *(other for other in shown if other.under == column.field)] for column in above]
    for columns in ([[column] for column in shown], folded):
        places = [_Place(group, sheet, look) for group in columns]
        if _fit(places, look.terminal.width):
            return places
    return None


def _fit(places: list[_Place], width: int) -> bool:
    """Give what room there is to the columns that grow; say whether each stays readable."""
    growing = sorted((place for place in places if place.grows), key=lambda place: place.width)
    room = width - _GAP * (len(places) - 1) - sum(place.width for place in places if not place.grows)
    for left, place in zip(range(len(growing), 0, -1), growing, strict=True):
        share = room // left
        if share < min(place.width, _READABLE):
            return False
        place.width = min(place.width, share)
        room -= place.width
    return room >= 0


def _table(layout: list[_Place], rows: list[Row], look: Look, *, first: bool) -> Table:
    table = Table(show_header=first, box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="dim")
    height = max(len(place.columns) for place in layout)
    for place in layout:
        headings = [_text(column.heading, look) for column in place.columns]
        heading = _lines(headings + [Text()] * (height - len(headings)))  # Rich would put a shorter one at the bottom
        table.add_column(heading, width=place.width, no_wrap=True, overflow="ellipsis")
        if place.columns[0].kind == "number":
            table.columns[-1].justify = "right"
    for row in rows:
        table.add_row(*(_lines(_cells(place, row, look)) for place in layout))
    return table


def _cells(place: _Place, row: Row, look: Look) -> list[Text]:
    first, *others = place.columns
    return [_styled(first, row, look), *(_styled(column, row, look, base="dim") for column in others)]


def _lines(texts: list[Text]) -> Text:
    return Text("\n", no_wrap=True, overflow="ellipsis").join(texts)


def _stack(sheet: Sheet, rows: list[Row], look: Look) -> list[RenderableType]:
    """Every value on a line of its own, cut at the edge, and an empty line between rows."""
    lines: list[RenderableType] = []
    for row in rows:
        lines.extend([Text()] if lines else [])
        lines.extend(_styled(column, row, look) for column in sheet.columns.shown if _words(column, row, look))
    return lines


def _card(card: Card, look: Look) -> list[RenderableType]:
    parts: list[RenderableType] = [_text(card.title, look, "bold")] if card.title else []
    shown = [column for column in card.columns.shown if _words(column, card.row, look)]
    if look.terminal.width < _CARD_WIDTH:
        return parts + [
            line
            for column in shown
            for line in (
                _text(column.heading, look, "dim"),
                *_styled(column, card.row, look, one_line=False).split("\n"),
            )
        ]
    grid = Table.grid(padding=(0, _GAP, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for column in shown:
        grid.add_row(_text(column.heading, look), _styled(column, card.row, look, one_line=False))
    return [*parts, grid]


def _styled(column: Column, row: Row, look: Look, *, base: str = "", one_line: bool = True) -> Text:
    text = Text(_words(column, row, look, one_line=one_line), style=base)
    if column.kind == "person":
        text.stylize("bold")
    if is_late(column, row, look) or (column.kind == "marks" and "overdue" in marks(row)):
        text.stylize("not dim red", 0, len("overdue") if column.kind == "marks" else None)
    return text


def _words(column: Column, row: Row, look: Look, *, one_line: bool = True) -> str:
    words = cell(column, row, look, one_line=one_line)
    return words if look.terminal.unicode else ascii_only(words)


def _text(words: str, look: Look, style: str = "") -> Text:
    shown = safe(words)
    return Text(shown if look.terminal.unicode else ascii_only(shown), style=style)
