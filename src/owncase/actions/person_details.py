"""What is stated about a person is taken as it is or refused by name; an empty text clears what may be missing."""

from collections.abc import Callable, Mapping
from typing import Any

from owncase.domain import text
from owncase.domain.person import is_active
from owncase.domain.values import Prose
from owncase.domain.wallclock import zone_named
from owncase.domain.worktime import WorkingHours
from owncase.store.engine import Write

LONGEST_LOGIN = 64
CLEARABLE = frozenset(("email", "phone", "place", "manager", "login"))

_TAKEN: dict[str, Callable[[str], str]] = {
    "handle": lambda given: text.handle(given, "handle"),
    "name": lambda given: Prose(text.name(given, "name")),
    "email": lambda given: Prose(text.email(given)),
    "phone": lambda given: Prose(text.phone(given)),
    "place": lambda given: Prose(text.one_line(given, "place")),
    "zone": lambda given: zone_named(given).key,
    "hours": lambda given: str(WorkingHours.parse(given)),
    "login": lambda given: text.one_line(given, "login", limit=LONGEST_LOGIN),
}


def taken(stated: Mapping[str, str]) -> dict[str, Any]:
    """The details as they are stored, without the manager. Raises BadData naming the one that is malformed."""
    return {field: _one(field, given) for field, given in stated.items() if field != "manager"}


def taken_with_manager(tx: Write, stated: Mapping[str, str]) -> dict[str, Any]:
    """The details as they are stored. Raises NotFound for an unknown manager, `HasLeft` for one who has left."""
    details = taken(stated)
    if "manager" in stated:
        details["manager"] = _manager(tx, stated["manager"])
    return details


def _one(field: str, given: str) -> str | None:
    if field in CLEARABLE and not given.strip():
        return None
    return _TAKEN[field](given)


def _manager(tx: Write, handle: str) -> int | None:
    if not handle.strip():
        return None
    manager = tx.person_named(handle)
    is_active(manager)
    return manager.id
