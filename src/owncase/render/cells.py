"""What people read in a cell: one value of a row in words, made safe; the same on a terminal, in Markdown and HTML."""

from datetime import timedelta
from typing import Any

from owncase.render.safe import safe
from owncase.render.sheet import Column, Look, Row
from owncase.render.terms import terms
from owncase.render.words import aside, counted, day_and_time, how_long, silence

_URGENT = ("high", "hot")


def cell(column: Column, row: Row, look: Look, *, one_line: bool = True) -> str:
    """The words for one value; nothing for what is not there."""
    if column.kind == "marks":
        return ", ".join(marks(row))
    if column.kind == "told" and not row.get("eta_debt"):
        return ""
    value = row.get(column.field)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if column.kind == "silence":
        return silence(value, row["silent_days"])
    words = _worded(column, value, look, one_line=one_line)
    if column.kind == "heard" and row.get("silent_seconds") is not None:
        words += f", {silence(row['silent_seconds'], row['silent_days'])}"
    return words + aside(row, column.field) if column.typed else words


def marks(row: Row) -> list[str]:
    """What deserves notice about a row, as words: never by colour alone."""
    pending: Any = row.get("pending")
    urgency = row.get("urgency")
    return [
        *(["overdue"] if row.get("overdue") else []),
        *([urgency] if urgency in _URGENT else []),
        *([_offered(pending)] if pending else []),
        *([f"declined by {safe(no['by'])}"] if (no := row.get("declined")) else []),
        *(["waiting"] if row.get("waiting_for") else []),
        *([f"{counted(row['eta_debt'], 'ETA')} not told"] if row.get("eta_debt") else []),
        *(["unread notes"] if row.get("unseen_notes") else []),
        *(["claimed"] if row.get("claimed") else []),
    ]


def _offered(pending: Any) -> str:
    if pending.get("lapsed"):
        return f"no answer from {safe(pending['to'])}"
    return f"{'closing' if pending['kind'] == 'closing' else 'offered'} to {safe(pending['to'])}"


def is_late(column: Column, row: Row, look: Look) -> bool:
    """Whether a due moment has passed, by the row's own word or by the reader's clock."""
    due = row.get(column.field)
    return column.kind == "due" and bool(row.get("overdue") or (look.now and due and due < look.now))


def _worded(column: Column, value: Any, look: Look, *, one_line: bool) -> str:
    if column.kind in ("moment", "due", "heard", "told"):
        return day_and_time(value, look.zone, now=look.now)
    if column.kind == "act":
        return f"{safe(value['by'])}{aside(value, 'by')}, {day_and_time(value['at'], look.zone, now=look.now)}"
    if column.kind == "terms":
        return terms(value, look.zone, look.now)
    if column.kind in ("share", "seconds"):
        return f"{value:.0%}" if column.kind == "share" else how_long(timedelta(seconds=value)) or f"{value:g} s"
    if isinstance(value, list):
        return ", ".join(safe(_named(part)) for part in value)
    return safe(value, one_line=one_line) if isinstance(value, str) else safe(_named(value))


def _named(part: Any) -> str:
    """A part of a row by its number or name, the first thing it says about itself."""
    return str(next(iter(part.values()), "")) if isinstance(part, dict) else str(part)
