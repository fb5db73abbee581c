"""Settings as rows: every key, its value, where the value comes from and what it means."""

from typing import Any

import typer

from owncase.cli.context import desk_of, invocation_of, settings_of
from owncase.errors import NotFound
from owncase.render.sheet import Column, Columns
from owncase.settings import KEYS, STORE_KEYS

COLUMNS = Columns(
    shown=(
        Column("key", "Setting"),
        Column("value", "Value", grows=True),
        Column("origin", "Comes from"),
        Column("meaning", "Meaning", grows=True),
    ),
    fields=("key", "value", "origin", "meaning"),
)


def row(ctx: typer.Context, key: str) -> dict[str, Any]:
    """One setting. Raises UsageProblem for an unknown key."""
    if key in STORE_KEYS:
        value, origin = _in_store(ctx, key)
        return {"key": key, "value": value, "origin": origin, "meaning": STORE_KEYS[key].meaning}
    said = invocation_of(ctx)
    found = settings_of(ctx).find(key, {"store": said.store, "as": said.acting}.get(key))
    return {"key": key, "value": found.value, "origin": found.origin, "meaning": KEYS[key].meaning}


def _in_store(ctx: typer.Context, key: str) -> tuple[str, str]:
    if address := invocation_of(ctx).address:
        return "", f"the store on {address.target}"  # asked for alone, it is answered there
    try:
        found = desk_of(ctx).reader.one("SELECT value FROM setting WHERE name = :name", name=key)
    except NotFound:
        found = None
    return (found["value"], "store") if found else (STORE_KEYS[key].default, "default")
