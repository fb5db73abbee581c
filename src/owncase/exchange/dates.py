"""A date in a file is read in the order that was said and no other; what could be two days is refused, with a way out.

ISO 8601 is always read: `2026-11-27`, `2026-11-27T15:00`, `20261127T150000Z`. `--dates dmy`, `mdy` and `ymd` read
numbers in that order, with a time behind them or not, and any other word is a pattern of strptime: `%d %b %Y`, or
several apart by `|`, of which the first that fits counts.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo

from owncase.domain import nearest
from owncase.domain.moment import from_text, to_text
from owncase.domain.wallclock import BadWhen, only_moment
from owncase.domain.worktime import WorkingHours, end_of_day
from owncase.errors import BadData, UsageProblem
from owncase.exchange import date_pattern
from owncase.exchange.refusal import Refusal

ORDERS = ("dmy", "mdy", "ymd")
LONGEST = 64
_CLOCK = (
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?"
)
_OFFSET = r"(?: ?(?P<offset>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?))?"
_ISO = re.compile(rf"(?P<one>[0-9]{{4}})-(?P<two>[0-9]{{2}})-(?P<three>[0-9]{{2}})(?:[Tt ]{_CLOCK}{_OFFSET})?")
_BASIC = re.compile(
    r"(?P<one>[0-9]{4})(?P<two>[0-9]{2})(?P<three>[0-9]{2})"
    r"(?:[Tt](?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2})(?P<half>)" + _OFFSET + ")?"
)
_NUMBERS = re.compile(
    r"(?P<one>[0-9]{1,4})(?P<mark>[./-])(?P<two>[0-9]{1,2})(?P=mark)(?P<three>[0-9]{1,4})\.?"
    rf"(?:,? {_CLOCK}{_OFFSET})?"
)


class UnclearDate(BadData):
    """A date could be two days, or is in an order that nobody said."""

    REASON = "which number is the month was not said"


class Reader:
    """Reads the dates of one file. `kind` is what `--dates` said; zone and hours are those of whoever imports.

    It remembers the first date that shows in which order the file writes them: see `mended`.
    """

    def __init__(self, kind: str | None, zone: tzinfo, hours: WorkingHours, now: datetime) -> None:
        if kind is not None and kind not in ORDERS and "%" not in kind:
            raise UsageProblem(f"--dates takes no {kind!r}", fix="dmy, mdy, ymd, or a pattern such as '%d %b %Y'")
        self.kind = kind if kind is None or kind in ORDERS else date_pattern.checked(kind, now)
        self.zone = zone
        self.hours = hours
        self.now = now
        self.shown: dict[str, str] = {}

    def moment(self, text: str, line: int | None = None) -> str:
        """The moment as stored; a day alone is the end of its working hours. Raises BadData with the nearest forms."""
        found = self._read(text.strip(), line)
        if not nearest.FIRST_YEAR <= from_text(found).year <= nearest.LAST_YEAR:  # an offset may lead out of them
            raise nearest.out_of_range(self._example())
        return found

    def _read(self, words: str, line: int | None) -> str:
        if len(words) > LONGEST:
            raise nearest.unreadable(words[:LONGEST])
        found = _ISO.fullmatch(words) or _BASIC.fullmatch(words)
        if found:
            return self._moment(found, "ymd", words)
        if self.kind and self.kind not in ORDERS:
            return self._by_pattern(words, self.kind)
        if not (found := _NUMBERS.fullmatch(words)):
            raise BadWhen(f"cannot tell when {words[:40]!a} is", self._example())
        self._learn(found, words, line)
        if self.kind is None:
            raise self._unclear(found, words)
        return self._moment(found, self.kind, words)

    def mended(self, refusals: Sequence[Refusal]) -> list[Refusal]:
        """The refusals, where dates were unclear with the order that another row of the file proves."""
        if len(self.shown) != 1:
            return list(refusals)
        (order, proof), = self.shown.items()  # fmt: skip
        fix = f"say --dates {order}: {proof}"
        return [row._replace(fix=fix) if row.reason.endswith(UnclearDate.REASON) else row for row in refusals]

    def _moment(self, found: re.Match[str], order: str, words: str) -> str:
        day = self._day(found, order, words)
        if found["hour"] is None:
            return to_text(end_of_day(day, self.zone, self.hours, self.now))
        reading = datetime.combine(day, _clock(found, day))
        return to_text(only_moment(reading, _offset(found["offset"]) if found["offset"] else self.zone))

    def _day(self, found: re.Match[str], order: str, words: str) -> date:
        numbers = dict(zip(order, found.group("one", "two", "three"), strict=True))
        if not _is_shaped(numbers, order):
            raise BadWhen(f"{words[:40]!a} is not written in the order {order}", self._example())
        year, month, day = _year(numbers["y"]), int(numbers["m"]), int(numbers["d"])
        if not nearest.FIRST_YEAR <= year <= nearest.LAST_YEAR:
            raise nearest.out_of_range(self._example())
        try:
            return date(year, month, day)
        except ValueError:
            raise nearest.no_such_day(year, month, day) from None

    def _by_pattern(self, words: str, patterns: str) -> str:
        for pattern in patterns.split("|"):
            if reading := date_pattern.read(words, pattern):
                return self._read_by(pattern, reading)
        raise BadWhen(f"{words[:40]!a} is not written as {patterns.replace('|', ' or ')}", self._example())

    def _read_by(self, pattern: str, reading: datetime) -> str:
        if not nearest.FIRST_YEAR <= reading.year <= nearest.LAST_YEAR:
            raise nearest.out_of_range(self._example())
        if not date_pattern.has_time(pattern):
            return to_text(end_of_day(reading.date(), self.zone, self.hours, self.now))
        if reading.tzinfo:
            return to_text(reading)
        return to_text(only_moment(reading.replace(microsecond=0), self.zone))

    def _learn(self, found: re.Match[str], words: str, line: int | None) -> None:
        fitting = [order for order in ORDERS if _date(found, order)]
        if len(fitting) == 1:
            where = f"line {line} has" if line else "the file has"
            self.shown.setdefault(fitting[0], f"{where} {words[:40]}")

    def _unclear(self, found: re.Match[str], words: str) -> BadData:
        fitting = {order: day for order in ORDERS if (day := _date(found, order))}
        if not fitting:
            return self._no_such_day(found, words)
        ways = [f"--dates {order} reads it as {day:%Y-%m-%d}" for order, day in fitting.items()]
        return UnclearDate(f"{words[:40]!a}: {UnclearDate.REASON}", fix="; ".join(ways))

    def _no_such_day(self, found: re.Match[str], words: str) -> BadData:
        one, two, three = (int(number) for number in found.group("one", "two", "three"))
        for year, month, day in ((three, two, one), (three, one, two), (one, two, three)):
            if nearest.FIRST_YEAR <= year <= nearest.LAST_YEAR and 1 <= month <= 12:  # noqa: PLR2004 - months
                return nearest.no_such_day(year, month, day)
        return BadWhen(f"there is no such day as {words[:40]!a}", self._example())

    def _example(self) -> str:
        day = self.now.astimezone(self.zone)
        patterns = {"dmy": "%d/%m/%Y", "mdy": "%m/%d/%Y", "ymd": "%Y/%m/%d", None: "%Y-%m-%d"}
        return day.strftime(patterns.get(self.kind) or str(self.kind).rpartition("|")[2])


def _date(found: re.Match[str], order: str) -> date | None:
    """The day that these numbers are in this order, if there is such a day within the years."""
    numbers = dict(zip(order, found.group("one", "two", "three"), strict=True))
    if not _is_shaped(numbers, order):
        return None
    try:
        day = date(_year(numbers["y"]), int(numbers["m"]), int(numbers["d"]))
    except ValueError:
        return None
    return day if nearest.FIRST_YEAR <= day.year <= nearest.LAST_YEAR else None


def _is_shaped(numbers: dict[str, str], order: str) -> bool:
    """A year has four digits, or two where it does not stand in front; months and days at most two."""
    years = (4,) if order == "ymd" else (2, 4)
    return len(numbers["y"]) in years and max(len(numbers["m"]), len(numbers["d"])) <= 2  # noqa: PLR2004 - digits


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)  # noqa: PLR2004 - a year without its century


def _clock(found: re.Match[str], day: date) -> time:
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:  # noqa: PLR2004 - hours of a clock with two halves
            raise BadWhen(f"there is no such time as {hour}:{minute:02} {found['half']}m", f"{day}T{hour % 24:02}:00")
        hour = hour % 12 + (12 if found["half"] in "Pp" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        raise nearest.no_such_time(hour, minute, second, day) from None


def _offset(text: str) -> tzinfo:
    try:
        zone = datetime.fromisoformat(f"2000-01-01T00:00{text.upper()}").tzinfo
    except ValueError:
        zone = None
    if zone is None:
        raise BadWhen(f"{text} is no offset from UTC", "it like +01:00")
    return zone
