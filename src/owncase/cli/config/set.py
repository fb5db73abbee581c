"""`owncase config set KEY VALUE`: into the user's file, or into the store for a choice that holds for everybody."""

from typing import Annotated

import typer

from owncase.cli.address import read_address
from owncase.cli.config.options import KeyArgument
from owncase.cli.context import desk_of, settings_of, tell
from owncase.cli.parse import choice, limit
from owncase.render.safe import safe
from owncase.settings import STORE_KEYS


def command(
    ctx: typer.Context,
    key: KeyArgument,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="What it shall be.")],
) -> None:
    """Change a setting."""
    if key in STORE_KEYS:
        _choose(ctx, key, value)
        return
    _check(key, value)
    path = settings_of(ctx).set(key, value)
    tell(ctx, f"{key} is set in {path}")


def _choose(ctx: typer.Context, key: str, value: str) -> None:
    from owncase.actions.choose import choose  # the user's own settings need no store

    desk = desk_of(ctx)
    if key != "group":
        choose(desk, key, choice(value, ("true", "false"), key))
        tell(ctx, f"{key} is {value} for everybody who uses this store")
        return
    from owncase.store.groups import group_named  # most stores are shared with nobody
    from owncase.store.sharing import to_follow

    if value:
        group_named(value)
    choose(desk, key, value)
    if commands := to_follow(desk.store.resolve(), value):
        tell(
            ctx, f"{safe(value) or 'nobody else'} shares the store as soon as its permissions say so: {safe(commands)}"
        )


def _check(key: str, value: str) -> None:
    if key == "limit":
        limit(value, key)
    if key == "color":
        choice(value, ("auto", "always", "never"), key)
    if key == "store" and "://" in value:
        read_address(value)
    if value and (key.startswith("smtp-") or key == "mail-from"):
        from owncase.notify.settled import can_be  # few settings are about mail

        can_be(key, value)
