"""Is anything here from this source, and from which others?"""

from typing import TYPE_CHECKING

from owncase.errors import NotFound

if TYPE_CHECKING:
    from owncase.store.reader import Reader

_THERE = "SELECT 1 AS there FROM cases WHERE source = :source AND source <> '' LIMIT 1"
_EVERY = "SELECT DISTINCT source FROM cases WHERE source <> '' ORDER BY source"


class NoSuchSource(NotFound):
    """No case came from a source of this name."""


def known_source(reader: "Reader", source: str) -> str:
    """The name itself, once it is known that cases came from there. Raises `NoSuchSource` naming those that did."""
    if source and reader.one(_THERE, source=source):
        return source
    named = [row["source"] for row in reader.rows(_EVERY)]
    raise NoSuchSource(
        f"no case was imported from {source!r}", fix=f"one of {', '.join(named)}" if named else "owncase import cases"
    )
