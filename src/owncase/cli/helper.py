"""`owncase helper WORDS|TOPIC`: who can help, best first, and why; at night whoever is on duty."""

from typing import Annotated

import typer

from owncase.cli.context import desk_of, tell
from owncase.cli.looking import edge, is_terminal
from owncase.cli.options import Customer, Format, Json, Limit
from owncase.cli.output import FOR_PEOPLE, show
from owncase.cli.parse import limit as at_most
from owncase.domain.wallclock import zone_named
from owncase.queries.helping import Wish, helpers
from owncase.queries.lookup import customer_of
from owncase.render.helping_columns import HELPERS, helper_lines
from owncase.render.sheet import Sheet, choose_format
from owncase.render.words import day_and_time

FIRST = "8"
"""How many are shown: whoever calls needs one."""
Words = Annotated[
    list[str] | None, typer.Argument(metavar="WORDS|TOPIC…", help="What help is needed with. Needs no quotes.")
]
Place = Annotated[str | None, typer.Option("--place", metavar="PLACE", help="Rather somebody there.")]
At = Annotated[str | None, typer.Option("--at", metavar="WHEN", help="At this moment, not now.")]
Language = Annotated[str | None, typer.Option("--language", metavar="XX", help="Only who speaks it, such as de.")]


def command(
    ctx: typer.Context,
    words: Words = None,
    place: Place = None,
    at: At = None,
    customer: Customer = None,
    language: Language = None,
    limit: Limit = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Show who can help, best first, and why.

    Whoever works just now comes first, then who knows the topic.

    Where nobody who fits works, whoever is on duty stands above all.
    """
    desk = desk_of(ctx)
    now = desk.now()
    moment = edge(ctx, at) if at is not None else now
    whom = customer_of(desk.reader, customer)["id"] if customer is not None else None
    spoken = language.strip().lower() if language is not None else None
    most = at_most(FIRST if limit is None else limit)
    wish = Wish(" ".join(words or ()).strip(), moment, place, whom, spoken, most)
    found = helpers(desk.reader, wish)
    shown = found.people
    chosen = choose_format(format, json=json, terminal=is_terminal(ctx))
    if chosen in FOR_PEOPLE:
        title = f"Who can help, {day_and_time(moment, zone_named(desk.zone), now=now)}"
        show(ctx, Sheet([helper_lines(row) for row in shown], HELPERS, title=title, empty="Nobody fits."), chosen)
    else:
        show(ctx, Sheet(shown, HELPERS), chosen)
    if found.nobody_works and not any(row["on_duty"] for row in shown):
        tell(ctx, "nobody who fits is in their hours, and nobody is on duty — owncase duty add HANDLE FROM UNTIL")
