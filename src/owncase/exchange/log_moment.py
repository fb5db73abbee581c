"""A moment in another tracker's log: ISO 8601, with or without offset, kept as whole seconds of UTC.

Where clocks went back and a reading without offset comes twice, the earlier moment is meant: a log cannot be asked.
"""

import re
from calendar import timegm
from datetime import UTC, datetime, tzinfo
from time import gmtime, strftime

from owncase.domain.wallclock import first_moment, moments_of, skipped
from owncase.errors import BadData

_ISO = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]+)?)?"
    r" ?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
EARLIEST, LATEST = timegm((2000, 1, 1, 0, 0, 0)), timegm((2199, 12, 31, 23, 59, 59))
LAST_MINUTE = "23:59"


class MalformedMoment(BadData):
    """A log's moment is written in ISO 8601 and lies in the years 2000 to 2199."""


def seconds_of(text: str, zone: tzinfo, *, day_ends: str = "00:00") -> int:
    """Seconds since 1970 of a moment; fractions are cut, `zone` reads what has no offset, a day alone is at `day_ends`.

    Raises BadData for what is no moment, or one that clocks in the zone jumped over.
    """
    found = _ISO.fullmatch(text)
    if found is None:
        raise _malformed(text)
    day, clock, offset = found.groups()
    try:
        reading = datetime.fromisoformat(f"{day}T{clock or day_ends}{offset or ''}")
    except ValueError:
        raise _malformed(text) from None
    if reading.tzinfo is None:
        reading = reading.replace(tzinfo=UTC) if zone is UTC else _in_zone(reading, zone)
    seconds = int(reading.timestamp())
    if not EARLIEST <= seconds <= LATEST:
        raise MalformedMoment(f"{text} is not in the years 2000 to 2199", fix="mend the year")
    return seconds


def text_of(seconds: int) -> str:
    """The moment as history keeps it."""
    return strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(seconds))


def _in_zone(reading: datetime, zone: tzinfo) -> datetime:
    local = reading.replace(tzinfo=zone)
    if local.utcoffset() == local.replace(fold=1).utcoffset():
        return local
    if not moments_of(reading, zone):
        raise skipped(reading, zone)
    return first_moment(reading, zone)


def _malformed(text: str) -> MalformedMoment:
    return MalformedMoment(f"{text[:40]!r} is no moment", fix="write it like 2026-11-23T14:00:00+01:00")
