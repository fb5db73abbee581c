"""Working hours are a weekly pattern on a wall clock, and working time is counted without losing an hour to clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from owncase.domain.worktime import (
    DEFAULT_HOURS,
    MalformedHours,
    WorkingHours,
    add_working,
    answer_by,
    end_of_day,
    end_of_working_day,
    is_working_day,
)

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")]
SHORT_FRIDAY = WorkingHours.parse("mon-thu 08:30-12:00 13:00-17:00, fri 08:30-12:00")
NO_HOURS = WorkingHours.parse("none")
MONDAY = date(2026, 11, 23)
NAIVE = datetime  # Hypothesis takes bounds without a zone

edges = st.lists(st.integers(0, 96), max_size=6, unique=True).map(sorted)
spans = edges.map(lambda e: tuple(zip([m * 15 for m in e[::2]], [m * 15 for m in e[1::2]], strict=False)))
weeks = st.tuples(*[spans] * 7).map(WorkingHours)
moments = st.datetimes(NAIVE(2001, 1, 1), NAIVE(2060, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("mon-fri 09:00-17:00", "mon-fri 09:00-17:00"),
        ("Mon–Fri 09–17", "mon-fri 09:00-17:00"),
        ("mon - fri 9:00 - 17:00", "mon-fri 09:00-17:00"),
        ("monday-thursday 08:30-12:00 13:00-17:00,fri 08:30-12:00", str(SHORT_FRIDAY)),
        ("fri 9-12, mon 9-12", "mon 09:00-12:00, fri 09:00-12:00"),
        ("mon wed 9-12, tue 9-12", "mon-wed 09:00-12:00"),
        ("sat-mon 10:00-12:00", "mon 10:00-12:00, sat-sun 10:00-12:00"),
        ("mon 12:00-13:00 9:00-12:00", "mon 09:00-13:00"),
        ("mon 22:00-24:00, tue 00:00-06:00", "mon 22:00-24:00, tue 00:00-06:00"),
        (" NONE ", "none"),
    ],
)
def test_hours_are_written_back_in_one_way(typed: str, canonical: str) -> None:
    assert str(WorkingHours.parse(typed)) == canonical


def test_the_default_is_monday_to_friday_nine_to_five() -> None:
    assert WorkingHours.parse("mon-fri 09:00-17:00") == DEFAULT_HOURS == WorkingHours()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "mon",
        "09:00-17:00",
        "mon 17:00-09:00",
        "mon 09:00-09:00",
        "mon 9-12 11-13",
        "mon 9-12, mon 11-13",
        "mon 09:00-25:00",
        "mon 09:60-10:00",
        "mon 09:00-24:01",
        "foo 9-12",
        "mon 9-12 fri",
        "mon-fri-sat 9-12",
        "mon 9-12,",
        "mon \u0669-12",
        "mon 9-12; tue 9-12",
        "none none",
        "mon 22:00-06:00",
    ],
)
def test_malformed_hours_are_refused_with_an_example(typed: str) -> None:
    with pytest.raises(MalformedHours) as refused:
        WorkingHours.parse(typed)
    assert refused.value.exit == 65
    assert "mon-thu 08:30-12:00" in (refused.value.fix or "")


@given(weeks)
def test_hours_survive_being_written(hours: WorkingHours) -> None:
    again = WorkingHours.parse(str(hours))
    assert str(again) == str(hours)
    assert [again.minutes_on(MONDAY + timedelta(days=ahead)) for ahead in range(7)] == [
        hours.minutes_on(MONDAY + timedelta(days=ahead)) for ahead in range(7)
    ]
    assert WorkingHours.parse(str(again)) == again


@given(st.text(max_size=40) | st.text("monfriwedtu0123456789:-, ", max_size=40))
def test_any_text_is_hours_or_malformed(typed: str) -> None:
    try:
        hours = WorkingHours.parse(typed)
    except MalformedHours:
        return
    assert WorkingHours.parse(str(hours)) == hours


@pytest.mark.parametrize(
    ("hours", "day", "not_before", "expected"),
    [
        pytest.param(DEFAULT_HOURS, "2026-11-23", None, "2026-11-23T17:00", id="hours end"),
        pytest.param(DEFAULT_HOURS, "2026-11-23", "2026-11-23T16:59", "2026-11-23T17:00", id="not yet"),
        pytest.param(DEFAULT_HOURS, "2026-11-23", "2026-11-23T17:00", "2026-11-23T23:59", id="have just passed"),
        pytest.param(DEFAULT_HOURS, "2026-11-28", None, "2026-11-28T23:59", id="Saturday"),
        pytest.param(SHORT_FRIDAY, "2026-11-27", None, "2026-11-27T12:00", id="short Friday"),
        pytest.param(WorkingHours.parse("mon 12-24"), "2026-11-23", None, "2026-11-23T23:59", id="until midnight"),
    ],
)
def test_a_day_ends_with_its_hours(hours: WorkingHours, day: str, not_before: str | None, expected: str) -> None:
    passed = berlin(not_before) if not_before else None
    assert end_of_day(date.fromisoformat(day), BERLIN, hours, passed) == berlin(expected)


@pytest.mark.parametrize(
    ("hours", "count", "expected"),
    [
        (DEFAULT_HOURS, 1, "2026-11-24T17:00"),
        (DEFAULT_HOURS, 3, "2026-11-26T17:00"),
        (DEFAULT_HOURS, 4, "2026-11-27T17:00"),
        (DEFAULT_HOURS, 5, "2026-11-30T17:00"),
        (DEFAULT_HOURS, 10, "2026-12-07T17:00"),
        (WorkingHours.parse("mon 9-10"), 2, "2026-12-07T10:00"),
        (NO_HOURS, 3, "2026-11-26T23:59"),
    ],
)
def test_working_days_are_counted_from_the_next_day(hours: WorkingHours, count: int, expected: str) -> None:
    assert end_of_working_day(MONDAY, count, BERLIN, hours) == berlin(expected)


def test_working_days_count_from_one() -> None:
    with pytest.raises(ValueError, match="count from 1"):
        end_of_working_day(MONDAY, 0, BERLIN, DEFAULT_HOURS)
    with pytest.raises(OverflowError):
        end_of_working_day(MONDAY, 10**9, BERLIN, DEFAULT_HOURS)


@given(weeks, st.dates(date(2020, 1, 1), date(2050, 1, 1)), st.integers(1, 40))
def test_counting_working_days_is_counting_one_after_another(hours: WorkingHours, day: date, count: int) -> None:
    step = [found for ahead in range(1, 400) if is_working_day(found := day + timedelta(days=ahead), hours)]
    expected = step[count - 1] if hours.days else day + timedelta(days=count)
    assert end_of_working_day(day, count, BERLIN, hours) == end_of_day(expected, BERLIN, hours)


@pytest.mark.parametrize(
    ("start", "minutes", "hours", "expected"),
    [
        pytest.param("2026-11-23T10:00", 60, DEFAULT_HOURS, "2026-11-23T11:00", id="within a day"),
        pytest.param("2026-11-23T06:00", 60, DEFAULT_HOURS, "2026-11-23T10:00", id="before hours"),
        pytest.param("2026-11-23T16:00", 60, DEFAULT_HOURS, "2026-11-23T17:00", id="to the very end"),
        pytest.param("2026-11-23T16:30", 60, DEFAULT_HOURS, "2026-11-24T09:30", id="over night"),
        pytest.param("2026-11-27T16:30", 60, DEFAULT_HOURS, "2026-11-30T09:30", id="over the weekend"),
        pytest.param("2026-11-23T11:30", 60, SHORT_FRIDAY, "2026-11-23T13:30", id="over lunch"),
        pytest.param("2026-11-28T11:30", 60, NO_HOURS, "2026-11-28T12:30", id="no hours: elapsed"),
        pytest.param("2026-11-28T11:30", 0, DEFAULT_HOURS, "2026-11-28T11:30", id="nothing to add"),
        pytest.param("2027-03-28T01:30", 60, WorkingHours.parse("sun 1-6"), "2027-03-28T03:30", id="clocks go forward"),
        pytest.param("2026-10-25T01:30", 150, WorkingHours.parse("sun 1-6"), "2026-10-25T03:00", id="clocks go back"),
    ],
)
def test_working_time_is_added(start: str, minutes: int, hours: WorkingHours, expected: str) -> None:
    assert add_working(berlin(start), minutes, hours, BERLIN) == berlin(expected)


def test_hours_that_the_clocks_jump_over_are_no_working_time() -> None:
    hours = WorkingHours.parse("sun 02:00-03:00, mon 09:00-10:00")
    assert add_working(berlin("2027-03-28T01:00"), 30, hours, BERLIN) == berlin("2027-03-29T09:30")


def test_more_working_time_than_there_is_overflows() -> None:
    with pytest.raises(OverflowError):
        add_working(berlin("2026-11-23T10:00"), 10**7, WorkingHours.parse("mon 09:00-09:15"), BERLIN)


@settings(deadline=None)
@given(weeks, moments, st.integers(0, 2000), st.integers(0, 2000), st.sampled_from(ZONES))
def test_adding_working_time_twice_is_adding_the_sum(
    hours: WorkingHours, start: datetime, first: int, second: int, zone: ZoneInfo
) -> None:
    middle = add_working(start, first, hours, zone)
    end = add_working(middle, second, hours, zone)
    assert start <= middle <= end == add_working(start, first + second, hours, zone)
    assert end - start >= timedelta(minutes=first + second)
    assert end.tzinfo is UTC


@settings(deadline=None)
@given(weeks, moments, st.integers(0, 100_000), st.integers(1, 2000), st.sampled_from(ZONES))
def test_whoever_starts_later_is_not_done_earlier(
    hours: WorkingHours, start: datetime, later: int, minutes: int, zone: ZoneInfo
) -> None:
    after = start + timedelta(seconds=later)
    assert add_working(start, minutes, hours, zone) <= add_working(after, minutes, hours, zone)


@pytest.mark.parametrize(
    ("urgency", "hours", "expected"),
    [
        ("hot", DEFAULT_HOURS, "2026-11-27T16:15"),
        ("high", DEFAULT_HOURS, "2026-11-27T17:00"),
        ("normal", DEFAULT_HOURS, "2026-11-30T12:00"),
        ("low", DEFAULT_HOURS, "2026-11-30T16:00"),
        ("hot", SHORT_FRIDAY, "2026-11-27T16:15"),
        ("high", SHORT_FRIDAY, "2026-11-30T09:30"),
        ("low", SHORT_FRIDAY, "2026-11-30T12:00"),
        ("normal", NO_HOURS, "2026-11-27T20:00"),
        ("low", NO_HOURS, "2026-11-28T16:00"),
    ],
)
def test_an_answer_is_wanted_by_the_hours_of_whoever_is_asked(urgency: str, hours: WorkingHours, expected: str) -> None:
    assert answer_by(urgency, berlin("2026-11-27T16:00"), hours, BERLIN) == berlin(expected)


def test_an_offer_of_low_urgency_at_night_may_take_the_next_working_day() -> None:
    assert answer_by("low", berlin("2026-11-28T03:00"), DEFAULT_HOURS, BERLIN) == berlin("2026-11-30T17:00")
    with pytest.raises(ValueError, match="no such urgency"):
        answer_by("urgent", berlin("2026-11-28T03:00"), DEFAULT_HOURS, BERLIN)
