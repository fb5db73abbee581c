r"""TSV for scripts: a header of field names, one row on each line, never wrapped; a single thing is key TAB value.

Backslash, tab, newline and carriage return are written `\\ \t \n \r`; others unseen are shown as in `safe`.
What must come back byte for byte is what JSON is for.
"""

from owncase.render.as_json import line
from owncase.render.safe import is_plain, visible
from owncase.render.sheet import Card, Look, Row, Sheet, fields_of

_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def render(thing: Sheet | Card, look: Look) -> str:
    """The header and the rows, or one line for each field."""
    fields = fields_of(thing)
    if isinstance(thing, Card):
        return "".join(_line([field, cell(thing.row.get(field))]) + "\n" for field in fields)
    lines = [_line(_cells(row, fields)) for row in thing.rows]
    return "\n".join(["\t".join(fields), *lines, ""])


def _cells(row: Row, fields: list[str]) -> list[str]:
    """Most values are texts, or nothing, and there may be very many."""
    values = row.values() if list(row) == fields else [row.get(field) for field in fields]
    return [value if value.__class__ is str else "" if value is None else cell(value) for value in values]


def cell(value: object) -> str:
    """A value before escaping: nothing for null, true or false, and compact JSON for what has parts."""
    if isinstance(value, str):
        return value
    if type(value) is int:
        return str(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, float) else line(value)


def _line(cells: list[str]) -> str:
    joined = "".join(cells)
    if "\\" not in joined and is_plain(joined):
        return "\t".join(cells)
    return "\t".join(visible(text.translate(_ESCAPES)).replace("\n", r"\n") for text in cells)
