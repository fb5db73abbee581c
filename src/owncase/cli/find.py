"""`owncase find WORDS`: cases in which all the words stand, wherever, open ones first."""

from typing import Annotated

import typer

from owncase.cli.context import desk_of
from owncase.cli.options import Format, Json, Limit
from owncase.cli.output import row_limit, say_limited, show
from owncase.queries.search import search
from owncase.render.columns import CASES
from owncase.render.sheet import Sheet

Words = Annotated[list[str], typer.Argument(metavar="WORDS…", help="Words, or beginnings of at least three letters.")]


def command(ctx: typer.Context, words: Words, limit: Limit = None, format: Format = None, json: Json = False) -> None:
    """Find cases by the words in them.

    All the words must stand in the case, each anywhere: in its title, actions,
    notes, promises and offers, also in what was changed since, in its number or
    external id, or in the customer's name or key. Case and accents do not
    count.
    """
    desk = desk_of(ctx)
    rows, total = search(desk.reader, " ".join(words), desk.now(), limit=row_limit(ctx, limit))
    show(ctx, Sheet(rows, CASES, empty="Nothing found."), format, json=json)
    if limit is None:
        say_limited(ctx, len(rows), total)
