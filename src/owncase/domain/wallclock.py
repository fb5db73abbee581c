"""A reading of a wall clock names one moment, none when clocks go forward, or two when they go back."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, available_timezones

from owncase.errors import BadData

_SECOND = timedelta(seconds=1)
_NOT_PLACES = ("posix/", "right/", "localtime", "posixrules", "Factory")


class UnknownZone(BadData):
    """A time zone is an IANA name such as Europe/Berlin."""


class BadWhen(BadData):
    """A moment is malformed, ambiguous or impossible; `forms` are the nearest ones that can be read."""

    def __init__(self, message: str, *forms: str) -> None:
        super().__init__(message, fix="write " + " or ".join(forms) if forms else None)
        self.forms = forms


def zone_named(name: str) -> ZoneInfo:
    """Give the IANA zone of this exact name. Raises `UnknownZone` for all else, above all for paths."""
    shaped = len(name) <= 64 and re.fullmatch(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}", name)  # noqa: PLR2004 — the longest has 32
    if not shaped or name.startswith(_NOT_PLACES):
        raise UnknownZone("a time zone is an IANA name", fix="write it like Europe/Berlin or UTC")
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise UnknownZone(f"there is no time zone {name}", fix=f"write {_nearest_zone(name)}") from None


def moments_of(reading: datetime, zone: tzinfo) -> list[datetime]:
    """List the moments, in UTC and in order, at which clocks in the zone show this naive reading: 0, 1 or 2."""
    both = {reading.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(moment for moment in both if _shown(moment, zone) == reading)


def first_moment(reading: datetime, zone: tzinfo) -> datetime:
    """Give the first moment, in UTC, at which clocks in the zone show this naive reading or have just skipped it."""
    return next(iter(moments_of(reading, zone)), None) or end_of_gap(reading, zone)


def last_moment(reading: datetime, zone: tzinfo) -> datetime:
    """Give the last moment, in UTC, at which clocks in the zone show this naive reading or have just skipped it."""
    return (moments_of(reading, zone) or [end_of_gap(reading, zone)])[-1]


def only_moment(reading: datetime, zone: tzinfo) -> datetime:
    """Give the one moment, in UTC, of this naive reading. Raises `BadWhen` with the forms around a gap or in a fold."""
    moments = moments_of(reading, zone)
    if not moments:
        raise skipped(reading, zone)
    if len(moments) > 1:
        raise repeated(reading, moments, zone)
    return moments[0]


def end_of_gap(reading: datetime, zone: tzinfo) -> datetime:
    """Find the moment, in UTC, at which clocks in the zone jump over this naive reading."""
    before, after = sorted(reading.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    while after - before > _SECOND:
        middle = before + (after - before) // 2 // _SECOND * _SECOND
        before, after = (middle, after) if _shown(middle, zone) < reading else (before, middle)
    return after


def skipped(reading: datetime, zone: tzinfo) -> BadWhen:
    """Say that clocks jump over this naive reading, and name the minute before and the moment after."""
    jump = end_of_gap(reading, zone)
    before, after = _shown(jump - 60 * _SECOND, zone), _shown(jump, zone)
    change = f"clocks go forward from {before + 60 * _SECOND:%H:%M} to {after:%H:%M}"
    return BadWhen(f"{reading:%Y-%m-%d %H:%M} does not exist in {zone}: {change}", written(before), written(after))


def repeated(reading: datetime, moments: list[datetime], zone: tzinfo) -> BadWhen:
    """Say that clocks show this naive reading twice, and name both moments with their offsets."""
    forms = (moment.astimezone(zone).isoformat(timespec=_precision(reading)) for moment in moments)
    return BadWhen(f"{reading:%Y-%m-%d %H:%M} comes twice in {zone}, because clocks go back", *forms)


def written(reading: datetime) -> str:
    """Write a naive reading as ISO 8601, with seconds where there are any."""
    return reading.isoformat(timespec=_precision(reading))


def _shown(moment: datetime, zone: tzinfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def _precision(reading: datetime) -> str:
    return "seconds" if reading.second else "minutes"


def _nearest_zone(name: str) -> str:
    from difflib import get_close_matches  # only a refusal pays for it

    known = {zone.lower(): zone for zone in available_timezones()}
    return next((known[close] for close in get_close_matches(name.lower(), known, n=1)), "it like Europe/Berlin or UTC")
