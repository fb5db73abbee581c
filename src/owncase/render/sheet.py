"""Rows meet a set of columns, and come out as a table, JSON, JSON Lines, CSV, TSV, Markdown or HTML.

JSON, JSON Lines, CSV and TSV print every field of a row under its own name, moments as they are stored. The table,
Markdown and HTML are for people: they show the chosen columns, with moments in the reader's time zone. Only the
module of the format that is asked for is imported, so that a piped answer never pays for the terminal's.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, tzinfo
from importlib import import_module
from typing import Any, Literal, NamedTuple, Protocol, TextIO, cast

from owncase.errors import UsageProblem
from owncase.render.terminal import Terminal

Row = Mapping[str, Any]
Kind = Literal[
    "text",
    "person",
    "moment",
    "due",
    "number",
    "flag",
    "seconds",
    "list",
    "marks",
    "act",
    "heard",
    "silence",
    "told",
    "terms",
    "share",
]

FORMATS = ("table", "json", "jsonl", "csv", "tsv", "md", "html")


class Column(NamedTuple):
    """One column for people: the field it shows, its heading, and how it is written.

    A column that `grows` takes the room that is left; one with `under` moves below that field on a narrow screen; one
    that is `typed` says beside who acted who typed it, where that was somebody else.
    """

    field: str
    heading: str
    kind: Kind = "text"
    grows: bool = False
    under: str | None = None
    typed: bool = False


class Columns(NamedTuple):
    """What one sort of row is made of: the columns people see, and every field in the order of the contract."""

    shown: tuple[Column, ...]
    fields: tuple[str, ...]


class Sheet(NamedTuple):
    """Many things. `empty` is said to people when there are none; `group` names a field whose values head blocks."""

    rows: Sequence[Row]
    columns: Columns
    empty: str = "Nothing."
    title: str | None = None
    group: str | None = None


class Card(NamedTuple):
    """A single thing."""

    row: Row
    columns: Columns
    title: str | None = None


class Look(NamedTuple):
    """For whom it is printed: on what, in which time zone, at which moment (`2026-11-23T14:00:00Z`)."""

    terminal: Terminal
    zone: tzinfo = UTC
    now: str | None = None
    raw: bool = False


class _Format(Protocol):
    def render(self, thing: Sheet | Card, look: Look) -> str: ...


def choose_format(asked: str | None, *, json: bool, terminal: bool) -> str:
    """Settle the format: `--json` or `-f` if given, else a table on a terminal and TSV elsewhere.

    Raises UsageProblem for an unknown format, or for two different ones.
    """
    if asked is None:
        return "json" if json else "table" if terminal else "tsv"
    if asked not in FORMATS:
        raise UsageProblem(f"no format is called {asked!r}", fix=f"choose one of {', '.join(FORMATS)}")
    if json and asked != "json":
        raise UsageProblem(f"--json and -f {asked} ask for two formats", fix="give one of them")
    return asked


def rendered(thing: Sheet | Card, format: str, look: Look) -> str:  # noqa: A002 - the word users know, as in -f/--format
    """The whole text in one of FORMATS, ending in a newline unless it is empty."""
    module = cast(_Format, import_module(f"owncase.render.as_{format}"))
    return module.render(thing, look)


def write(
    thing: Sheet | Card,
    format: str,  # noqa: A002 - the word users know, as in -f/--format
    stream: TextIO,
    *,
    terminal: Terminal,
    zone: tzinfo = UTC,
    now: str | None = None,
    raw: bool = False,
    page: Callable[[str], None] | None = None,
) -> None:
    """Print on a stream, or hand a text that is longer than the screen to `page` when one is given.

    `zone` and `now` are the reader's; `raw` leaves CSV cells unguarded. Nothing is written until all is rendered.
    """
    text = rendered(thing, format, Look(terminal, zone, now, raw))
    if page is not None and terminal.is_tty and text.count("\n") >= terminal.height:
        page(text)
    else:
        stream.write(text)


def fields_of(thing: Sheet | Card) -> list[str]:
    """Every field for scripts: those of the contract first, then what the rows have besides."""
    known = dict.fromkeys(thing.columns.fields)
    if isinstance(thing, Card):
        known.update(dict.fromkeys(thing.row))
    elif thing.rows:
        known.update(dict.fromkeys(thing.rows[0]))
    return list(known)
