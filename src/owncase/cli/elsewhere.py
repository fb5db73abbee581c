"""A command line whose store is on another machine runs there; this decides so before anything is read or printed.

Most lines are sent off before their command is even imported, which saves half a second. Where an option behind the
verb may change the answer, the command's own parser is asked first.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from owncase.cli.context import invocation_of
from owncase.settings import STORE_KEYS

if TYPE_CHECKING:
    from owncase.cli.address import Address

CONFIG = {("config", "path"), ("config", "list"), ("config", "get"), ("config", "set")}
HERE = {*CONFIG, ("completion",), ("demo",), ("tutorial",)}
"""Commands that always run on this machine, but for choices that are kept in the store."""

READS_LINES = {("shell",)}
"""Commands that read stdin without being told to by a `-`."""

DECISIVE = re.compile(r"--store(=.*)?|--help|-h|--version|(--?[a-z-]+=?)?-", re.DOTALL)
"""Words that may decide where a line runs, that it needs no store, or that it asks for stdin."""


class Elsewhere(Exception):
    """This command line is to run on another machine, maybe with what is on stdin."""

    def __init__(self, address: "Address", *, asks_for_stdin: bool) -> None:
        super().__init__(address.url)
        self.address = address
        self.asks_for_stdin = asks_for_stdin


def leave_early(ctx: typer.Context, path: tuple[str, ...], rest: Sequence[str]) -> None:
    """Raise Elsewhere if it is certain from the words in front of the verb, with the words behind it as they stand."""
    if path in HERE or path in READS_LINES or ctx.resilient_parsing or any(map(DECISIVE.fullmatch, rest)):
        return
    if address := invocation_of(ctx).address:
        raise Elsewhere(address, asks_for_stdin=False)


def leave(ctx: typer.Context, path: tuple[str, ...]) -> None:
    """Raise Elsewhere if this command, now that all its words are understood, belongs to another machine."""
    if path in HERE and ctx.params.get("key") not in STORE_KEYS:
        return
    if address := invocation_of(ctx).address:
        raise Elsewhere(address, asks_for_stdin=path in READS_LINES or _asks_for_stdin(ctx))


def _asks_for_stdin(ctx: typer.Context) -> bool:
    """Whether some parameter is `-`: the file, the one word of a text, or one of several texts."""
    return any(_is_dash(ctx.params.get(option.name or ""), option) for option in ctx.command.params)


def _is_dash(value: Any, option: Any) -> bool:
    if isinstance(value, list | tuple):
        return "-" in value if option.multiple else list(value) == ["-"]
    return str(value) == "-"
