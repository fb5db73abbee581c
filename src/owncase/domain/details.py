"""What is stated about a person, customer or contact is taken or refused by name; an empty text clears what it can."""

from collections.abc import Callable, Mapping

from owncase.domain import text
from owncase.domain.values import Prose
from owncase.domain.wallclock import zone_named
from owncase.domain.worktime import WorkingHours

LONGEST_LOGIN = 64
CLEARABLE = frozenset(
    ("email", "phone", "place", "manager", "login", "contact", "second", "role", "topics", "languages")
)

PERSON: Mapping[str, Callable[[str], str]] = {
    "handle": lambda given: text.handle(given, "handle"),
    "name": lambda given: Prose(text.name(given, "name")),
    "email": lambda given: Prose(text.email(given)),
    "phone": lambda given: Prose(text.phone(given)),
    "place": lambda given: Prose(text.one_line(given, "place")),
    "zone": lambda given: zone_named(given).key,
    "hours": lambda given: str(WorkingHours.parse(given)),
    "login": lambda given: text.one_line(given, "login", limit=LONGEST_LOGIN),
    "topics": lambda given: Prose(text.words(given, "topics")),
    "languages": lambda given: Prose(text.words(given, "languages")),
}
CUSTOMER: Mapping[str, Callable[[str], str]] = {
    "key": lambda given: text.handle(given, "customer key"),
    "name": lambda given: Prose(text.name(given, "name")),
    "contact": lambda given: Prose(text.one_line(given, "contact")),
    "email": lambda given: Prose(text.email(given)),
    "phone": lambda given: Prose(text.phone(given)),
}

CONTACT: Mapping[str, Callable[[str], str]] = {
    "name": lambda given: Prose(text.name(given, "name")),
    "role": lambda given: Prose(text.one_line(given, "role")),
    "email": lambda given: Prose(text.email(given)),
    "phone": lambda given: Prose(text.phone(given)),
}


def taken(known: Mapping[str, Callable[[str], str]], field: str, given: str) -> str | None:
    """One detail as it is stored. Raises BadData naming what is malformed."""
    if field in CLEARABLE and not given.strip():
        return None
    return known[field](given)
