"""`owncase show CASE`: one case whole, as a card with sections for people and as one object for scripts."""

import typer

from owncase.cli.context import desk_of
from owncase.cli.looking import is_terminal, sections
from owncase.cli.options import CaseArgument, Format, Json
from owncase.cli.output import FOR_PEOPLE, show
from owncase.cli.standing_offer import say_came_back
from owncase.domain.wallclock import zone_named
from owncase.queries.lookup import case_number_of
from owncase.queries.whole_case import whole_case
from owncase.render.columns import CALLS, DECLINED, HISTORY, NOTES, OFFER, PROMISES, WHOLE_CASE
from owncase.render.playbooks import progress_line
from owncase.render.sheet import Card, Sheet, choose_format
from owncase.render.story import phrase


def command(ctx: typer.Context, case: CaseArgument, format: Format = None, json: Json = False) -> None:
    """Show one case whole."""
    desk = desk_of(ctx)
    number = case_number_of(desk.reader, case)
    found = whole_case(desk.reader, number, desk.now())
    found["history"] = [event | {"what": phrase(event, zone_named(desk.zone))} for event in found["history"]]
    chosen = choose_format(format, json=json, terminal=is_terminal(ctx))
    line = {"playbook": progress_line(found)} if found["playbook"] and chosen in FOR_PEOPLE else {}
    show(ctx, Card(found | line, WHOLE_CASE, title=f"Case {number}"), chosen)
    if chosen not in ("table", "md"):
        return
    offer = [Card(found["pending"], OFFER, title="On offer")] if found["pending"] else []
    back = [Card(found["declined"], DECLINED, title="Came back")] if found["declined"] else []
    parts = (("promises", PROMISES), ("calls", CALLS), ("notes", NOTES), ("history", HISTORY))
    lists = [Sheet(found[name], columns, title=name.capitalize()) for name, columns in parts if found[name]]
    sections(ctx, [*offer, *back, *lists], chosen)
    say_came_back(ctx, [found])
