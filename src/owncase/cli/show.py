"""`owncase show CASE`: one case whole, as a card with sections for people and as one object for scripts."""

import typer

from owncase.cli.context import desk_of
from owncase.cli.looking import is_terminal
from owncase.cli.options import CaseArgument, Format, Json
from owncase.cli.output import show
from owncase.queries.lookup import case_number_of
from owncase.queries.whole_case import whole_case
from owncase.render.columns import CASE, HISTORY, NOTES, OFFER, PROMISES
from owncase.render.sheet import Card, Sheet, choose_format
from owncase.render.story import phrase


def command(ctx: typer.Context, case: CaseArgument, format: Format = None, json: Json = False) -> None:
    """Show one case whole."""
    desk = desk_of(ctx)
    number = case_number_of(desk.reader, case)
    found = whole_case(desk.reader, number, desk.now())
    found["history"] = [event | {"what": phrase(event)} for event in found["history"]]
    chosen = choose_format(format, json=json, terminal=is_terminal(ctx))
    if chosen not in ("table", "md"):
        show(ctx, Card(found, CASE, title=f"Case {number}"), chosen)
        return
    show(ctx, Card(found, CASE, title=f"Case {number}"), chosen)
    if found["pending"]:
        show(ctx, Card(found["pending"], OFFER, title="\nOn offer"), chosen)
    for name, columns in (("promises", PROMISES), ("notes", NOTES), ("history", HISTORY)):
        if found[name]:
            show(ctx, Sheet(found[name], columns, title=f"\n{name.capitalize()}"), chosen)
