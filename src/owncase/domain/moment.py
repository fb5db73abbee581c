"""A moment is a second of UTC, written `2026-11-23T14:00:00Z`: fixed width, so that text order is time order."""

from datetime import UTC, datetime


def to_text(moment: datetime) -> str:
    """Write an aware datetime as RFC 3339 in UTC, cut to the second. Raises ValueError when it has no offset."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs an offset")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_text(text: str) -> datetime:
    """Read what `to_text` wrote, as an aware datetime in UTC."""
    return datetime.fromisoformat(text)
