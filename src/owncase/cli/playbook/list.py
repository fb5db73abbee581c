"""`owncase playbook list`: what is at hand."""

import typer

from owncase.cli.context import desk_of
from owncase.cli.options import Format, Json
from owncase.cli.output import show
from owncase.queries.playbooks import playbooks
from owncase.render.playbooks import PLAYBOOKS
from owncase.render.sheet import Sheet

EMPTY = "No playbooks yet: owncase playbook add --shipped"


def command(ctx: typer.Context, format: Format = None, json: Json = False) -> None:
    """List the playbooks in use."""
    rows = playbooks(desk_of(ctx).reader)
    show(ctx, Sheet(rows, PLAYBOOKS, empty=EMPTY), format, json=json)
