"""What a store already knows of what an import brings: its cases by source and external id, people, customers."""

from typing import Any, NamedTuple

from owncase.domain.wordless import wordless
from owncase.store.reader import Reader

BY_DIGEST = "digest IN (?, ?) AND external IS NULL"
"""As it is kept, and as older events state it."""


class Known(NamedTuple):
    """A person or a customer that is here already. `handle` is a customer's key; a customer is always active."""

    id: int
    handle: str
    name: str
    active: int


class Colleague(NamedTuple):
    """A person of the team, as a file may name them, and when they work."""

    id: int
    handle: str
    name: str
    email: str | None
    zone: str
    hours: str
    active: int


class Account(NamedTuple):
    """A customer, as a file may name it, and the person who answers for the account."""

    id: int
    key: str
    name: str
    account_owner: int


class Imported(NamedTuple):
    """A case that came from a file: its number, and the digest of the row it was made of, as it is kept."""

    case: int
    digest: str


def team(reader: Reader) -> list[Colleague]:
    """Everybody, those who have left too, in the order in which they came."""
    sql = "SELECT id, handle, name, email, zone, hours, active FROM person ORDER BY id"
    return [Colleague(**row) for row in reader.rows(sql)]


def accounts(reader: Reader) -> list[Account]:
    """All customers with their account owners, in the order in which they came."""
    return [Account(**row) for row in reader.rows("SELECT id, key, name, account_owner FROM customer ORDER BY id")]


def customer_named(connection: Any, name: str) -> int | None:
    """The id of the customer of exactly this name, as the store stands now."""
    return _first(connection, "SELECT id FROM customer WHERE name = ? ORDER BY id LIMIT 1", name)


def imported(connection: Any, source: str, external: str | None, digest: str) -> Imported | None:
    """The case that came from this source under this id, or without one of the very same row."""
    cursor = connection.cursor()
    cursor.row_factory = None
    which, keys = ("external = ?", [external]) if external else (BY_DIGEST, [wordless(digest), digest])
    sql = f"SELECT number, coalesce(digest, '') FROM cases WHERE source = ? AND source <> '' AND {which}"  # noqa: S608 - own words
    found = cursor.execute(sql, (source, *keys)).fetchone()
    return Imported(*found) if found else None


def people(reader: Reader) -> list[Known]:
    """Everybody, in the order in which they came."""
    return _known(reader, "SELECT id, handle, name, active FROM person ORDER BY id")


def customers(reader: Reader) -> list[Known]:
    """All customers, in the order in which they came."""
    return _known(reader, "SELECT id, key AS handle, name, 1 AS active FROM customer ORDER BY id")


def people_whole(reader: Reader) -> list[dict[str, Any]]:
    """Everybody with all that is known of them, the manager by handle."""
    sql = "SELECT handle, name, email, phone, place, zone, hours, manager, login, active FROM person_view ORDER BY id"
    return reader.rows(sql)


def customers_whole(reader: Reader) -> list[dict[str, Any]]:
    """All customers with all that is known of them, people by handle."""
    sql = "SELECT key, name, contact, email, phone, account_owner AS owner, second FROM customer_view ORDER BY id"
    return reader.rows(sql)


def contacts(reader: Reader) -> list[dict[str, Any]]:
    """Every contact, listed or removed, customers by key."""
    return reader.rows("SELECT customer, n, name, role, email, phone, active FROM contact_view ORDER BY customer_id, n")


def people_in(connection: Any) -> list[Known]:
    """Everybody, as the store stands inside a write."""
    found = connection.execute("SELECT id, handle, name, active FROM person ORDER BY id")
    return [Known(*row) for row in found]


def digest_of(connection: Any, source: str, external: str) -> str | None:
    """The digest, as it is kept, of the rows a case was imported from, empty for none, None for a case not here."""
    sql = "SELECT coalesce(digest, '') AS digest FROM cases WHERE source = ? AND external = ?"
    cursor = connection.cursor()
    cursor.row_factory = None
    found: tuple[str] | None = cursor.execute(sql, (source, external)).fetchone()
    return found[0] if found else None


def _first(connection: Any, sql: str, *values: str) -> int | None:
    cursor = connection.cursor()
    cursor.row_factory = None
    found = cursor.execute(sql, values).fetchone()
    return found[0] if found else None


def _known(reader: Reader, sql: str) -> list[Known]:
    return [Known(**row) for row in reader.rows(sql)]
