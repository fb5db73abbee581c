"""`owncase inbox`: what is offered to you, cases and accounts, the next to be answered first."""

from typing import Annotated, Any

import typer

from owncase.cli import parse
from owncase.cli.context import desk_of
from owncase.cli.looking import is_terminal, person_id
from owncase.cli.options import Format, Json, Limit, Owner, Walk
from owncase.cli.output import row_limit, say_limited, show
from owncase.cli.receipt import say
from owncase.domain.wallclock import zone_named
from owncase.errors import UsageProblem
from owncase.queries import inbox
from owncase.queries.relationship import with_relationships
from owncase.queries.sources import known_source
from owncase.render.columns import OFFERS
from owncase.render.relationship import relationship_parts
from owncase.render.safe import safe
from owncase.render.sheet import Sheet, choose_format

All = Annotated[bool, typer.Option("--all", help="What is offered to anybody.")]
Import = Annotated[
    str | None, typer.Option("--import", metavar="NAME", help="Only cases that were imported from this source.")
]

NOTHING = "Nothing waits for an answer."


def command(
    ctx: typer.Context,
    owner: Owner = None,
    all: All = False,
    imported: Import = None,
    walk: Walk = False,
    limit: Limit = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Show what waits for your acknowledgement."""
    if all and owner is not None:
        raise UsageProblem("--all and --owner ask for two things", fix="give one of them")
    desk = desk_of(ctx)
    source = None if imported is None else known_source(desk.reader, imported)
    if walk:
        _walk(ctx, source, limit, beside=bool(owner or all or format or json))
        return
    who = None if all else person_id(ctx, owner) or desk.me.id
    rows = inbox.inbox(desk.reader, who, desk.now(), source=source)
    shown = with_relationships(desk.reader, rows[: row_limit(ctx, limit) or None], desk.now())
    show(ctx, Sheet(shown, OFFERS, empty=NOTHING), format, json=json)
    if choose_format(format, json=json, terminal=is_terminal(ctx)) == "table":
        _accounts(ctx, shown)
    say_limited(ctx, len(shown), len(rows))


def _accounts(ctx: typer.Context, offers: list[dict[str, Any]]) -> None:
    """For people: what comes with each account that is offered."""
    desk = desk_of(ctx)
    for offer in offers:
        if whole := offer["relationship"]:
            say(ctx, f"\n{safe(offer['customer'])}: {safe(offer['title'])}, from {safe(offer['from'])}")
            for part in relationship_parts(whole, zone_named(desk.zone), desk.now()):
                say(ctx, f"  {part.label.lower()}: {part.text}")


def _walk(ctx: typer.Context, source: str | None, limit: str | None, *, beside: bool) -> None:
    from hashlib import sha256  # only a walk through one source needs it

    from owncase.cli.walk.begin import Way, walk_through  # a walk draws, and runs other commands

    desk = desk_of(ctx)
    name = "inbox" if source is None else f"inbox-{sha256(source.encode()).hexdigest()[:16]}"
    walk_through(
        ctx,
        Way(
            "inbox",
            name,
            rows=lambda: inbox.inbox(desk.reader, desk.me.id, desk.now(), source=source),
            empty=NOTHING,
            limit=parse.limit(limit) if limit else 0,
            beside=beside,
        ),
    )
