"""The card of who is accountable: for people in lines that answer on the spot, for scripts as the whole object."""

from typing import Any

import typer

from owncase.cli.context import desk_of, tell
from owncase.cli.output import FOR_PEOPLE, show, terminal_here
from owncase.domain.wallclock import zone_named
from owncase.render.columns import WHO
from owncase.render.sheet import Card
from owncase.render.who_lines import ENDLESS, WHO_LINES, Room, who_lines

HEAD = 12
"""Lines of the card above its open cases, on the screen that has to hold both."""
HEADINGS = 14


def show_card(ctx: typer.Context, found: dict[str, Any], chosen: str) -> None:
    """Print the card in this format; what it leaves out is said on stderr."""
    if chosen not in FOR_PEOPLE:
        show(ctx, Card(found, WHO), chosen)
    else:
        desk = desk_of(ctx)
        row = who_lines(found, zone_named(desk.zone), desk.now(), _room(ctx) if chosen == "table" else ENDLESS)
        show(ctx, Card(row, WHO_LINES, title=_title(found)), chosen)
    if len(found["cases"]) < found["open"]:
        tell(ctx, f"{len(found['cases'])} of {found['open']} open cases; owncase list shows all")


def _room(ctx: typer.Context) -> Room:
    terminal = terminal_here(ctx)
    return Room(max(terminal.height - HEAD, 1), max(terminal.width - HEADINGS, 1))


def _title(found: dict[str, Any]) -> str:
    if found["kind"] == "case":
        return f"{found['cases'][0]['case']} {found['title']}"
    if found["kind"] == "customer":
        return f"{found['customer']} ({found['customer_name']})"
    return f"{found['owner']} ({found['owner_name']})"
