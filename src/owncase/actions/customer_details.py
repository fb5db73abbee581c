"""What is stated about a customer is taken as it is or refused by name; an empty text clears what may be missing."""

from collections.abc import Callable, Mapping
from typing import Any

from owncase.domain import text
from owncase.domain.person import is_active
from owncase.domain.values import Prose
from owncase.store.engine import Write

CLEARABLE = frozenset(("contact", "email", "phone", "second"))

_TAKEN: dict[str, Callable[[str], str]] = {
    "key": lambda given: text.handle(given, "customer key"),
    "name": lambda given: Prose(text.name(given, "name")),
    "contact": lambda given: Prose(text.one_line(given, "contact")),
    "email": lambda given: Prose(text.email(given)),
    "phone": lambda given: Prose(text.phone(given)),
}


def taken(tx: Write, stated: Mapping[str, str]) -> dict[str, Any]:
    """The details as they are stored. Raises BadData naming the malformed one, NotFound for an unknown second."""
    return {field: _one(tx, field, given) for field, given in stated.items()}


def _one(tx: Write, field: str, given: str) -> str | int | None:
    if field in CLEARABLE and not given.strip():
        return None
    if field == "second":
        person = tx.person_named(given)
        is_active(person)
        return person.id
    return _TAKEN[field](given)
