"""`owncase next`: what waits for you, most pressing first, and how much comes later."""

import typer

from owncase.cli.context import desk_of, tell
from owncase.cli.options import Format, Json, Limit, Owner
from owncase.cli.output import row_limit, say_limited, show
from owncase.queries.lookup import person_of
from owncase.queries.next_actions import next_actions
from owncase.render.columns import NEXT
from owncase.render.sheet import Sheet


def command(
    ctx: typer.Context, owner: Owner = None, limit: Limit = None, format: Format = None, json: Json = False
) -> None:
    """Show what waits for you, most pressing first.

    The blocks: To acknowledge, Came back, Overdue, Today, Notes (of others, in cases that come later), Waiting. A case
    stands in one block only. With --owner, what waits for somebody else, by their clock.
    """
    desk = desk_of(ctx)
    if owner is None:
        who, handle, zone = desk.me.id, desk.me.handle, desk.me.zone
    else:
        person = person_of(desk.reader, owner)
        who, handle, zone = person["id"], person["handle"], person["zone"]
    found = next_actions(desk.reader, who, zone, desk.now(), limit=row_limit(ctx, limit))
    empty = "Nothing waits for you." if owner is None else f"Nothing waits for {handle}."
    show(ctx, Sheet(found.rows, NEXT, empty=empty, group="block"), format, json=json)
    say_limited(ctx, len(found.rows), found.total)
    if found.later:
        tell(ctx, f"{found.later} later: owncase list --owner {handle}")
