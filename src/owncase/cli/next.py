"""`owncase next`: what waits for you, most pressing first, and how much comes later."""

from collections.abc import Iterator, Sequence

import typer

from owncase.cli import parse
from owncase.cli.context import desk_of, tell
from owncase.cli.options import Format, Json, Limit, Owner, Walk
from owncase.cli.output import row_limit, say_limited, show, terminal_here
from owncase.queries.lookup import person_of
from owncase.queries.next_actions import Next, next_actions
from owncase.queries.unconfirmed import unconfirmed
from owncase.render.columns import NEXT
from owncase.render.safe import ascii_only
from owncase.render.sheet import Sheet
from owncase.render.words import counted, listed

NOTHING = "Nothing waits for you."


def command(
    ctx: typer.Context,
    owner: Owner = None,
    walk: Walk = False,
    limit: Limit = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Show what waits for you, most pressing first.

    The blocks: To acknowledge, Came back, Overdue, Today, To tell (an ETA that
    the customer does not know), Notes (of others), Waiting; To tell and Notes
    are of cases that come later. A case stands in one block only. With --owner,
    what waits for somebody else, by their clock.
    """
    desk = desk_of(ctx)
    if walk:
        _walk(ctx, limit, beside=bool(owner or format or json))
        return
    if owner is None:
        who, handle, zone = desk.me.id, desk.me.handle, desk.me.zone
    else:
        person = person_of(desk.reader, owner)
        who, handle, zone = person["id"], person["handle"], person["zone"]
    found = next_actions(desk.reader, who, zone, desk.now(), limit=row_limit(ctx, limit))
    empty = NOTHING if owner is None else f"Nothing waits for {handle}."
    show(ctx, Sheet(found.rows, NEXT, empty=empty, group="block"), format, json=json)
    say_limited(ctx, len(found.rows), found.total)
    if any(row["declined"] for row in found.rows):
        from owncase.cli.standing_offer import say_came_back  # most days nothing came back

        say_came_back(ctx, found.rows)
    for line in _beside(found, unconfirmed(desk.reader, who), handle):
        tell(ctx, line if terminal_here(ctx).unicode else ascii_only(line))


def _beside(found: Next, closings: Sequence[int], handle: str) -> Iterator[str]:
    """What there is besides, and the command that shows it."""
    if found.later:
        yield f"{found.later} later: owncase list --owner {handle}"
    if found.touches_later:
        yield f"{counted(found.touches_later, 'next touch', 'next touches')} later: owncase customer list"
    if closings:
        yield (
            f"{counted(len(closings), 'closing')} unconfirmed ({listed(closings)}):"
            f" owncase list --unconfirmed --owner {handle}"
        )


def _walk(ctx: typer.Context, limit: str | None, *, beside: bool) -> None:
    from owncase.cli.walk.begin import Way, walk_through  # a walk draws, and runs other commands

    desk = desk_of(ctx)
    walk_through(
        ctx,
        Way(
            "next",
            "next",
            rows=lambda: next_actions(desk.reader, desk.me.id, desk.me.zone, desk.now()).rows,
            empty=NOTHING,
            limit=parse.limit(limit) if limit else 0,
            beside=beside,
        ),
    )
