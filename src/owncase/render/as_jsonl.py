"""JSON Lines: one object on each line, and nothing at all for nothing."""

from owncase.render.as_json import line
from owncase.render.sheet import Card, Look, Sheet


def render(thing: Sheet | Card, look: Look) -> str:
    """One line for each row."""
    rows = [thing.row] if isinstance(thing, Card) else thing.rows
    return "".join(line(row) + "\n" for row in rows)
