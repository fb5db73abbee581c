"""Working hours are a weekly pattern on the wall clock of a zone; what goes by is counted in UTC: no hour is lost."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import groupby, pairwise
from typing import NamedTuple

from owncase.domain.wallclock import first_moment, last_moment
from owncase.errors import BadData

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LAST_MINUTE = time(23, 59)
MIDNIGHT = 24 * 60
Span = tuple[int, int]
"""From and until, in minutes since midnight; until may be 1440."""

_DAY = timedelta(days=1)
_HORIZON = 2300  # the year in which counting working time gives up
_EXAMPLE = "mon-thu 08:30-12:00 13:00-17:00, fri 08:30-12:00"
_ANSWER_MINUTES = {"high": 60, "normal": 240}


class MalformedHours(BadData):
    """Working hours are written like `mon-fri 09:00-17:00`, or `none`."""

    def __init__(self, message: str) -> None:
        super().__init__(message, fix=f"write them like '{_EXAMPLE}', or none")


class WorkingHours(NamedTuple):
    """The spans of each weekday, Monday first, in order and apart from each other; all empty means no hours at all."""

    week: tuple[tuple[Span, ...], ...] = (((540, 1020),),) * 5 + ((),) * 2

    @classmethod
    def parse(cls, text: str) -> "WorkingHours":
        """Read `mon-fri 09:00-17:00`, groups apart by commas, or `none`. Raises `MalformedHours`."""
        written = text.strip().lower().replace("–", "-")  # noqa: RUF001 — the dash that word processors make
        if written == "none":
            return cls(((),) * 7)
        week: list[list[Span]] = [[] for _ in DAYS]
        for group in written.split(","):
            _add_group(week, group)
        return cls(tuple(map(_joined, week)))

    def on(self, day: date) -> tuple[Span, ...]:
        """Give the spans of this day."""
        return self.week[day.weekday()]

    def minutes_on(self, day: date) -> int:
        """Add up the working minutes of this day by the wall clock."""
        return sum(until - since for since, until in self.on(day))

    @property
    def days(self) -> int:
        """How many days of a week have working hours."""
        return sum(map(bool, self.week))

    def __str__(self) -> str:
        """Write the hours so that `parse` reads the same again, and equal hours are written the same."""
        groups = []
        for spans, run in groupby(zip(DAYS, self.week, strict=True), key=lambda named: named[1]):
            names = [named[0] for named in run]
            if spans:
                days = names[0] if len(names) == 1 else f"{names[0]}-{names[-1]}"
                groups.append(" ".join([days, *(f"{_clock(since)}-{_clock(until)}" for since, until in spans)]))
        return ", ".join(groups) or "none"


DEFAULT_HOURS = WorkingHours()


def is_working_day(day: date, hours: WorkingHours) -> bool:
    """Tell whether there are working hours on this day."""
    return bool(hours.on(day))


def is_working(moment: datetime, hours: WorkingHours, zone: tzinfo) -> bool:
    """Tell whether an aware moment lies within the hours, by the clock of the zone."""
    local = moment.astimezone(zone)
    minute = local.hour * 60 + local.minute
    return any(since <= minute < until for since, until in hours.on(local.date()))


def working_for(moment: datetime, hours: WorkingHours, zone: tzinfo) -> timedelta:
    """Tell for how long from an aware moment on somebody is in their hours: nothing outside them, at most a day."""
    local = moment.astimezone(zone).replace(second=0, microsecond=0)
    spent = moment - local
    left, day, minute = timedelta(0), local.date(), local.hour * 60 + local.minute
    while left < _DAY and (span := next((span for span in hours.on(day) if span[0] <= minute < span[1]), None)):
        left += timedelta(minutes=span[1] - minute)
        if span[1] < MIDNIGHT:
            break
        day, minute = day + timedelta(days=1), 0
    left = min(left, _DAY)
    if left and (moment.astimezone(UTC) + left).astimezone(zone).utcoffset() != local.utcoffset():
        left = _by_the_minute(local, hours, zone)
    return min(left - spent, _DAY) if left else left


def _by_the_minute(start: datetime, hours: WorkingHours, zone: tzinfo) -> timedelta:
    """The same where clocks change on the way, which may leave the hours early or enter them twice."""
    first = start.astimezone(UTC)
    later = (first + timedelta(minutes=minute) for minute in range(MIDNIGHT))
    return next((moment for moment in later if not is_working(moment, hours, zone)), first + _DAY) - first


def end_of_day(day: date, zone: tzinfo, hours: WorkingHours, not_before: datetime | None = None) -> datetime:
    """Give, in UTC, the end of that day's working hours; 23:59 where there are none or they ended by `not_before`."""
    midnight = last_moment(datetime.combine(day, LAST_MINUTE), zone)
    spans = hours.on(day)
    if not spans:
        return midnight
    closing = min(_moment(day, spans[-1][1], zone), midnight)
    return midnight if not_before is not None and closing <= not_before else closing


def end_of_working_day(day: date, count: int, zone: tzinfo, hours: WorkingHours) -> datetime:
    """Give, in UTC, the end of the `count`-th working day after this day; without hours every day counts, until 23:59.

    Raises OverflowError past the year 9999, and ValueError for a count below 1.
    """
    if count < 1:
        raise ValueError("working days count from 1")
    if not hours.days:
        return end_of_day(day + timedelta(days=count), zone, hours)
    weeks, left = divmod(count - 1, hours.days)
    found = day + timedelta(weeks=weeks)
    for _ in range(left + 1):
        found = _next_working_day(found, hours)
    return end_of_day(found, zone, hours)


def add_working(start: datetime, minutes: int, hours: WorkingHours, zone: tzinfo) -> datetime:
    """Give, in UTC, the moment at which so many working minutes have gone by since an aware `start`.

    Without any hours the minutes simply elapse. Nothing to add is `start` itself. Raises OverflowError past 2300.
    """
    now, left = start.astimezone(UTC), timedelta(minutes=minutes)
    if left <= timedelta(0):
        return now
    if not hours.days:
        return now + left
    for opening, closing in _spans_from(now.astimezone(zone).date() - timedelta(days=1), hours, zone):
        worked = max(closing - max(opening, now), timedelta(0))
        if worked and left <= worked:
            return max(opening, now) + left
        left -= worked
    raise OverflowError("more working time than can be counted")


def answer_by(urgency: str, offered_at: datetime, hours: WorkingHours, zone: tzinfo) -> datetime:
    """Give, in UTC, when an offer wants its answer, by the hours of the person asked.

    Hot: 15 elapsed minutes. High: 1 working hour. Normal: 4. Low: as many working minutes as the first working day from
    the offer on has; a whole elapsed day where there are no hours. Raises ValueError for another urgency.
    """
    if urgency == "hot":
        return offered_at.astimezone(UTC) + timedelta(minutes=15)
    if urgency != "low" and urgency not in _ANSWER_MINUTES:
        raise ValueError(f"no such urgency: {urgency}")
    return add_working(offered_at, _ANSWER_MINUTES.get(urgency) or _one_day(offered_at, hours, zone), hours, zone)


def _one_day(offered_at: datetime, hours: WorkingHours, zone: tzinfo) -> int:
    if not hours.days:
        return MIDNIGHT
    yesterday = offered_at.astimezone(zone).date() - timedelta(days=1)
    return hours.minutes_on(_next_working_day(yesterday, hours))


def _next_working_day(day: date, hours: WorkingHours) -> date:
    days = (day + timedelta(days=ahead) for ahead in range(1, 8))
    return next(found for found in days if hours.on(found))


def _spans_from(day: date, hours: WorkingHours, zone: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    while day.year < _HORIZON:
        for since, until in hours.on(day):
            yield _moment(day, since, zone), _moment(day, until, zone)
        day += timedelta(days=1)


def _moment(day: date, minute: int, zone: tzinfo) -> datetime:
    return first_moment(datetime.combine(day, time()) + timedelta(minutes=minute), zone)


def _add_group(week: list[list[Span]], group: str) -> None:
    words = group.replace(" - ", "-").split()
    spans = [_span(word) for word in words if word[0].isdigit()]
    days = [day for word in words[: len(words) - len(spans)] for day in _days(word)]
    if not days or not spans:
        raise MalformedHours("working hours need days and times in each group")
    for day in days:
        week[day].extend(spans)


def _days(word: str) -> list[int]:
    first, _, last = word.partition("-")
    since, until = _day(first), _day(last or first)
    return [(since + ahead) % 7 for ahead in range((until - since) % 7 + 1)]


def _day(word: str) -> int:
    for names in (DAYS, FULL_DAYS):
        if word in names:
            return names.index(word)
    raise MalformedHours("working hours name days as mon, tue, wed, thu, fri, sat and sun")


def _span(word: str) -> Span:
    found = re.fullmatch(r"([0-9]{1,2})(?::([0-9]{2}))?-([0-9]{1,2})(?::([0-9]{2}))?", word)
    if found is None:
        raise MalformedHours("working hours have times such as 09:00-17:00 after the days")
    numbers = [int(number or 0) for number in found.groups()]
    since, until = numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3]
    if max(numbers[1], numbers[3]) >= 60 or until > MIDNIGHT:  # noqa: PLR2004 — minutes of an hour
        raise MalformedHours("working hours lie between 00:00 and 24:00")
    if since >= until:
        raise MalformedHours(
            "working hours end after they begin; a night is two spans, one until 24:00 and one from 00:00"
        )
    return since, until


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """Put the spans of one day in order and join those that touch."""
    ordered = sorted(spans)
    if any(earlier[1] > later[0] for earlier, later in pairwise(ordered)):
        raise MalformedHours("working hours of one day overlap")
    edges = {earlier[1] for earlier, later in pairwise(ordered) if earlier[1] == later[0]}
    flat = [minute for span in ordered for minute in span if minute not in edges]
    return tuple(zip(flat[::2], flat[1::2], strict=True))


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
