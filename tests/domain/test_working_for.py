"""For so many minutes more somebody is in their hours: exactly those, across clock changes and in half-hour zones."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from owncase.domain.worktime import WorkingHours, is_working, working_for

ZONES = [
    ZoneInfo(name)
    for name in ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe")
]
CHANGES = [
    datetime.fromisoformat(at)
    for at in ("2026-03-29T01:00Z", "2026-10-25T01:00Z", "2026-11-01T06:00Z", "2026-04-04T15:00Z", "2026-10-03T15:30Z")
]
"""Moments at which clocks change in some of these zones, in Lord Howe by half an hour."""
DAY = timedelta(days=1)
edges = st.lists(st.integers(0, 48), max_size=6, unique=True).map(sorted)
spans = edges.map(lambda e: tuple(zip([m * 30 for m in e[::2]], [m * 30 for m in e[1::2]], strict=False)))
weeks = st.tuples(*[spans] * 7).map(WorkingHours)
near = st.builds(lambda at, minutes: at + timedelta(minutes=minutes), st.sampled_from(CHANGES), st.integers(-1500, 600))
ALWAYS = WorkingHours((((0, 1440),),) * 7)


@settings(max_examples=60, deadline=None)
@given(near, weeks, st.sampled_from(ZONES))
@example(CHANGES[1] - timedelta(minutes=30), WorkingHours((((150, 210),),) * 7), ZONES[1])
@example(CHANGES[0], ALWAYS, ZONES[1])
def test_every_minute_until_then_is_in_hours_and_that_one_is_not(
    moment: datetime, hours: WorkingHours, zone: ZoneInfo
) -> None:
    left = working_for(moment, hours, zone)
    minutes = int(left.total_seconds()) // 60
    assert timedelta(minutes=minutes) == left <= DAY
    assert all(is_working(moment + timedelta(minutes=ahead), hours, zone) for ahead in range(minutes))
    assert left == DAY or not is_working(moment + left, hours, zone)


@given(near, weeks, st.sampled_from(ZONES), st.integers(0, 59))
def test_seconds_go_off_what_is_left(moment: datetime, hours: WorkingHours, zone: ZoneInfo, seconds: int) -> None:
    left = working_for(moment, hours, zone)
    later = working_for(moment + timedelta(seconds=seconds), hours, zone)
    assert later in (left - timedelta(seconds=seconds) if left else timedelta(0), DAY)


@pytest.mark.parametrize(
    ("at", "hours", "zone", "left"),
    [
        ("2026-11-24T13:00Z", "mon-fri 09:00-17:00", "Europe/Berlin", 180),
        ("2026-11-24T16:00Z", "mon-fri 09:00-17:00", "Europe/Berlin", 0),
        ("2026-11-24T11:00Z", "mon-fri 09:00-17:00", "Asia/Kolkata", 30),
        ("2026-11-24T22:00Z", "mon 18:00-24:00, tue 00:00-06:00 18:00-24:00, wed 00:00-06:00", "UTC", 480),
        ("2026-10-24T23:00Z", "sun 00:00-08:00", "Europe/Berlin", 480),
        ("2026-03-28T23:00Z", "sun 00:00-08:00", "Europe/Berlin", 420),
    ],
)
def test_what_is_left_counts_what_really_goes_by(at: str, hours: str, zone: str, left: int) -> None:
    moment = datetime.fromisoformat(at).astimezone(UTC)
    assert working_for(moment, WorkingHours.parse(hours), ZoneInfo(zone)) == timedelta(minutes=left)
