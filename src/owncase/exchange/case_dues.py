"""Actions without a due moment of their own get the default one, or so many a working day of whoever is to own them."""

from collections import Counter
from datetime import date, datetime, timedelta, tzinfo

from owncase.domain.moment import from_text, to_text
from owncase.domain.wallclock import zone_named
from owncase.domain.worktime import WorkingHours, end_of_day, is_working_day
from owncase.store.known import Colleague


class Dues:
    """Hands out due moments in the order in which it is asked: `first` to all, or from its day on `a_day` a person."""

    def __init__(self, first: str, now: str, zone: tzinfo, a_day: int | None) -> None:
        self._first = first
        self._now = from_text(now)
        self._from = max(from_text(first), self._now).astimezone(zone).date()
        self._a_day = a_day
        self._given: Counter[int] = Counter()
        self._days: dict[int, _Days] = {}

    def next_of(self, owner: Colleague) -> str:
        """The due moment of this person's next action."""
        if self._a_day is None:
            return self._first
        number = self._given[owner.id]
        self._given[owner.id] += 1
        if owner.id not in self._days:
            self._days[owner.id] = _Days(owner, self._from, self._now)
        return self._days[owner.id].end_of(number // self._a_day)


class _Days:
    """The ends of the working days of one person that are still to come."""

    def __init__(self, owner: Colleague, first: date, now: datetime) -> None:
        self._hours, self._zone = WorkingHours.parse(owner.hours), zone_named(owner.zone)
        self._day, self._now = first, now
        self._ends: list[str] = []

    def end_of(self, number: int) -> str:
        """The end of that working day, counted from 0."""
        while len(self._ends) <= number:
            if is_working_day(self._day, self._hours) or not self._hours.days:
                end = end_of_day(self._day, self._zone, self._hours)
                if end > self._now:
                    self._ends.append(to_text(end))
            self._day += timedelta(days=1)
        return self._ends[number]
