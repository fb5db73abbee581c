"""CSV by RFC 4180: a header of field names, CRLF line ends, and no cell that a spreadsheet would compute.

Newlines and tabs inside a cell stay; other invisible characters are shown as `safe` shows them.
`raw` leaves formulas alone.
"""

import csv
import io

from owncase.exchange.guard import guard
from owncase.render.as_tsv import cell
from owncase.render.safe import is_plain, visible
from owncase.render.sheet import Card, Look, Sheet, fields_of


def render(thing: Sheet | Card, look: Look) -> str:
    """The header and the rows; a single thing is one row."""
    fields = fields_of(thing)
    rows = [thing.row] if isinstance(thing, Card) else thing.rows
    out = io.StringIO(newline="")
    lines = csv.writer(out)
    lines.writerow(fields)
    lines.writerows([_cell(row.get(field), raw=look.raw) for field in fields] for row in rows)
    return out.getvalue()


def guarded(value: object) -> str:
    """A cell that no spreadsheet computes, in which every character can be seen."""
    return _cell(value, raw=False)


def _cell(value: object, *, raw: bool) -> str:
    text = cell(value)
    if not isinstance(value, str):
        return text
    if not is_plain(text):
        text = "\t".join(map(visible, text.split("\t")))
    return text if raw else guard(text)
