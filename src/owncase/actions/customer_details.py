"""What is stated about a customer is taken as it is or refused by name; an empty text clears what may be missing."""

from collections.abc import Mapping
from typing import Any

from owncase.domain import details as known
from owncase.domain.person import is_active
from owncase.store.write import Write


def taken(tx: Write, stated: Mapping[str, str]) -> dict[str, Any]:
    """The details as they are stored. Raises BadData naming the malformed one, NotFound for an unknown second."""
    return {field: _one(tx, field, given) for field, given in stated.items()}


def _one(tx: Write, field: str, given: str) -> str | int | None:
    if field == "second" and given.strip():
        person = tx.person_named(given)
        is_active(person)
        return person.id
    return known.taken(known.CUSTOMER, field, given)
