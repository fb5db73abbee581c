"""`owncase config path`: the file that `config set` writes."""

import typer

from owncase.cli.context import settings_of, world_of


def command(ctx: typer.Context) -> None:
    """Show where the settings are kept."""
    world_of(ctx).stdout.write(f"{settings_of(ctx).config_path}\n")
