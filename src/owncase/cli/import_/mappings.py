"""`owncase import mappings`: the names that `--mapping` takes."""

import typer

from owncase.cli.context import settings_of
from owncase.cli.options import Format, Json
from owncase.cli.output import show
from owncase.exchange.mapping_file import listed
from owncase.render.import_columns import MAPPINGS
from owncase.render.sheet import Sheet


def command(ctx: typer.Context, format: Format = None, json: Json = False) -> None:
    """List the mappings that imports know by name."""
    show(ctx, Sheet(listed(settings_of(ctx)), MAPPINGS), format, json=json)
