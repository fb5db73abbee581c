"""`owncase export [WHAT] FILE`: the whole history as text, or the cases, people, customers or events as a table."""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, TextIO
from zoneinfo import ZoneInfo

import typer

from owncase.cli.context import desk_of, tell, world_of
from owncase.cli.options import Json
from owncase.cli.output import show
from owncase.cli.parse import choice
from owncase.errors import UsageProblem
from owncase.exchange import export
from owncase.queries.case_list import every_case
from owncase.queries.customers import customers
from owncase.queries.events import every_event
from owncase.queries.people import people
from owncase.render.columns import CASES, HISTORY
from owncase.render.export_lines import FORMS, lines
from owncase.render.sheet import Card, Column, Columns, Row
from owncase.render.story import phrase
from owncase.store.heads import head_of

What = Annotated[
    str | None,
    typer.Argument(
        metavar="WHAT",
        help="cases, people, customers or history; left out, the whole store.",
        autocompletion=lambda: list(FIELDS),
    ),
]
File = Annotated[str | None, typer.Argument(metavar="FILE", help="Where to write; - is stdout.")]
Form = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="How to write a table: csv, jsonl, or sheet for a spreadsheet.",
        autocompletion=lambda: list(FORMS),
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace a plain file that is there.")]
Raw = Annotated[bool, typer.Option("--raw", help="CSV without the guard against formulas: for programs.")]
COLUMNS = Columns(
    (Column("file", "File"), Column("events", "Events", "number"), Column("hash", "Head")),
    ("file", "store", "events", "hash"),
)
TABLE = Columns((Column("file", "File"), Column("rows", "Rows", "number")), ("file", "what", "rows"))
FIELDS = {
    "cases": CASES.fields,
    "people": ("handle", "name", "email", "phone", "place", "zone", "hours", "manager", "login", "active"),
    "customers": ("key", "name", "contact", "email", "phone", "owner", "second"),
    "history": (*HISTORY.fields, "subject"),
}
"""What can be exported as a table, and its columns; of people and customers those that an import takes."""


WORDS = {
    "cases": ("case", "cases"), "people": ("person", "people"), "customers": ("customer", "customers"),
    "history": ("event", "events"),
}  # fmt: skip
"""What one row, and several, are called."""


def command(
    ctx: typer.Context,
    what: What = None,
    file: File = None,
    force: Force = False,
    raw: Raw = False,
    format: Form = None,
    json: Json = False,
) -> None:
    """Write the whole store, or one sort of thing in it, to a file."""
    if what is None:
        raise UsageProblem("export needs a file", fix="owncase export FILE, or owncase export cases FILE")
    if file is not None:
        _table(ctx, choice(what, tuple(FIELDS), "export"), file, format or "csv", force=force, raw=raw, json=json)
    elif what in FIELDS:
        raise UsageProblem(
            f"export {what} needs a file", fix=f"owncase export {what} FILE; for a file of that name: ./{what}"
        )
    else:
        _whole(ctx, what, format, force=force, json=json)


def _whole(ctx: typer.Context, file: str, format: str | None, *, force: bool, json: bool) -> None:
    reader = desk_of(ctx).reader
    if file == "-":
        head = export.write(reader, _stdout(ctx))
        tell(ctx, f"{head.seq} events")
        return
    head = export.export_to(reader, Path(file).absolute(), replacing=force)
    row = {"file": file, "store": head.store, "events": head.seq, "hash": head.hash}
    show(ctx, Card(row, COLUMNS), format, json=json)


def _table(ctx: typer.Context, what: str, file: str, form: str, *, force: bool, raw: bool, json: bool) -> None:
    choice(form, FORMS, "-f")
    if raw and form != "csv":
        raise UsageProblem(f"--raw is for csv, not for {form}", fix="-f csv --raw")
    if raw and file == "-" and world_of(ctx).stdout.isatty():
        raise UsageProblem("--raw writes what a terminal would obey", fix="name a file, or pass it on with |")
    desk = desk_of(ctx)
    texts = lines(_rows(ctx, what, form), FIELDS[what], form, ZoneInfo(desk.zone), raw=raw)
    before = head_of(desk.reader.connection).seq
    if file == "-":
        rows = _write(texts, _stdout(ctx), form)
        one, many = WORDS[what]
        tell(ctx, f"{rows:,} {one if rows == 1 else many}")
    else:
        rows = export.saved(Path(file).absolute(), lambda made: _write(texts, made, form), replacing=force)
        show(ctx, Card({"file": file, "what": what, "rows": rows}, TABLE), json=json)
    if (after := head_of(desk.reader.connection).seq) != before and what != "history":
        tell(ctx, f"events {before + 1} to {after} came in meanwhile: some rows may be older than others")


def _rows(ctx: typer.Context, what: str, form: str) -> Iterable[Row]:
    """The rows to write: the objects of the JSON output; for a sheet of customers with `owner` as imports call it."""
    desk = desk_of(ctx)
    if what == "cases":
        return every_case(desk.reader, desk.now())
    if what == "people":
        return people(desk.reader)
    if what == "history":
        return (event | {"what": phrase(event)} for event in every_event(desk.reader))
    found = customers(desk.reader)
    return found if form == "jsonl" else [row | {"owner": row["account_owner"]} for row in found]


def _write(texts: Iterable[str], file: TextIO, form: str) -> int:
    """Write all, and count the rows."""
    count = 0
    for text in texts:
        file.write(text)
        count += 1
    return count if form == "jsonl" else count - 1


def _stdout(ctx: typer.Context) -> TextIO:
    """Stdout, in UTF-8 and with line ends as they are, like the file it stands for."""
    stdout = world_of(ctx).stdout
    if isinstance(stdout, io.TextIOWrapper):
        stdout.reconfigure(encoding="utf-8", newline="")
    return stdout
