"""Whoever writes a moment that cannot be read is told why, and the nearest forms that can be read."""

import re
from datetime import date, timedelta

from owncase.domain.wallclock import BadWhen
from owncase.domain.worktime import FULL_DAYS

FIRST_YEAR, LAST_YEAR = 2000, 2199
_WORDS = ("today", "tomorrow", "eod", "eow", "eom", "now", *FULL_DAYS)
_SUGGESTED = 3


def no_such_day(year: int, month: int, day: int, rest: str = "") -> BadWhen:
    """Refuse a date that no calendar has; `rest` is the time typed behind it, kept in what is proposed."""
    forms = _around(year, month, day)
    return BadWhen(
        f"there is no such day as {year:04}-{month:02}-{day:02}", *(f"{form}{rest.upper()}" for form in forms)
    )


def no_such_time(hour: int, minute: int, second: int, day: date | None, rest: str = "") -> BadWhen:
    """Refuse a time such as 24:00 or 23:59:60 and name the minutes on either side, on that day if there is one."""
    minutes = (hour * 60 + min(minute, 59)) if hour < 24 else 24 * 60 - 1  # noqa: PLR2004 — hours of a day
    clocks = [f"{minute // 60 % 24:02}:{minute % 60:02}" for minute in (minutes, minutes + 1)]
    days = [day, day + timedelta(days=(minutes + 1) // 1440)] if day else []
    dated = [f"{on}T{clock}{rest.upper()}" for on, clock in zip(days, clocks, strict=False) if on.year <= LAST_YEAR]
    forms = dated or clocks
    return BadWhen(f"there is no such time as {hour:02}:{minute:02}" + (f":{second:02}" if second else ""), *forms)


def out_of_range(*forms: str) -> BadWhen:
    """Refuse years in which nobody here works."""
    return BadWhen(f"years go from {FIRST_YEAR} to {LAST_YEAR}", *forms)


def looking_back(words: str, *forms: str) -> BadWhen:
    """Refuse a form that only makes sense where the past is asked about."""
    return BadWhen(f"{words} looks back, and this is about what comes", *forms)


def unreadable(words: str, *examples: str) -> BadWhen:
    """Refuse what has no form at all, and propose what it looks most like."""
    shown = ascii(words[:40])
    if re.match(r"[+-]?[0-9]{5,}-", words) or re.fullmatch(r"[+-]?[0-9]{7,}[a-z]{1,2}", words):
        return out_of_range(*examples)
    numbers = re.fullmatch(r"([0-9]{1,4})[./-]([0-9]{1,2})[./-]([0-9]{1,4})\.?", words)
    if numbers:
        dates = _dates_of(*numbers.groups())
        why = "can be read in several ways" if len(dates) > 1 else "is not written year-month-day"
        return BadWhen(f"the date {shown} {why}" if dates else f"there is no such day as {shown}", *(dates or examples))
    meant = _meant(words)
    return BadWhen(f"cannot tell when {shown} is", *([meant] if meant else examples))


def _around(year: int, month: int, day: int) -> list[str]:
    """Name the last day before and the first day after one that does not exist."""
    if not 1 <= month <= 12:  # noqa: PLR2004 — months of a year
        return _dates_of(f"{year:04}", f"{day:02}", f"{month:02}") or [f"{year:04}-12-31"]
    first = date(year, month, 1)
    after = first if day < 1 else (first + timedelta(days=31)).replace(day=1)
    return [day.isoformat() for day in (after - timedelta(days=1), after) if FIRST_YEAR <= day.year <= LAST_YEAR]


def _dates_of(*numbers: str) -> list[str]:
    """List, as ISO 8601, every date that three numbers can mean, likelier orders first."""
    found: dict[str, None] = {}
    for year, month, day in _orders(*numbers):
        century = 2000 if len(year) <= 2 else 0  # noqa: PLR2004 — digits of a year without its century
        try:
            meant = date(int(year) + century, int(month), int(day))
        except ValueError:
            continue
        if FIRST_YEAR <= meant.year <= LAST_YEAR:
            found[meant.isoformat()] = None
    return list(found)[:_SUGGESTED]


def _orders(one: str, two: str, three: str) -> list[tuple[str, str, str]]:
    usual = [(one, two, three), (three, two, one), (three, one, two)]
    if len(one) > 2:  # noqa: PLR2004 — a whole year stands in front
        return [usual[0], (one, three, two)]
    return usual[1:] if len(three) > 2 else usual  # noqa: PLR2004 — a whole year stands at the end


def _meant(words: str) -> str | None:
    """Guess one form from the slips people make: `3d`, `3pm`, `tues`, `20261127`, `next fri`, `+2 hours`."""
    afternoon = re.fullmatch(r"(?:([a-z]{3,9})[ @])?([1-9]|1[0-2])(?::([0-5][0-9]))? ?(am|pm)", words)
    if afternoon:
        hour = int(afternoon[2]) % 12 + (12 if afternoon[4] == "pm" else 0)
        return f"{_word(afternoon[1] or '') or ''}@{hour:02}:{afternoon[3] or '00'}".strip("@")
    compact = re.fullmatch(r"(2[01][0-9]{2})([01][0-9])([0-3][0-9])", words)
    if compact:
        return next(iter(_dates_of(*compact.groups())), None)
    length = re.fullmatch(
        r"(?:in |\+ ?)?([1-9][0-9]{0,3}) ?(business |working )?(bd|min|m|h|d|w)(?:ute|our|ay|eek)?s?", words
    )
    if length:
        unit = "bd" if length[2] else length[3].removesuffix("in")
        return f"+{length[1]}{unit}"
    return _word(words.removeprefix("next ").removeprefix("on ").removeprefix("this "))


def _word(words: str) -> str | None:
    """Find the word that begins with the same three letters, unless that is a guess."""
    if not re.fullmatch(r"[a-z]{3,9}", words):
        return None
    return next((word for word in _WORDS if word[:3] == words[:3]), None)
