"""What the commands that only look have in common: a moment in the past, a person, a limit that says so."""

from collections.abc import Iterable
from typing import Any

import typer

from owncase.cli.context import desk_of, tell, world_of
from owncase.cli.options import FailOn
from owncase.cli.output import show
from owncase.cli.parse import choice
from owncase.errors import BadData, Unhealthy
from owncase.render.sheet import Card, Sheet

FAILURES = ("overdue",)


class NotYet(BadData):
    """A moment to look back at has passed."""


class Overdue(Unhealthy):
    """Something is overdue."""


def moment_back(ctx: typer.Context, text: str | None, flag: str) -> str | None:
    """The moment that `--at` or `--since` names, as stored, and say which it is; None when nothing was said.

    Of a whole day `--since` means the beginning and `--at` the end, or now on the present day. Raises BadData for what
    cannot be read and for what has not passed.
    """
    if text is None:
        return None
    from owncase.domain.moment import from_text, to_text
    from owncase.domain.wallclock import zone_named
    from owncase.domain.when import parse_when
    from owncase.domain.worktime import DEFAULT_HOURS, WorkingHours
    from owncase.render.words import day_and_time

    desk = desk_of(ctx)
    now, zone = from_text(desk.now()), zone_named(desk.zone)
    hours = WorkingHours.parse(desk.me_if_known.hours) if desk.me_if_known else DEFAULT_HOURS
    start = parse_when(text, now=now, zone=zone, hours=hours, back=True, edge="start")
    if start > now:
        raise NotYet(f"{flag} {text}: {day_and_time(to_text(start), zone)} has not passed", fix=f"{flag} yesterday")
    found = start if flag == "--since" else min(now, parse_when(text, now=now, zone=zone, hours=hours, back=True))
    tell(ctx, f"{flag.removeprefix('--')} {day_and_time(to_text(found), zone)}")
    return to_text(found)


def edge(ctx: typer.Context, text: str) -> str:
    """The moment meant by the edge of a stretch, past or not: of a whole day its first. Raises `BadWhen`."""
    from owncase.domain.moment import from_text, to_text
    from owncase.domain.wallclock import zone_named
    from owncase.domain.when import parse_when
    from owncase.domain.worktime import DEFAULT_HOURS

    desk = desk_of(ctx)
    now, zone = from_text(desk.now()), zone_named(desk.zone)
    return to_text(parse_when(text, now=now, zone=zone, hours=DEFAULT_HOURS, edge="start"))


def maybe_edge(ctx: typer.Context, text: str | None) -> str | None:
    """The moment meant, if one was named."""
    return None if text is None else edge(ctx, text)


def person_id(ctx: typer.Context, handle: str | None) -> int | None:
    """The id of the person named, if one was. Raises NotFound."""
    if handle is None:
        return None
    from owncase.queries.lookup import person_of

    return int(person_of(desk_of(ctx).reader, handle)["id"])


def is_terminal(ctx: typer.Context) -> bool:
    """Whether somebody reads the answer as it comes."""
    return world_of(ctx).stdout.isatty()


def sections(ctx: typer.Context, things: Iterable[Sheet | Card], format: str) -> None:
    """Show further parts of an answer for people, each after an empty line."""
    for thing in things:
        world_of(ctx).stdout.write("\n")
        show(ctx, thing, format)


def fail_on(said: FailOn, rows: list[dict[str, Any]]) -> None:
    """Raise `Overdue` (exit 1) after the report is shown, when `--fail-on overdue` was said and something is."""
    if said is None:
        return
    choice(said, FAILURES, "--fail-on")
    if number := sum(row["overdue"] or 0 for row in rows):
        raise Overdue(f"{number} overdue", fix="owncase list --overdue")
