"""`owncase import log FILE`: a history that somebody else's tracker kept, claimed until its owners act."""

from pathlib import Path
from typing import Annotated

import typer

from owncase.cli import complete
from owncase.cli.context import answer, can_ask, desk_of, tell
from owncase.cli.options import AllowPast, DryRun, Format, Json
from owncase.cli.output import show
from owncase.domain import text
from owncase.domain.moment import from_text, to_text
from owncase.domain.when import parse_when, zone_named
from owncase.domain.worktime import WorkingHours
from owncase.errors import Refused
from owncase.exchange.import_log import LISTED, Imported, import_log
from owncase.exchange.log_rows import Columns
from owncase.exchange.log_wish import Wish, utc_or
from owncase.render.import_columns import IMPORTED
from owncase.render.safe import safe
from owncase.render.sheet import Card

File = Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file, or one compressed with gzip.")]
CaseColumn = Annotated[str | None, typer.Option("--case", metavar="COL", help="The column that names the case.")]
AtColumn = Annotated[str | None, typer.Option("--at", metavar="COL", help="The column with the moment.")]
OwnerColumn = Annotated[str | None, typer.Option("--owner", metavar="COL", help="The column that names the owner.")]
StatusColumn = Annotated[str | None, typer.Option("--status", metavar="COL", help="The column with the status.")]
CustomerColumn = Annotated[
    str | None, typer.Option("--customer", "-c", metavar="COL", help="The column that names the customer.")
]
DueColumn = Annotated[str | None, typer.Option("--due", metavar="COL", help="The column with the due moment.")]
TitleColumn = Annotated[str | None, typer.Option("--title", metavar="COL", help="The column with the title.")]
Closed = Annotated[
    list[str] | None, typer.Option("--closed", metavar="GLOB", help="A status that ends a case: 'Done/*'. Repeatable.")
]
Offered = Annotated[
    list[str] | None,
    typer.Option("--offered", metavar="GLOB", help="A status that offers a case to its next owner. Repeatable."),
]
Next = Annotated[str | None, typer.Option("--next", "-n", metavar="ACTION", help="The next action of every open case.")]
DueDefault = Annotated[
    str | None, typer.Option("--due-default", "-d", metavar="WHEN", help="When it is due where the file does not say.")
]
OwnerDefault = Annotated[
    str | None,
    typer.Option(
        "--owner-default", metavar="HANDLE", help="Owner of open cases that never had one.",
        autocompletion=complete.handles,
    ),
]  # fmt: skip
CustomerDefault = Annotated[
    str | None,
    typer.Option(
        "--customer-default", metavar="KEY", help="Customer of cases without one.", autocompletion=complete.customers
    ),
]
Zone = Annotated[str, typer.Option("--tz", metavar="ZONE", help="Time zone of moments without offset.")]
Source = Annotated[
    str | None, typer.Option("--source", metavar="NAME", help="What the tracker is called; else the file's name.")
]
SkipBad = Annotated[
    Path | None, typer.Option("--skip-bad", metavar="FILE", help="Leave refused cases out, and put them into FILE.")
]


class DuePassed(Refused):
    """What is due has to lie ahead."""


def command(
    ctx: typer.Context,
    file: File,
    case: CaseColumn = None,
    at: AtColumn = None,
    owner: OwnerColumn = None,
    status: StatusColumn = None,
    customer: CustomerColumn = None,
    due: DueColumn = None,
    title: TitleColumn = None,
    closed: Closed = None,
    offered: Offered = None,
    next_action: Next = None,
    due_default: DueDefault = None,
    owner_default: OwnerDefault = None,
    customer_default: CustomerDefault = None,
    tz: Zone = "UTC",
    source: Source = None,
    dry_run: DryRun = False,
    skip_bad: SkipBad = None,
    allow_past: AllowPast = False,
    format: Format = None,
    json: Json = False,
) -> None:
    """Import the history that somebody else's tracker kept."""
    columns = Columns(
        case=case or answer(ctx, "column that names the case", "--case COL"),
        at=at or answer(ctx, "column with the moment", "--at COL"),
        owner=owner or answer(ctx, "column that names the owner", "--owner COL"),
        status=status or answer(ctx, "column with the status", "--status COL"),
        customer=customer or answer(ctx, "column that names the customer", "--customer COL"),
        due=due,
        title=title,
    )
    wish = Wish(
        columns=columns,
        source=text.name(_stem(file) if source is None else source, "source"),
        closed=tuple(closed or [answer(ctx, "status that ends a case", "--closed GLOB")]),
        offered=tuple(offered or ()),
        next_action=_next_action(ctx, next_action),
        next_due=_due(ctx, due_default, allow_past=allow_past),
        owner_default=owner_default,
        customer_default=customer_default,
        zone=utc_or(zone_named(tz)),
        zone_name=tz,
    )
    imported = import_log(desk_of(ctx), file, wish, skip_bad=skip_bad, dry_run=dry_run)
    _tell(ctx, imported, dry_run=dry_run)
    show(ctx, Card({**imported.outcome._asdict(), "dry_run": dry_run}, IMPORTED), format, json=json)


def _next_action(ctx: typer.Context, given: str | None) -> str | None:
    if given is None and can_ask(ctx):
        given = answer(ctx, "next action of every open case", "--next ACTION")
    return None if given is None else text.one_line(given, "next action")


def _due(ctx: typer.Context, given: str | None, *, allow_past: bool) -> str | None:
    if given is None and can_ask(ctx):
        given = answer(ctx, "when it is due where the file does not say", "--due-default WHEN")
    if given is None:
        return None
    desk = desk_of(ctx)
    now, me = from_text(desk.now()), desk.me
    when = parse_when(given, now=now, zone=zone_named(me.zone), hours=WorkingHours.parse(me.hours))
    if when <= now and not allow_past:
        raise DuePassed(f"the due moment {to_text(when)} has passed", fix="say --allow-past, or a moment to come")
    return to_text(when)


def _stem(file: Path) -> str:
    """The file's name without `.csv` and `.gz`."""
    return file.name.removesuffix(".gz").removesuffix(".csv") or file.name


def _tell(ctx: typer.Context, imported: Imported, *, dry_run: bool) -> None:
    """Say beside the answer what somebody has to know: whose handle differs, what was left out, what has changed."""
    outcome = imported.outcome
    _list(ctx, "got a number", imported.renamed)
    _list(ctx, "refused", [f"line {row.line}: {row.reason}" for row in imported.refused])
    _list(ctx, "changed since it was imported, and left as it is", [f"case {name}" for name in outcome.changed_cases])
    if outcome.present:
        tell(ctx, f"{outcome.present:,} present")
    if dry_run:
        tell(ctx, "a dry run: nothing was written")


def _list(ctx: typer.Context, what: str, lines: list[str]) -> None:
    for line in lines[:LISTED]:
        tell(ctx, f"{what}: {safe(line, one_line=True)}")
    if len(lines) > LISTED:
        tell(ctx, f"{what}: {len(lines) - LISTED:,} more")
