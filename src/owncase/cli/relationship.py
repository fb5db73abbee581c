"""Both sides of a customer handoff see the whole relationship: when it is offered, and before the answer."""

from typing import Any

import typer

from owncase.cli.context import answer, desk_of, tell
from owncase.domain.wallclock import zone_named
from owncase.errors import UsageProblem
from owncase.queries.customers import customer
from owncase.render.relationship import relationship_parts
from owncase.render.safe import safe
from owncase.render.words import aside, day_and_time


def tell_relationship(ctx: typer.Context, whole: dict[str, Any]) -> None:
    """All that there is with a customer, on stderr."""
    desk = desk_of(ctx)
    for part in relationship_parts(whole, zone_named(desk.zone), desk.now()):
        tell(ctx, f"  {part.label.lower()}: {part.text}")


def tell_offered(ctx: typer.Context, key: str) -> None:
    """What the person asked is shown before they answer, for who asks."""
    found = customer(desk_of(ctx).reader, key, now=desk_of(ctx).now())
    if pending := found["pending"]:
        taker = safe(pending["to"])
        tell(ctx, f"offered to {taker}; {safe(pending['from'])}'s until {taker} acknowledges. {taker} is shown:")
        tell_relationship(ctx, found)


def ask_account(ctx: typer.Context, key: str) -> None:
    """Show who is asked at a terminal what they take on, and ask. Raises UsageProblem for a no."""
    desk = desk_of(ctx)
    found = customer(desk.reader, key, now=desk.now())
    pending = found["pending"]
    if pending is None or pending["to"] != desk.me.handle:
        return  # the rules say why not
    when = day_and_time(pending["offered_at"], zone_named(desk.zone), now=desk.now())
    tell(ctx, f"Account of {safe(found['name'])}, offered by {safe(pending['from'])}{aside(pending, 'from')}, {when}")
    if pending["note"]:
        tell(ctx, f"  note: {safe(pending['note'])}")
    tell_relationship(ctx, found)
    while (said := answer(ctx, "Answer for this account? y/n", f"owncase ack {key}").lower()) not in ("y", "yes"):
        if said in ("n", "no"):
            raise UsageProblem(f"the account {key} is not acknowledged", fix=f"owncase decline {key} --reason REASON")
