"""A due moment lies ahead, unless somebody says on purpose that it has passed."""

from owncase.errors import Refused


class DuePassed(Refused):
    """What is due has to lie ahead."""


def is_ahead(moment: str, now: str, said: str, *, fix: str) -> None:
    """Refuse a moment that has passed, as it was `said`. Moments are RFC 3339 in UTC, as stored."""
    if moment <= now:
        raise DuePassed(f"{said} has passed", fix=fix)
