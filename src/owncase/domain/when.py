"""When somebody says when, it is one exact moment or a refusal: the forms of the manual and no others, never a guess.

The forms: `now`; `2026-11-27`; `2026-11-27T15:00`, with or without an offset; `today`, `tomorrow`, `eod`, `eow`, `eom`;
a weekday, never today; `15:00`, the next one; `fri 15:00` or `fri@15:00`; `+2h`, `+30m`, elapsed; `+3d`, `+1w`, by the
same clock; `+3bd`, the end of the third working day. Looking back: also `yesterday`, `-3d` and the like, and weekdays
and bare times are the latest that have passed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Literal

from owncase.domain import nearest
from owncase.domain.wallclock import (
    BadWhen,
    end_of_gap,
    first_moment,
    moments_of,
    only_moment,
    repeated,
    skipped,
    zone_named,
)
from owncase.domain.worktime import DAYS, FULL_DAYS, WorkingHours, end_of_day, end_of_working_day

__all__ = ["BadWhen", "Edge", "parse_when", "zone_named"]

Edge = Literal["start", "end"]
"""Which end of a day is meant where only a day is named."""

LONGEST = 64
_DAY = timedelta(days=1)
_CLOCK = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,9})?)?"
_DATE = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_OFFSET = r" ?(?P<offset>z|(?P<sign>[+-])(?P<off_hour>[0-9]{2})(?::?(?P<off_minute>[0-9]{2}))?)"
_WEEKDAYS = "|".join((*FULL_DAYS, *DAYS))
_ELAPSED = {"m": timedelta(minutes=1), "h": timedelta(hours=1)}
_BY_CLOCK = {"d": _DAY, "w": 7 * _DAY}


@dataclass(frozen=True)
class _Saying:
    """What was said, and where and when it was said."""

    words: str
    now: datetime
    zone: tzinfo
    hours: WorkingHours
    back: bool
    edge: Edge

    @property
    def reading(self) -> datetime:
        """What clocks show now, without a zone."""
        return self.now.astimezone(self.zone).replace(tzinfo=None, fold=0)

    @property
    def today(self) -> date:
        return self.reading.date()

    @property
    def examples(self) -> tuple[str, ...]:
        if self.back:
            return (self.today - _DAY).isoformat(), "yesterday", "-3d"
        return (self.today + _DAY).isoformat(), "fri@15:00", "+2h", "+3bd"


def parse_when(
    text: str, *, now: datetime, zone: tzinfo, hours: WorkingHours, back: bool = False, edge: Edge = "end"
) -> datetime:
    """Read one moment: aware, in UTC, whole seconds. Raises `BadWhen`; whether the past will do, the caller decides.

    `zone` and `hours` are those of whoever speaks; `now` is aware. A day alone is the end of its working hours (23:59
    where there are none or they have passed), or with edge "start" its first moment.
    """
    words = re.sub(r"[ \t]+", " ", text.strip(" \t\r\n").lower()) if len(text) <= LONGEST and text.isascii() else ""
    saying = _Saying(words, now.astimezone(UTC).replace(microsecond=0), zone, hours, back, edge)
    if not words:
        what = "a moment is needed" if not text.strip() else "a moment is written in at most 64 plain ASCII characters"
        raise BadWhen(what, *saying.examples)
    try:
        return _in_range(_read(saying), saying)
    except OverflowError:
        raise nearest.out_of_range(*saying.examples) from None


def _read(saying: _Saying) -> datetime:
    for pattern, meaning in _FORMS:
        found = re.fullmatch(pattern, saying.words)
        if found:
            return meaning(found, saying)
    raise nearest.unreadable(saying.words, *saying.examples)


def _in_range(moment: datetime, saying: _Saying) -> datetime:
    if not nearest.FIRST_YEAR <= moment.astimezone(saying.zone).year <= nearest.LAST_YEAR:
        raise nearest.out_of_range(*saying.examples)
    return moment


def _now(found: re.Match[str], saying: _Saying) -> datetime:
    return saying.now


def _date(found: re.Match[str], saying: _Saying) -> datetime:
    rest = saying.words[10:]
    year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
    if not nearest.FIRST_YEAR <= year <= nearest.LAST_YEAR:
        raise nearest.out_of_range(*saying.examples)
    try:
        named = date(year, month, day)
    except ValueError:
        raise nearest.no_such_day(year, month, day, rest) from None
    if found["hour"] is None:
        return _whole(named, saying)
    reading = datetime.combine(named, _time(found, named))
    return only_moment(reading, _offset(found, saying) if found["offset"] else saying.zone)


def _word(found: re.Match[str], saying: _Saying) -> datetime:
    named = _day_named(found["word"], saying)
    if found["hour"] is None:
        return _whole(named, saying)
    return only_moment(datetime.combine(named, _time(found, named)), saying.zone)


def _day_named(word: str, saying: _Saying) -> date:
    if word == "yesterday" and not saying.back:
        raise nearest.looking_back(word, *saying.examples)
    near = {"yesterday": -1, "today": 0, "tomorrow": 1}
    if word in near:
        return saying.today + near[word] * _DAY
    wanted, current = DAYS.index(word[:3]), saying.today.weekday()
    ahead = -((current - wanted - 1) % 7 + 1) if saying.back else (wanted - current - 1) % 7 + 1
    return saying.today + ahead * _DAY


def _period(found: re.Match[str], saying: _Saying) -> datetime:
    """End the day, the week or the month: on its last working day, or if that has passed on its last day at 23:59."""
    today = saying.today
    sunday = today + (6 - today.weekday()) * _DAY
    month_end = (today.replace(day=1) + 31 * _DAY).replace(day=1) - _DAY
    last = {"eod": today, "eow": sunday, "eom": month_end}[found["period"]]
    days = (last - ahead * _DAY for ahead in range((last - today).days + 1))
    return end_of_day(next(filter(saying.hours.on, days), last), saying.zone, saying.hours, saying.now)


def _clock(found: re.Match[str], saying: _Saying) -> datetime:
    """Take the next moment clocks show this time, or looking back the latest."""
    clock = _time(found, None)
    step = -_DAY if saying.back else _DAY
    reading = datetime.combine(saying.today, clock)
    moments = moments_of(reading, saying.zone)
    candidates = moments or [end_of_gap(reading, saying.zone)]
    fitting = [moment for moment in candidates if (moment <= saying.now) == saying.back]
    if not fitting:
        return only_moment(reading + step, saying.zone)
    if not moments:
        raise skipped(reading, saying.zone)
    if len(fitting) > 1:
        raise repeated(reading, fitting, saying.zone)
    return fitting[0]


def _length(found: re.Match[str], saying: _Saying) -> datetime:
    unit, count = found["unit"], int(found["count"])
    if found["sign"] == "-":
        if not saying.back:
            raise nearest.looking_back(saying.words, f"+{count}{unit}")
        count = -count
    if unit in _ELAPSED:
        return saying.now + count * _ELAPSED[unit]
    return only_moment(saying.reading + count * _BY_CLOCK[unit], saying.zone) if count else saying.now


def _working_days(found: re.Match[str], saying: _Saying) -> datetime:
    count = int(found["count"])
    if not count:
        raise BadWhen("working days count from 1", "eod", "+1bd")
    return end_of_working_day(saying.today, count, saying.zone, saying.hours)


def _whole(day: date, saying: _Saying) -> datetime:
    if saying.edge == "start":
        return first_moment(datetime.combine(day, time()), saying.zone)
    return end_of_day(day, saying.zone, saying.hours, saying.now)


def _time(found: re.Match[str], day: date | None) -> time:
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        rest = (found.groupdict().get("offset") or "") if day else ""
        raise nearest.no_such_time(hour, minute, second, day, rest) from None


def _offset(found: re.Match[str], saying: _Saying) -> tzinfo:
    if found["offset"] == "z":
        return UTC
    ahead = timedelta(hours=int(found["off_hour"]), minutes=int(found["off_minute"] or 0))
    if ahead > timedelta(hours=14) or int(found["off_minute"] or 0) > 59:  # noqa: PLR2004 — no place on Earth is further
        raise BadWhen(
            "an offset from UTC is at most 14:00", saying.words[: found.start("offset")].strip().upper() + "Z"
        )
    return timezone(ahead if found["sign"] == "+" else -ahead)


_FORMS: tuple[tuple[str, Callable[[re.Match[str], _Saying], datetime]], ...] = (
    (r"now", _now),
    (rf"{_DATE}(?:[t ]{_CLOCK}(?:{_OFFSET})?)?", _date),
    (rf"(?P<word>yesterday|today|tomorrow|{_WEEKDAYS})(?:[ @]{_CLOCK})?", _word),
    (r"(?P<period>eod|eow|eom)", _period),
    (_CLOCK, _clock),
    (r"(?P<sign>[+-])(?P<count>[0-9]{1,6})(?P<unit>[mhdw])", _length),
    (r"\+(?P<count>[0-9]{1,6})bd", _working_days),
)
