"""Silence counts the owner's working time, whatever clocks do meanwhile."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from owncase.domain.silence import Silence, working_day
from owncase.domain.worktime import DEFAULT_HOURS, WorkingHours, add_working, is_working

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [
    ZoneInfo(name)
    for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu")
]
NAIVE = datetime  # Hypothesis takes bounds without a zone
edges = st.lists(st.integers(0, 96), max_size=6, unique=True).map(sorted)
spans = edges.map(lambda e: tuple(zip([m * 15 for m in e[::2]], [m * 15 for m in e[1::2]], strict=False)))
weeks = st.tuples(*[spans] * 7).map(WorkingHours)
moments = st.datetimes(NAIVE(2001, 1, 1), NAIVE(2060, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)
HOUR = timedelta(hours=1)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("heard", "now", "hours"),
    [
        ("2026-11-23T10:00", "2026-11-23T12:00", 2),
        ("2026-11-23T07:00", "2026-11-23T12:00", 3),
        ("2026-11-20T16:00", "2026-11-23T10:00", 2),
        ("2026-11-20T18:00", "2026-11-22T20:00", 0),
        ("2026-11-16T12:00", "2026-11-23T12:00", 40),
        ("2026-03-27T12:00", "2026-03-30T12:00", 8),
        ("2026-11-23T12:00", "2026-11-23T10:00", 0),
    ],
)
def test_only_working_time_counts(heard: str, now: str, hours: int) -> None:
    assert Silence(berlin(now), DEFAULT_HOURS, BERLIN).since(berlin(heard)) == hours * HOUR


def test_who_works_through_the_night_of_a_change_works_an_hour_more_or_less() -> None:
    night = WorkingHours.parse("sat 22:00-24:00, sun 00:00-06:00")
    for until, hours in (("2026-03-29T12:00", 7), ("2026-10-25T12:00", 9)):
        silence = Silence(berlin(until), night, BERLIN)
        assert silence.since(berlin(until) - timedelta(days=1)) == hours * HOUR


def test_without_hours_all_time_counts() -> None:
    none = WorkingHours.parse("none")
    assert Silence(berlin("2026-11-23T12:00"), none, BERLIN).since(berlin("2026-11-22T12:00")) == 24 * HOUR
    assert working_day(none) == 24 * HOUR


def test_a_working_day_is_as_long_as_the_days_of_the_week_are_one_with_the_other() -> None:
    assert working_day(DEFAULT_HOURS) == 8 * HOUR
    assert working_day(WorkingHours.parse("mon-thu 08:00-17:00, fri 08:00-12:00")) == 8 * HOUR


@given(weeks, moments, st.integers(0, 20_000), st.sampled_from(ZONES))
def test_it_is_what_was_added(hours: WorkingHours, start: datetime, minutes: int, zone: ZoneInfo) -> None:
    assume(hours.days)
    end = add_working(start, minutes, hours, zone)
    assert Silence(end, hours, zone).since(start) == timedelta(minutes=minutes)


@given(weeks, moments, st.lists(st.integers(0, 5_000_000), min_size=2, max_size=4), st.sampled_from(ZONES))
def test_stretches_add_up_in_whatever_order_they_are_asked(
    hours: WorkingHours, now: datetime, apart: list[int], zone: ZoneInfo
) -> None:
    silence = Silence(now, hours, zone)
    earlier, later = (now - timedelta(seconds=seconds) for seconds in (max(apart), min(apart)))
    asked = [silence.since(now - timedelta(seconds=seconds)) for seconds in apart]
    assert silence.since(earlier) == max(asked)
    assert silence.since(earlier) == silence.since(later) + Silence(later, hours, zone).since(earlier)
    assert silence.since(earlier) <= now - earlier


@given(weeks, moments, st.integers(0, 4 * 24 * 60), st.sampled_from(ZONES))
def test_it_counts_each_minute_in_which_somebody_works(
    hours: WorkingHours, now: datetime, minutes: int, zone: ZoneInfo
) -> None:
    assume(hours.days)
    now = now.replace(second=0, minute=now.minute // 15 * 15)
    heard = now - timedelta(minutes=minutes)
    each = (heard + timedelta(minutes=n) for n in range(minutes))
    if any(_is_odd(heard + timedelta(hours=n), zone) for n in range(-3, minutes // 60 + 3)):
        return
    worked = sum(is_working(minute, hours, zone) for minute in each)
    assert Silence(now, hours, zone).since(heard) == timedelta(minutes=worked)


def _is_odd(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether clocks change around a moment: then a span ends at the first reading, and clocks show it twice."""
    return moment.astimezone(zone).utcoffset() != (moment + HOUR).astimezone(zone).utcoffset()


@given(weeks, moments, st.integers(1, 400_000), st.sampled_from(ZONES))
def test_it_began_at_the_last_moment_since_which_so_much_went_by(
    hours: WorkingHours, now: datetime, seconds: int, zone: ZoneInfo
) -> None:
    length = timedelta(seconds=seconds)
    began = Silence(now, hours, zone).began(length)
    silence = Silence(now, hours, zone)
    assert silence.since(began) >= length
    assert silence.since(began + timedelta(seconds=1)) < length


def test_nothing_began_before_the_first_year() -> None:
    hours = WorkingHours.parse("mon 09:00-09:15")
    silence = Silence(berlin("2026-11-23T12:00"), hours, BERLIN)
    assert silence.began(timedelta(days=9999)) == datetime(2000, 1, 1, tzinfo=UTC)
    assert silence.since(datetime(1990, 1, 1, tzinfo=UTC)) == silence.since(datetime(1999, 12, 1, tzinfo=UTC))
