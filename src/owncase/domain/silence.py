"""Silence is the working time of a case's owner since the customer last heard from us: counted, never stored."""

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, timedelta, tzinfo

from owncase.domain.wallclock import first_moment
from owncase.domain.worktime import WorkingHours

DAY = timedelta(days=1)
DAY_SECONDS = 86_400
_EARLIEST = 2000  # the year before which nothing was heard


class Silence:
    """How much working time went by from any earlier moment until `now`. Days are added up once, backwards.

    Without any working hours all time counts.
    """

    def __init__(self, now: datetime, hours: WorkingHours, zone: tzinfo) -> None:
        self._now, self._hours, self._zone = int(now.timestamp()), hours, zone
        self._day = now.astimezone(zone).date() + DAY
        self._after = self._midnight(self._day + DAY)
        self._reached = self._now
        self._befores: list[int] = []  # when each span began, negative, so that they ascend
        self._closings: list[int] = []
        self._sums: list[int] = []

    @property
    def days(self) -> int:
        """How many days of a week are worked."""
        return self._hours.days

    def since(self, moment: datetime) -> timedelta:
        """Give the working time from an aware moment until now; none from a later one."""
        begun = int(moment.timestamp())
        if not self._hours.days:
            return timedelta(seconds=max(self._now - begun, 0))
        while self._reached > begun and self._look_back():
            pass
        place = bisect_right(self._befores, -begun)
        whole = self._sums[place - 1] if place else 0
        part = max(self._closings[place] - begun, 0) if place < len(self._sums) else 0
        return timedelta(seconds=whole + part)

    def began(self, length: timedelta) -> datetime:
        """Give the last moment, in UTC, since which at least so much working time, more than none, went by."""
        wanted = int(length.total_seconds())
        if not self._hours.days:
            return datetime.fromtimestamp(self._now, UTC) - length
        while (not self._sums or self._sums[-1] < wanted) and self._look_back():
            pass
        place = bisect_left(self._sums, wanted)
        if place == len(self._sums):
            return datetime(_EARLIEST, 1, 1, tzinfo=UTC)
        return datetime.fromtimestamp(self._sums[place] - wanted - self._befores[place], UTC)

    def _look_back(self) -> bool:
        """Add up one more day, the latest first; nothing is before the earliest."""
        if self._day.year < _EARLIEST:
            return False
        midnight, offset = begun = self._midnight(self._day)
        is_plain = (midnight + DAY_SECONDS, offset) == self._after
        for since, until in reversed(self._hours.on(self._day)):
            opening = midnight + since * 60 if is_plain else self._moment(since)
            closing = min(midnight + until * 60 if is_plain else self._moment(until), self._now)
            if closing > opening:
                self._befores.append(-opening)
                self._closings.append(closing)
                self._sums.append((self._sums[-1] if self._sums else 0) + closing - opening)
        self._reached = midnight if is_plain else self._moment(0)
        self._after = begun
        self._day -= DAY
        return True

    def _midnight(self, day: date) -> tuple[int, timedelta | None]:
        """When a day begins, and how far from UTC clocks are then: alike a day later, none was changed meanwhile."""
        begun = int(datetime(day.year, day.month, day.day, tzinfo=self._zone).timestamp())
        return begun, datetime.fromtimestamp(begun, self._zone).utcoffset()

    def _moment(self, minute: int) -> int:
        midnight = datetime(self._day.year, self._day.month, self._day.day)  # noqa: DTZ001 - what a clock shows
        return int(first_moment(midnight + timedelta(minutes=minute), self._zone).timestamp())


def working_day(hours: WorkingHours) -> timedelta:
    """Give how long the working days are, one with the other; a whole day where there are no hours."""
    minutes = sum(until - since for spans in hours.week for since, until in spans)
    return timedelta(minutes=minutes) / hours.days if hours.days else DAY
