"""What is stated about a person is taken as it is or refused by name; an empty text clears what may be missing."""

from collections.abc import Mapping
from typing import Any

from owncase.domain import details as known
from owncase.domain.person import is_active
from owncase.store.write import Write


def taken(stated: Mapping[str, str]) -> dict[str, Any]:
    """The details as they are stored, without the manager. Raises BadData naming the one that is malformed."""
    return {field: known.taken(known.PERSON, field, given) for field, given in stated.items() if field != "manager"}


def taken_with_manager(tx: Write, stated: Mapping[str, str]) -> dict[str, Any]:
    """The details as they are stored. Raises NotFound for an unknown manager, `HasLeft` for one who has left."""
    details = taken(stated)
    if "manager" in stated:
        details["manager"] = _manager(tx, stated["manager"])
    return details


def _manager(tx: Write, handle: str) -> int | None:
    if not handle.strip():
        return None
    manager = tx.person_named(handle)
    is_active(manager)
    return manager.id
