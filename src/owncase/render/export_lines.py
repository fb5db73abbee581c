"""Rows go out one by one, so that any number of them fits: as CSV, as CSV that spreadsheets open well, or JSON Lines.

CSV and sheets guard against formulas; `raw` is CSV with every cell exactly as it is kept. A sheet begins with a byte
order mark, and shows moments by the clock of who exports: `2026-11-24 15:00:00`.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from typing import Any

from owncase.domain.moment import from_text
from owncase.render import as_csv
from owncase.render.as_json import line
from owncase.render.as_tsv import cell
from owncase.render.sheet import Row

FORMS = ("csv", "jsonl", "sheet")
BYTE_ORDER_MARK = "\ufeff"
_MOMENTS = re.compile(r"(?:.*_)?(?:at|due|by)")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


def lines(rows: Iterable[Row], fields: Sequence[str], form: str, zone: tzinfo, *, raw: bool) -> Iterator[str]:
    """The text, row by row. `form` is one of FORMS; JSON Lines have every field of a row, whatever `fields` are."""
    if form == "jsonl":
        return (line(row) + "\n" for row in rows)
    if form == "sheet":
        shown = ([as_csv.guarded(_local(field, row.get(field), zone)) for field in fields] for row in rows)
        return _csv(BYTE_ORDER_MARK, fields, shown)
    kept = cell if raw else as_csv.guarded
    return _csv("", fields, ([kept(row.get(field)) for field in fields] for row in rows))


def _csv(first: str, fields: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    out.write(first)
    writer.writerow(fields)
    yield out.getvalue()
    for row in rows:
        out.seek(0)
        out.truncate()
        writer.writerow(row)
        yield out.getvalue()


def _local(field: str, value: Any, zone: tzinfo) -> Any:
    if isinstance(value, str) and _MOMENTS.fullmatch(field) and _MOMENT.fullmatch(value):
        return from_text(value).astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    return value
