"""`owncase join HANDLE`: an OS user says which person of the team they are, once, and acts as them from then on."""

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from owncase.actions.join import join
from owncase.cli import complete
from owncase.cli.context import answer, can_ask, desk_of, invocation_of, settings_of, tell
from owncase.cli.options import Format, Json, RequestId
from owncase.cli.parties import same_person, show_person
from owncase.cli.written import writing
from owncase.desk import Desk
from owncase.errors import NotFound, UsageProblem
from owncase.render.safe import safe

Handle = Annotated[
    str | None,
    typer.Argument(metavar="HANDLE", help="Who you are in the store.", autocompletion=complete.handles),
]


class NobodyUnclaimed(NotFound):
    """Everybody in the store is an OS user already."""


def command(
    ctx: typer.Context,
    handle: Handle = None,
    request_id: RequestId = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Say which person of the team you are.

    From then on what you type is theirs, and nobody else types for them. The first to join as somebody is that person.
    """
    desk = desk_of(ctx)
    if desk.acting and desk.acting != handle:
        raise UsageProblem(f"you join as yourself, and --as says {desk.acting}", fix="leave out --as")
    said = handle or _asked(ctx, desk)
    again = same_person(ctx, format, json)
    with writing(ctx, request_id, None, format, json, again=again, wisher=desk.os_user) as w:
        news = join(desk, said, once=w.once)
        show_person(ctx, said, w.shape)
        tell(ctx, f"you act as {safe(said)} from now on" if news else "already done")
        _say_how_to_stay(ctx, desk.store)


def _asked(ctx: typer.Context, desk: Desk) -> str:
    if (me := desk.me_if_known) is not None:
        return me.handle
    people = desk.unclaimed()
    if not people:
        raise NobodyUnclaimed(
            "everybody here has joined", fix=f"owncase person add HANDLE --name NAME --login {quote(desk.os_user)}"
        )
    if not can_ask(ctx):
        names = ", ".join(row["handle"] for row in people)
        raise UsageProblem(f"nobody named; unclaimed: {names}", fix=f"owncase join {people[0]['handle']}")
    for row in people:
        tell(ctx, f"  {safe(row['handle'])}  {safe(row['name'])}")
    return answer(ctx, "which of them are you", "HANDLE", people[0]["handle"] if len(people) == 1 else None)


def _say_how_to_stay(ctx: typer.Context, store: Path) -> None:
    """A store that only the command line named is not the one of the next command."""
    said = invocation_of(ctx)
    if said.store is not None and not said.here and settings_of(ctx).store_path() != store:
        tell(ctx, f"to keep using it: owncase config set store {safe(str(store.absolute()))}")
