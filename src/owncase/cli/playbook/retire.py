"""`owncase playbook retire KEY`: no further case begins with it."""

import typer

from owncase.actions.playbooks import retire_playbook
from owncase.cli.options import Format, Json, RequestId
from owncase.cli.output import show
from owncase.cli.playbook.options import PlaybookArgument
from owncase.cli.receipt import say
from owncase.cli.written import writing
from owncase.queries.playbooks import playbook, version_of
from owncase.render.playbooks import PLAYBOOK
from owncase.render.sheet import Card


def command(
    ctx: typer.Context, key: PlaybookArgument, request_id: RequestId = None, format: Format = None, json: Json = False
) -> None:
    """Take a playbook out of use; cases that follow it go on."""
    with writing(ctx, request_id, None, format, json) as w:
        once = w.once
        standing = playbook(w.desk.reader, key)
        retire_playbook(w.desk, key, once=once)
        if w.shape.plain:
            say(ctx, f"{key} is out of use; cases that follow it go on")
        else:
            row = version_of(w.desk.reader, standing["version"])
            show(ctx, Card(row, PLAYBOOK), format, json=json)
