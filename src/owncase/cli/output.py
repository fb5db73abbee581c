"""How a command shows its answer: in the format that was asked for, on the world's stdout."""

from datetime import UTC, tzinfo
from functools import partial

import typer

from owncase.cli import parse
from owncase.cli.context import invocation_of, settings_of, tell, world_of
from owncase.domain.moment import to_text
from owncase.render.sheet import Card, Sheet, choose_format, write
from owncase.render.terminal import Terminal, terminal_of

FOR_PEOPLE = ("table", "md", "html")
"""Formats that show moments in the reader's zone; all others are UTC."""


def show(ctx: typer.Context, thing: Sheet | Card, format: str | None = None, *, json: bool = False) -> None:
    """Print many things or a single one. `format` and `json` are what `-f` and `--json` said."""
    world = world_of(ctx)
    terminal = terminal_here(ctx)
    chosen = choose_format(format, json=json, terminal=terminal.is_tty)
    for_people = chosen in FOR_PEOPLE
    write(
        thing,
        chosen,
        world.stdout,
        terminal=terminal,
        zone=_zone(ctx) if for_people else UTC,
        now=to_text(world.clock()) if for_people else None,
        page=partial(_page, ctx) if terminal.is_tty else None,
    )


def show_text(ctx: typer.Context, text: str) -> None:
    """Print a text that is ready, page by page where it is longer than the screen."""
    terminal = terminal_here(ctx)
    if terminal.is_tty and text.count("\n") >= terminal.height:
        _page(ctx, text)
    else:
        world_of(ctx).stdout.write(text)


def terminal_here(ctx: typer.Context) -> Terminal:
    """What stdout can show; the setting `color` may say always or never."""
    world = world_of(ctx)
    terminal = terminal_of(world.stdout, world.environ)
    if not terminal.is_tty:
        return terminal
    color = settings_of(ctx).find("color").value
    return terminal if color == "auto" else terminal._replace(color=color == "always")


def row_limit(ctx: typer.Context, asked: str | None) -> int:
    """How many rows to ask for, 0 for all: `--limit`, else the setting on a terminal, else all."""
    world = world_of(ctx)
    if asked is None and not world.stdout.isatty():
        return 0
    found = settings_of(ctx).find("limit", asked)
    return parse.limit(found.value, "--limit" if asked is not None else "the setting limit")


def say_limited(ctx: typer.Context, shown: int, total: int) -> None:
    """Say on stderr that there is more than was shown."""
    if shown < total:
        tell(ctx, f"{shown} of {total}; --limit 0 shows all")


def _zone(ctx: typer.Context) -> tzinfo:
    from owncase.domain.wallclock import zone_named  # an answer for scripts needs none

    return zone_named(invocation_of(ctx).zone)


def _page(ctx: typer.Context, text: str) -> None:
    from owncase.cli.pager import page  # only a long answer on a terminal needs it

    page(world_of(ctx), settings_of(ctx).find("pager").value, text)
