"""`owncase init`: the only command that makes a store, and only where nothing is yet."""

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from owncase.cli.context import answer, can_ask, desk_of, tell, world_of
from owncase.cli.options import Format, Json
from owncase.cli.output import show
from owncase.cli.person.options import Email, Hours, Name, Phone, Place, Zone, stated
from owncase.cli.receipt import Shape, say
from owncase.desk import Desk
from owncase.domain.text import handle_from
from owncase.errors import CannotCreate, UsageProblem
from owncase.render.safe import safe
from owncase.render.sheet import Card, Column, Columns
from owncase.store import place as places

if TYPE_CHECKING:
    from owncase.store.groups import Group

COLUMNS = Columns(
    shown=(
        Column("store", "Store"),
        Column("group", "Group"),
        Column("handle", "You", "person"),
        Column("name", "Name"),
        Column("login", "Login"),
        Column("zone", "Time zone"),
        Column("hours", "Working hours"),
    ),
    fields=("store", "handle", "name", "login", "zone", "hours"),
)
ELSEWHERE = "/srv/owncase/owncase.db"
NEXT = (
    "owncase person add HANDLE --name NAME --login OS-USER",
    "owncase customer add KEY --name NAME",
    "owncase open TITLE -c KEY -n ACTION -d WHEN",
)

Me = Annotated[str | None, typer.Option("--me", metavar="HANDLE", help="Your own handle.")]
From = Annotated[
    Path | None,
    typer.Option("--from", metavar="EXPORT", help="Bring back what `owncase export` wrote, history and all."),
]


Sharing = Annotated[
    str | None,
    typer.Option("--group", metavar="GROUP", help="Share the store with the members of this Unix group."),
]


class SomethingThere(CannotCreate):
    """A store is made only where nothing is."""


def command(
    ctx: typer.Context,
    me: Me = None,
    name: Name = None,
    zone: Zone = None,
    hours: Hours = None,
    email: Email = None,
    phone: Phone = None,
    place: Place = None,
    source: From = None,
    group: Sharing = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Make a store and register yourself in it."""
    desk = desk_of(ctx)
    _is_free(desk.store)
    shared = _group(group, source)
    if source is not None:
        import_module("owncase.exchange.restore_export").bring_back(desk, desk.store, source)
    else:
        from owncase.actions.make_store import make_store  # an export brings its own people

        local = world_of(ctx).local_zone()
        proposed = handle_from(desk.os_user) if can_ask(ctx) else None
        make_store(
            desk,
            stated(
                handle=me or answer(ctx, "your handle", "--me HANDLE", proposed),
                name=name or answer(ctx, "your name", "--name NAME"),
                zone=zone or local, hours=hours, email=email, phone=phone, place=place,
            ),
            group=shared,
        )  # fmt: skip
    _say(ctx, desk, Shape(format, json), shared)


def _is_free(path: Path) -> None:
    """Refuse whatever stands there, before anybody is asked anything; a link to nowhere stands there too."""
    if os.path.lexists(path):
        raise SomethingThere(f"{path} exists already", fix="owncase store info, or name another path with --store")


def _group(name: str | None, source: Path | None) -> "Group | None":
    if name is None:
        return None
    if source is not None:
        raise UsageProblem(
            "an export says itself with whom it is shared",
            fix="leave --group out; then: owncase config set group GROUP",
        )
    from owncase.store.groups import group_named  # most stores are shared with nobody

    return group_named(name)


def _say(ctx: typer.Context, desk: Desk, shape: Shape, group: "Group | None") -> None:
    made = _made(desk) | ({"group": group.name} if group else {})
    if not shape.plain:
        show(ctx, Card(made, COLUMNS), shape.format, json=shape.json)
    else:
        you = f" · you are {safe(made['handle'])} ({safe(made['name'])}), {made['zone']}" if made["handle"] else ""
        say(ctx, f"{safe(made['store'])}{you}")
    if places.is_layered(desk.store):
        tell(ctx, "warning: this disk is a layer of a container, and gone with it: keep the store on a volume")
    if group is not None:
        _say_who_joins(ctx, desk, group)
    if world_of(ctx).stderr.isatty():
        tell(ctx, "Next: " + "\n      ".join(NEXT))


def _say_who_joins(ctx: typer.Context, desk: Desk, group: "Group") -> None:
    from owncase.store.sharing import closed_to  # only a shared store needs it

    store = safe(str(desk.store.absolute()))
    if closed := closed_to(desk.store.absolute().parent, group):
        tell(
            ctx,
            f"warning: {safe(str(closed))} lets nobody else in, so the others of {group.name} cannot reach this store: "
            f"make it where they can, as in owncase --store {ELSEWHERE} init … --group {group.name}, "
            f"and keep it by owncase config set store {ELSEWHERE}",
        )
    else:
        tell(ctx, f"the others of {group.name} run: owncase --store {store} join HANDLE")


def _made(desk: Desk) -> dict[str, Any]:
    me = desk.me_if_known
    found = {field: getattr(me, field) if me else None for field in ("handle", "name", "login", "zone", "hours")}
    return {"store": str(desk.store), **found}
