"""`owncase config list`: every setting that exists."""

import typer

from owncase.cli.config.rows import COLUMNS, row
from owncase.cli.options import Format, Json
from owncase.cli.output import show
from owncase.render.sheet import Sheet
from owncase.settings import KEYS, STORE_KEYS


def command(ctx: typer.Context, format: Format = None, json: Json = False) -> None:
    """List every setting, its value and where that comes from."""
    show(ctx, Sheet([row(ctx, key) for key in (*KEYS, *STORE_KEYS)], COLUMNS), format, json=json)
