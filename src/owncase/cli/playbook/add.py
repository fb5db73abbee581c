"""`owncase playbook add FILE.md`: what is done in a known situation; `--shipped` adds those that come with owncase."""

from typing import Annotated

import typer

from owncase.actions.playbooks import add_playbooks
from owncase.cli.context import tell
from owncase.cli.options import DryRun, Format, Json, RequestId
from owncase.cli.playbook.options import show_playbook
from owncase.cli.written import writing
from owncase.domain.playbook_text import Written
from owncase.errors import UsageProblem
from owncase.exchange.playbook_files import names, written

File = Annotated[
    str | None,
    typer.Argument(
        metavar="FILE", help="A Markdown file, or the name of a playbook that comes with owncase.", autocompletion=names
    ),
]
Shipped = Annotated[bool, typer.Option("--shipped", help="Add every playbook that comes with owncase.")]


def command(
    ctx: typer.Context,
    file: File = None,
    shipped: Shipped = False,
    dry_run: DryRun = False,
    request_id: RequestId = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Add playbooks, or further versions of them."""
    if (file is None) != shipped:
        raise UsageProblem("name a file or say --shipped, one of them", fix=f"one of {', '.join(names())}")

    with writing(ctx, request_id, None, format, json) as w:
        once = w.once
        found = [written(name) for name in ([file] if file is not None else names())]
        if dry_run:
            for one in found:
                tell(ctx, _would(one))
            return
        added = add_playbooks(w.desk, found, once=once)
        for one in found:
            show_playbook(ctx, one.key, w.shape)
            if one.key not in added:
                tell(ctx, f"{one.key}: already so")


def _would(one: Written) -> str:
    count = len(one.steps)
    return f"would add {one.key}: {count} step{'' if count == 1 else 's'}; nothing was written"
