"""After a change: one line that says where the case stands, and on a terminal one more that says what waits."""

from typing import Any, NamedTuple

import typer

from owncase.cli.context import desk_of, invocation_of, tell, world_of
from owncase.cli.output import show
from owncase.desk import Desk
from owncase.domain.wallclock import zone_named
from owncase.queries.case_story import case_object
from owncase.queries.lookup import person_of
from owncase.queries.waiting import accounts_back, waits_for
from owncase.render import words
from owncase.render.columns import CASE
from owncase.render.fitted import fitted
from owncase.render.safe import safe
from owncase.render.sheet import Card
from owncase.render.terminal import terminal_of


class Shape(NamedTuple):
    """What `-f` and `--json` said."""

    format: str | None = None
    json: bool = False

    @property
    def plain(self) -> bool:
        """Whether one line for people is wanted."""
        return self.format is None and not self.json


def show_case(ctx: typer.Context, number: int, shape: Shape) -> None:
    """Print the case: its line, or the object for whoever asked for a format."""
    desk = desk_of(ctx)
    now = desk.now()
    case = case_object(desk.reader, number, now)
    if shape.plain:
        say(ctx, words.receipt(case, zone_named(desk.zone), now, unicode=_unicode(ctx)))
    else:
        show(ctx, Card(case, CASE), shape.format, json=shape.json)


def say(ctx: typer.Context, line: str) -> None:
    """Print one line of the answer. Text of users in it must be `safe` already."""
    world = world_of(ctx)
    world.stdout.write(f"{fitted(line, world.stdout, world.environ)}\n")


def owner_of(desk: Desk, number: int) -> dict[str, Any] | None:
    """Who owns the case now, as a row of `person_view`."""
    owner = case_object(desk.reader, number, desk.now())["owner"]
    return person_of(desk.reader, owner) if owner else None


def absolute(moment: str, zone: str, owner: dict[str, Any] | None = None) -> str:
    """`Fri 27 Nov 2026 15:00 CET`, and the same by the owner's clock where that differs."""
    mine = words.day_and_time(moment, zone_named(zone))
    theirs = words.day_and_time(moment, zone_named(owner["zone"])) if owner else mine
    return mine if theirs == mine or owner is None else f"{mine} ({theirs} for {safe(owner['handle'])})"


def tell_what_waits(ctx: typer.Context) -> None:
    """One line on a terminal's stderr: how much waits for the person who acts."""
    world = world_of(ctx)
    if invocation_of(ctx).walking or not world.stderr.isatty():
        return
    desk = desk_of(ctx)
    if me := desk.me_if_known:
        offers, cases = waits_for(desk.reader, me.id, desk.now())
        back = [*cases, *(account["customer"] for account in accounts_back(desk.reader, me.id))]
        line = words.waits(offers, back, unicode=_unicode(ctx))
        if line:
            tell(ctx, line)


def _unicode(ctx: typer.Context) -> bool:
    world = world_of(ctx)
    return terminal_of(world.stdout, world.environ).unicode
