"""What a store already knows of what an import brings: its cases by source and external id, people, customers."""

from typing import Any, NamedTuple

from owncase.store.reader import Reader


class Known(NamedTuple):
    """A person or a customer that is here already. `handle` is a customer's key; a customer is always active."""

    id: int
    handle: str
    name: str
    active: int


def people(reader: Reader) -> list[Known]:
    """Everybody, in the order in which they came."""
    return _known(reader, "SELECT id, handle, name, active FROM person ORDER BY id")


def customers(reader: Reader) -> list[Known]:
    """All customers, in the order in which they came."""
    return _known(reader, "SELECT id, key AS handle, name, 1 AS active FROM customer ORDER BY id")


def digest_of(connection: Any, source: str, external: str) -> str | None:
    """The digest of the rows a case was imported from, empty for one that was not imported, None for one not here."""
    sql = "SELECT coalesce(digest, '') AS digest FROM cases WHERE source = ? AND external = ?"
    cursor = connection.cursor()
    cursor.row_factory = None
    found: tuple[str] | None = cursor.execute(sql, (source, external)).fetchone()
    return found[0] if found else None


def _known(reader: Reader, sql: str) -> list[Known]:
    return [Known(**row) for row in reader.rows(sql)]
