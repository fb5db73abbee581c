"""A repeated command is told by its request id, and told from another one by a digest of what it asks for."""

import hashlib
import json

import typer

from owncase.actions.change import ANEW, Once
from owncase.cli import parse
from owncase.cli.context import desk_of

NOT_THE_WISH = frozenset(("request_id", "if_version", "format", "json"))
"""Parameters that do not change what a command does."""


def once_of(ctx: typer.Context, request_id: str | None, if_version: str | None = None, **read: str) -> Once:
    """What `--request-id` and `--if-version` ask for. `read` are texts that came from stdin, where `-` was typed."""
    version = parse.version(if_version)
    request = parse.request_id(request_id)
    if request is None:
        return Once(version=version) if version is not None else ANEW
    wish = {name: value for name, value in ctx.params.items() if name not in NOT_THE_WISH} | read
    said = json.dumps([ctx.command_path, desk_of(ctx).me.handle, wish], sort_keys=True)
    return Once(request=request, digest=hashlib.sha256(said.encode()).hexdigest(), version=version)
