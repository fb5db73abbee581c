"""`owncase report daily`: what happened since yesterday that somebody should know of, for a mail in the morning."""

from datetime import timedelta
from typing import Annotated, Any

import typer

from owncase.cli.context import desk_of, world_of
from owncase.cli.looking import Overdue, is_terminal, moment_back
from owncase.cli.options import At, Format, Json, Limit, Since
from owncase.cli.output import row_limit, say_limited, show
from owncase.cli.parse import choice
from owncase.domain.moment import from_text, to_text
from owncase.errors import Unhealthy
from owncase.queries.daily import QUESTIONS, Span, daily, span_of
from owncase.queries.events import LATEST
from owncase.queries.owners import owners
from owncase.queries.standing import STANDING, standing
from owncase.render.report_columns import DAILY
from owncase.render.sheet import Sheet, choose_format
from owncase.store.heads import head_at, line_of
from owncase.store.reader import Reader

DAY = timedelta(days=1)
FAILURES = ("overdue", *STANDING, *QUESTIONS)
FailOn = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        metavar="WHAT",
        help="End with 1 when there is any: overdue, or one of the report's own words such as same-hand.",
        autocompletion=lambda: list(FAILURES),
    ),
]


class Reported(Unhealthy):
    """The report holds something that it was not to hold."""


def command(
    ctx: typer.Context,
    since: Since = None,
    at: At = None,
    fail: FailOn = None,
    limit: Limit = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Report what is due, late or not told, and what was moved, closed, voided or reopened.

    First what stands so now, without --at: promises due today or at risk, ETAs
    that were not told, and cases of which the customer has not heard for three
    working days. Then what happened in the last 24 hours, unless --since names
    a moment. Also which offers were acknowledged by the same hand, and how much
    was typed for people without a login. For people the last line is the head
    of history, to be kept.
    """
    if fail is not None:
        choice(fail, FAILURES, "--fail-on")
    desk = desk_of(ctx)
    start, end = moment_back(ctx, since, "--since"), moment_back(ctx, at, "--at")
    span = span_of(desk.reader, start or to_text(from_text(end or desk.now()) - DAY), end or LATEST)
    rows = [*(standing(desk.reader, desk.now()) if end is None else ()), *daily(desk.reader, span)]
    shown = rows[: row_limit(ctx, limit) or None]
    chosen = choose_format(format, json=json, terminal=is_terminal(ctx))
    show(ctx, Sheet(shown, DAILY, empty="Nothing to report.", group="what"), chosen)
    if chosen in ("table", "md"):
        _tell_head(ctx, desk.reader, span)
    say_limited(ctx, len(shown), len(rows))
    _fail_on(ctx, fail, rows)


def _tell_head(ctx: typer.Context, reader: Reader, span: Span) -> None:
    if head := head_at(reader.connection, span.last):
        world_of(ctx).stdout.write(f"\n{line_of(head)}\n")


def _fail_on(ctx: typer.Context, said: str | None, rows: list[dict[str, Any]]) -> None:
    desk = desk_of(ctx)
    if said == "overdue" and (number := sum(row["overdue"] or 0 for row in owners(desk.reader, desk.now()))):
        raise Overdue(f"{number} overdue", fix="owncase list --overdue")
    if number := sum(row["what"] == said for row in rows):
        raise Reported(f"{number} {said}", fix="owncase history CASE")
