"""How long has the customer not heard from us about a case, counted in the working time of its owner?"""

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from owncase.domain.moment import from_text, to_text
from owncase.domain.silence import Silence, working_day
from owncase.domain.wallclock import zone_named
from owncase.domain.worktime import WorkingHours
from owncase.errors import BadData

if TYPE_CHECKING:
    from owncase.store.reader import Reader

MINUTE = timedelta(minutes=1)
FIELDS = ("silent_seconds", "silent_days")
NOTHING: dict[str, int | None] = dict.fromkeys(FIELDS)
OWNERS = "SELECT id, zone, hours FROM person WHERE id IN (SELECT owner FROM cases WHERE status = 'open')"


class Clock(NamedTuple):
    """The silence as somebody's working hours count it, and how long their working day is."""

    silence: Silence
    day: timedelta

    def since(self, heard_at: str) -> dict[str, int | None]:
        """How long nothing was heard: working seconds, and how many whole working days they are.

        Counted in whole minutes, so that one and the same question, asked twice, has one and the same answer.
        """
        length = self.silence.since(from_text(heard_at))
        return {"silent_seconds": length // MINUTE * 60, "silent_days": length // self.day}

    def began(self, number: int, unit: str) -> str:
        """The last moment since which so many hours, working days (`d`) or weeks of working time went by."""
        length = {"h": timedelta(hours=1), "d": self.day, "w": self.day * (self.silence.days or 7)}[unit]
        return to_text(self.silence.began(number * length))


@lru_cache(maxsize=64)
def clock_of(zone: str, hours: str, now: str) -> Clock | None:
    """The clock of somebody in this IANA zone with these hours; None where the store holds none that can be read."""
    try:
        kept = WorkingHours.parse(hours)
        return Clock(Silence(from_text(now), kept, zone_named(zone)), working_day(kept))
    except BadData:
        return None  # `store check` names it


def silent(heard_at: str | None, zone: str | None, hours: str | None, now: str) -> dict[str, int | None]:
    """The silence of an open case, whose owner has this zone and these hours; nulls where nobody knows."""
    if heard_at is None or zone is None or hours is None:
        return NOTHING
    clock = clock_of(zone, hours, now)
    return clock.since(heard_at) if clock else NOTHING


def began_by_owner(reader: "Reader", number: int, unit: str, now: str) -> dict[int, str]:
    """For each owner of open cases the moment before which a silence is at least so long."""
    clocks = {row["id"]: clock_of(row["zone"], row["hours"], now) for row in reader.rows(OWNERS)}
    return {owner: clock.began(number, unit) for owner, clock in clocks.items() if clock}
