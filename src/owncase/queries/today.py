"""A person's day begins and ends at midnight in their own zone."""

from datetime import UTC, datetime, time, timedelta

from owncase.domain.moment import from_text, to_text
from owncase.domain.wallclock import zone_named


def day_of(zone: str, now: str) -> tuple[str, str]:
    """First moment of the day that it is in this IANA zone, and of the day after; moments as stored.

    Raises `UnknownZone`.
    """
    place = UTC if zone == "UTC" else zone_named(zone)
    today = from_text(now).astimezone(place).date()
    first, after = (datetime.combine(today + timedelta(days=ahead), time(), place) for ahead in (0, 1))
    return to_text(first), to_text(after)
