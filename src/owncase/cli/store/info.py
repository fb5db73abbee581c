"""`owncase store info`: where the store is, how old, how big, and on what disk."""

import sqlite3

import typer

from owncase.cli.context import desk_of
from owncase.cli.options import Format, Json
from owncase.cli.output import show
from owncase.cli.store.columns import INFO
from owncase.queries.store_facts import store_facts
from owncase.render.sheet import Card
from owncase.store import place, sharing


def command(ctx: typer.Context, format: Format = None, json: Json = False) -> None:
    """Show where the store is and what is in it."""
    desk = desk_of(ctx)
    path = place.existing(desk.store)
    facts = store_facts(desk.reader)
    around = {"bytes": path.stat().st_size, "disk": place.file_system(path) or None, "sqlite": sqlite3.sqlite_version}
    who = {"group": sharing.recorded(desk.reader.connection), "may_write": sharing.writers(path)}
    show(ctx, Card({"path": str(path), **facts, **around, **who}, INFO), format, json=json)
