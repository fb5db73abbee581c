"""Markdown: a table in which user text is only text, never a link, an image or markup."""

import re

from owncase.render.cells import cell
from owncase.render.safe import safe
from owncase.render.sheet import Card, Column, Look, Row, Sheet

_MARKUP = re.compile(r"[\\`*_~\[\]<>&|!$#@]|:(?=[a-z/+-])|(?<=\bwww)\.", re.IGNORECASE)


def render(thing: Sheet | Card, look: Look) -> str:
    """A heading if there is a title, and a table with a line for each row or, for a single thing, each value."""
    heading = f"## {escape(thing.title)}\n\n" if thing.title else ""
    if isinstance(thing, Card):
        lines = [[f"**{column.heading}**", _cell(column, thing.row, look)] for column in thing.columns.shown]
        return heading + _table(["", ""], [line for line in lines if line[1]])
    if not thing.rows:
        return f"{heading}{escape(thing.empty)}\n"
    columns = [*([Column(thing.group, "")] if thing.group else []), *thing.columns.shown]
    headings = [column.heading for column in columns]
    return heading + _table(headings, [[_cell(column, row, look) for column in columns] for row in thing.rows])


def escape(text: str, *, one_line: bool = True) -> str:
    """Text that every Markdown reader shows as it stands; line breaks as `<br>` unless `one_line`."""
    return _MARKUP.sub(r"\\\g<0>", safe(text, one_line=one_line)).replace("\n", "<br>")


def _cell(column: Column, row: Row, look: Look) -> str:
    return escape(cell(column, row, look, one_line=False), one_line=False)


def _table(headings: list[str], lines: list[list[str]]) -> str:
    rows = [headings, ["---"] * len(headings), *lines]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)
