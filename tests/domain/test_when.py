"""When somebody says when, it is one exact moment or a refusal with the nearest forms that can be read."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from owncase.domain.wallclock import UnknownZone
from owncase.domain.when import BadWhen, Edge, parse_when, zone_named
from owncase.domain.worktime import DEFAULT_HOURS, WorkingHours

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")]
NO_HOURS = WorkingHours.parse("none")
MONDAY = "2026-11-23T10:00"
NAIVE = datetime  # Hypothesis takes bounds without a zone


def local(reading: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(reading).replace(tzinfo=zone)


def read(
    words: str,
    *,
    now: str = MONDAY,
    zone: ZoneInfo = BERLIN,
    hours: WorkingHours = DEFAULT_HOURS,
    back: bool = False,
    edge: Edge = "end",
) -> str:
    """Read on a clock of the zone and answer on it too; `now` may carry an offset."""
    said = datetime.fromisoformat(now)
    said = said if said.tzinfo else said.replace(tzinfo=zone)
    moment = parse_when(words, now=said, zone=zone, hours=hours, back=back, edge=edge)
    assert moment.tzinfo is UTC
    return moment.astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes")


def refuse(words: str, *, now: str = MONDAY, zone: ZoneInfo = BERLIN, back: bool = False) -> BadWhen:
    with pytest.raises(BadWhen) as refused:
        read(words, now=now, zone=zone, back=back)
    assert refused.value.exit == 65
    assert refused.value.fix
    return refused.value


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2026-11-27", "2026-11-27T17:00"),
        ("2026-11-28", "2026-11-28T23:59"),
        ("2026-11-27T15:00", "2026-11-27T15:00"),
        ("2026-11-27 15:00", "2026-11-27T15:00"),
        ("2026-11-27T15:00Z", "2026-11-27T16:00"),
        ("2026-11-27t15:00:00z", "2026-11-27T16:00"),
        ("2026-11-27T15:00:00.999Z", "2026-11-27T16:00"),
        ("2026-12-01T09:00-05:00", "2026-12-01T15:00"),
        ("2026-12-01T09:00-0500", "2026-12-01T15:00"),
        ("2026-12-01 09:00 +01", "2026-12-01T09:00"),
        ("now", MONDAY),
        ("today", "2026-11-23T17:00"),
        ("Tomorrow", "2026-11-24T17:00"),
        ("eod", "2026-11-23T17:00"),
        ("EOW", "2026-11-27T17:00"),
        ("eom", "2026-11-30T17:00"),
        ("fri", "2026-11-27T17:00"),
        ("Friday", "2026-11-27T17:00"),
        ("sun", "2026-11-29T23:59"),
        ("mon", "2026-11-30T17:00"),
        ("monday 15:00", "2026-11-30T15:00"),
        ("15:00", "2026-11-23T15:00"),
        ("09:59", "2026-11-24T09:59"),
        ("10:00", "2026-11-24T10:00"),
        ("fri 15:00", "2026-11-27T15:00"),
        (" fri@15:00\n", "2026-11-27T15:00"),
        ("today 15:00", "2026-11-23T15:00"),
        ("today 09:00", "2026-11-23T09:00"),
        ("tomorrow  15:00", "2026-11-24T15:00"),
        ("+2h", "2026-11-23T12:00"),
        ("+30m", "2026-11-23T10:30"),
        ("+3d", "2026-11-26T10:00"),
        ("+1w", "2026-11-30T10:00"),
        ("+3bd", "2026-11-26T17:00"),
        ("+5BD", "2026-11-30T17:00"),
        ("2026-11-20", "2026-11-20T23:59"),
    ],
)
def test_the_forms_of_the_manual_are_read(words: str, expected: str) -> None:
    assert read(words) == expected


@pytest.mark.parametrize(
    ("words", "now", "expected"),
    [
        pytest.param("today", "2026-11-23T17:00", "2026-11-23T23:59", id="hours have passed"),
        pytest.param("eod", "2026-11-23T18:00", "2026-11-23T23:59", id="evening"),
        pytest.param("eow", "2026-11-27T18:00", "2026-11-27T23:59", id="Friday evening"),
        pytest.param("eow", "2026-11-28T10:00", "2026-11-29T23:59", id="on a weekend the week ends on Sunday"),
        pytest.param("eom", "2027-01-05T10:00", "2027-01-29T17:00", id="a month that ends on Sunday"),
        pytest.param("eom", "2027-01-30T10:00", "2027-01-31T23:59", id="its last working day has passed"),
        pytest.param("eom", "2028-02-10T10:00", "2028-02-29T17:00", id="leap year"),
        pytest.param("+1bd", "2026-11-28T10:00", "2026-11-30T17:00", id="from a Saturday"),
        pytest.param("tomorrow", "2026-11-27T23:30", "2026-11-28T23:59", id="Saturday has no hours"),
    ],
)
def test_a_day_without_a_time_ends_with_its_hours_or_at_2359(words: str, now: str, expected: str) -> None:
    assert read(words, now=now) == expected


def test_without_working_hours_days_end_at_2359() -> None:
    assert read("tomorrow", hours=NO_HOURS) == "2026-11-24T23:59"
    assert read("eow", hours=NO_HOURS) == "2026-11-29T23:59"
    assert read("+3bd", hours=NO_HOURS) == "2026-11-26T23:59"


def test_the_day_is_the_speakers_day() -> None:
    assert parse_when(
        "today 23:00", now=local("2026-11-23T22:00", ZoneInfo("America/New_York")), zone=BERLIN, hours=DEFAULT_HOURS
    ) == local("2026-11-24T23:00")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("yesterday", "2026-11-22T23:59"),
        ("yesterday 15:00", "2026-11-22T15:00"),
        ("-3d", "2026-11-20T10:00"),
        ("-2h", "2026-11-23T08:00"),
        ("-30m", "2026-11-23T09:30"),
        ("-1w", "2026-11-16T10:00"),
        ("mon", "2026-11-16T23:59"),
        ("fri 15:00", "2026-11-20T15:00"),
        ("15:00", "2026-11-22T15:00"),
        ("10:00", "2026-11-23T10:00"),
        ("2026-11-20", "2026-11-20T23:59"),
        ("2026-11-20T08:00", "2026-11-20T08:00"),
        ("now", MONDAY),
    ],
)
def test_looking_back_the_past_is_meant(words: str, expected: str) -> None:
    assert read(words, back=True) == expected


@pytest.mark.parametrize("words", ["2026-11-20", "fri"])
def test_since_a_day_is_since_it_began(words: str) -> None:
    assert read(words, back=True, edge="start") == "2026-11-20T00:00"
    assert read("today", back=True, edge="start") == "2026-11-23T00:00"


@pytest.mark.parametrize(("words", "forms"), [("yesterday", ()), ("-3d", ("+3d",)), ("-2h", ("+2h",))])
def test_what_looks_back_is_no_due(words: str, forms: tuple[str, ...]) -> None:
    refused = refuse(words)
    assert "looks back" in refused.message
    assert not forms or refused.forms == forms


@pytest.mark.parametrize(
    ("words", "forms"),
    [
        pytest.param("2026-02-30", ("2026-02-28", "2026-03-01"), id="trust 46: Feb 30"),
        pytest.param("2025-02-29", ("2025-02-28", "2025-03-01"), id="trust 46: no leap year"),
        pytest.param("2026-02-30T15:00Z", ("2026-02-28T15:00Z", "2026-03-01T15:00Z"), id="trust 46: with its time"),
        pytest.param("2026-11-00", ("2026-10-31", "2026-11-01"), id="trust 46: day 0"),
        pytest.param("2026-13-05", ("2026-05-13",), id="trust 46: month 13"),
        pytest.param("13/01/2026", ("2026-01-13",), id="trust 46: one reading, still not ISO"),
        pytest.param("01/02/03", ("2001-02-03", "2003-02-01", "2003-01-02"), id="trust 47: three readings"),
        pytest.param("12.01.2026", ("2026-01-12", "2026-12-01"), id="trust 47: two schools"),
        pytest.param("26-11-27", ("2026-11-27", "2027-11-26"), id="trust 47: two-digit year"),
        pytest.param("24:00", ("23:59", "00:00"), id="trust 51: bare 24:00"),
        pytest.param("fri 24:00", ("2026-11-27T23:59", "2026-11-28T00:00"), id="trust 51: Friday 24:00"),
        pytest.param("2026-12-31T24:00+01:00", ("2026-12-31T23:59+01:00", "2027-01-01T00:00+01:00"), id="trust 51"),
        pytest.param("23:59:60", ("23:59", "00:00"), id="trust 51: leap second"),
        pytest.param("15:75", ("15:59", "16:00"), id="minute 75"),
        pytest.param("20261127", ("2026-11-27",), id="compact"),
        pytest.param("3pm", ("15:00",), id="3pm"),
        pytest.param("fri 12:30 am", ("friday@00:30",), id="12:30 am"),
        pytest.param("tues", ("tuesday",), id="four letters"),
        pytest.param("next friday", ("friday",), id="next friday"),
        pytest.param("3d", ("+3d",), id="no sign"),
        pytest.param("in 2 business days", ("+2bd",), id="business days"),
        pytest.param("+20 minutes", ("+20m",), id="minutes"),
    ],
)
def test_what_is_nearly_a_moment_is_refused_with_the_nearest_forms(words: str, forms: tuple[str, ...]) -> None:
    assert refuse(words).forms == forms


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("13/13/2026", id="trust 46"),
        pytest.param("0000-01-01", id="trust 48: year 0"),
        pytest.param("1899-12-31", id="trust 48: 1899"),
        pytest.param("1999-12-31", id="trust 48: 1999"),
        pytest.param("2200-01-01", id="trust 48: 2200"),
        pytest.param("10000-01-01", id="trust 48: 10000"),
        pytest.param("+10000-01-01", id="trust 48: +10000"),
        pytest.param("999999 days", id="trust 55: days"),
        pytest.param("+999999d", id="trust 55: +999999d"),
        pytest.param("+999999w", id="trust 55: weeks"),
        pytest.param("+999999bd", id="trust 55: working days"),
        pytest.param("+99999999999999999999d", id="trust 55: more digits"),
        pytest.param("in 1e9 weeks", id="trust 55: exponent"),
        pytest.param("", id="empty"),
        pytest.param(" ", id="blank"),
        pytest.param("15", id="bare number"),
        pytest.param("1764000000", id="unix seconds"),
        pytest.param("2026-11", id="a month"),
        pytest.param("2026-W48-5", id="week date"),
        pytest.param("morgen 15 Uhr", id="another language"),
        pytest.param("2 months", id="months are not minutes"),
        pytest.param("\u0662\u0660\u0662\u0666-11-27", id="other digits"),
        pytest.param("\uff12026-11-27", id="full-width digits"),
        pytest.param("2026-11-27T15:00+19:00", id="offset too far"),
        pytest.param("2026-11-27T15:00+01:75", id="offset minute 75"),
        pytest.param("2026-11-27T15:00 Europe/Berlin", id="zone name"),
        pytest.param("fri\x0015:00", id="NUL"),
        pytest.param("fri\n15:00", id="line break inside"),
        pytest.param("caf\udce9", id="lone surrogate"),
        pytest.param("1" * 100_000, id="100 kB"),
        pytest.param("+0bd", id="no working day"),
        pytest.param("-3bd", id="working days back"),
        pytest.param("eow 15:00", id="two ends"),
    ],
)
def test_what_is_no_moment_is_refused_with_forms_that_are(words: str) -> None:
    for form in refuse(words).forms:
        assert read(form)


@pytest.mark.parametrize(
    ("zone", "reading", "before", "after"),
    [
        ("Europe/Berlin", "2027-03-28T02:30", "2027-03-28T01:59", "2027-03-28T03:00"),
        ("America/New_York", "2027-03-14T02:00", "2027-03-14T01:59", "2027-03-14T03:00"),
        ("Australia/Lord_Howe", "2027-10-03T02:15", "2027-10-03T01:59", "2027-10-03T02:30"),
    ],
)
def test_trust_49_a_time_that_clocks_jump_over_is_refused_with_both_neighbours(
    zone: str, reading: str, before: str, after: str
) -> None:
    refused = refuse(reading, zone=ZoneInfo(zone))
    assert "does not exist" in refused.message
    assert refused.forms == (before, after)
    assert [read(form, zone=ZoneInfo(zone)) for form in refused.forms] == [before, after]


@pytest.mark.parametrize(
    ("zone", "reading", "offsets"),
    [
        ("Europe/Berlin", "2026-10-25T02:30", ("+02:00", "+01:00")),
        ("America/New_York", "2027-11-07T01:30", ("-04:00", "-05:00")),
        ("Australia/Lord_Howe", "2027-04-04T01:45", ("+11:00", "+10:30")),
    ],
)
def test_trust_50_a_time_that_comes_twice_needs_its_offset(zone: str, reading: str, offsets: tuple[str, str]) -> None:
    refused = refuse(reading, zone=ZoneInfo(zone))
    assert refused.forms == tuple(f"{reading}{offset}" for offset in offsets)
    first, second = (datetime.fromisoformat(form) for form in refused.forms)
    assert first < second
    assert parse_when(refused.forms[0], now=first, zone=ZoneInfo(zone), hours=DEFAULT_HOURS) == first


def test_lengths_in_hours_elapse_and_lengths_in_days_keep_the_clock() -> None:
    assert read("+24h", now="2027-03-27T12:00") == "2027-03-28T13:00"
    assert read("+1d", now="2027-03-27T12:00") == "2027-03-28T12:00"


def test_trust_49_50_a_clock_time_reached_by_days_is_refused_too() -> None:
    assert refuse("+1d", now="2027-03-27T02:30").forms == ("2027-03-28T01:59", "2027-03-28T03:00")
    assert refuse("sun 02:30", now="2027-03-27T12:00").forms == ("2027-03-28T01:59", "2027-03-28T03:00")
    assert refuse("02:30", now="2027-03-27T12:00").forms == ("2027-03-28T01:59", "2027-03-28T03:00")
    assert refuse("02:30", now="2027-03-28T01:00").forms == ("2027-03-28T01:59", "2027-03-28T03:00")
    assert read("02:30", now="2027-03-28T04:00") == "2027-03-29T02:30"


def test_trust_50_a_bare_time_between_its_two_turns_means_the_one_to_come() -> None:
    between = "2026-10-25T02:45:00+02:00"
    moment = parse_when("02:30", now=datetime.fromisoformat(between), zone=BERLIN, hours=DEFAULT_HOURS)
    assert moment == datetime.fromisoformat("2026-10-25T02:30:00+01:00")
    assert len(refuse("02:30", now="2026-10-25T00:30").forms) == 2


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/New_York"])
def test_trust_48_the_years_are_those_of_the_speakers_clock(zone: str) -> None:
    assert read("2000-01-01", zone=ZoneInfo(zone), back=True, edge="start") == "2000-01-01T00:00"
    assert read("2199-12-31T23:59", zone=ZoneInfo(zone)) == "2199-12-31T23:59"
    assert refuse("2199-12-31T24:00", zone=ZoneInfo(zone)).forms == ("2199-12-31T23:59",)


def test_a_day_that_begins_in_a_gap_begins_when_clocks_have_jumped() -> None:
    cairo = ZoneInfo("Africa/Cairo")
    assert read("2027-04-30", now="2027-04-01T10:00", zone=cairo, edge="start") == "2027-04-30T01:00"


@pytest.mark.parametrize("name", ["Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "EST5EDT"])
def test_a_zone_is_known_by_its_name(name: str) -> None:
    assert zone_named(name).key == name


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Berlni",
        "",
        ":/etc/passwd",
        "/etc/passwd",
        "../Europe/Berlin",
        "Europe",
        "Europe/Berlin\x00",
        "Europe/Berlin\n",
        "right/Europe/Berlin",
        "localtime",
        "x" * 100000,
        "caf\udce9",
        "zone1970.tab",
        "CEST",
    ],
)
def test_trust_53_what_is_no_zone_is_never_taken_for_utc(name: str) -> None:
    with pytest.raises(UnknownZone) as refused:
        zone_named(name)
    assert refused.value.exit == 65
    assert refused.value.fix


def test_trust_53_a_slip_is_answered_with_the_zone_meant() -> None:
    with pytest.raises(UnknownZone) as refused:
        zone_named("europe/berlni")
    assert refused.value.fix == "write Europe/Berlin"


ALMOST = st.lists(
    st.sampled_from(
        [
            "2026-",
            "02-30",
            "02",
            "31",
            "-",
            "/",
            ".",
            "T",
            " ",
            "@",
            ":",
            "24:00",
            "02:30",
            "fri",
            "eow",
            "next",
            "+",
            "bd",
            "0",
            "9999",
            "999999",
            "d",
            "w",
            "h",
            "m",
            "Z",
            "+01:00",
            "-15",
            "today",
            "yesterday",
            "pm",
            "1",
            "13",
            "\u0663",
        ]
    ),
    max_size=6,
).map("".join)


@given(
    words=st.text(st.characters(), max_size=70) | ALMOST,
    now=st.datetimes(NAIVE(2020, 1, 1), NAIVE(2100, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from(ZONES),
    back=st.booleans(),
    edge=st.sampled_from(["start", "end"]),
)
def test_any_text_is_a_moment_in_range_or_refused_with_forms_that_are(
    words: str, now: datetime, zone: ZoneInfo, back: bool, edge: Edge
) -> None:
    try:
        moment = parse_when(words, now=now, zone=zone, hours=DEFAULT_HOURS, back=back, edge=edge)
    except BadWhen as refused:
        told = refused
    else:
        assert moment.tzinfo is UTC
        assert moment.microsecond == 0
        assert 2000 <= moment.astimezone(zone).year <= 2199
        return
    told.message.encode("ascii")
    assert told.fix
    for form in told.forms:
        _read_or_meet_a_change_of_clocks(form, now, zone, back)


def _read_or_meet_a_change_of_clocks(form: str, now: datetime, zone: ZoneInfo, back: bool) -> None:
    """A proposed day or time can itself fall where clocks change; then that is what is said about it."""
    try:
        parse_when(form, now=now, zone=zone, hours=DEFAULT_HOURS, back=back)
    except BadWhen as refused:
        if "clocks go" not in refused.message:
            raise


@given(
    reading=st.datetimes(NAIVE(2000, 1, 3), NAIVE(2199, 12, 29)).map(lambda at: at.replace(second=0, microsecond=0)),
    zone=st.sampled_from(ZONES),
)
def test_every_local_time_is_read_as_itself_unless_clocks_change(reading: datetime, zone: ZoneInfo) -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    try:
        moment = parse_when(reading.isoformat(timespec="minutes"), now=now, zone=zone, hours=DEFAULT_HOURS)
    except BadWhen as refused:
        forms = refused.forms
    else:
        assert moment.astimezone(zone).replace(tzinfo=None) == reading
        return
    assert len(forms) == 2
    first, second = (parse_when(form, now=now, zone=zone, hours=DEFAULT_HOURS) for form in forms)
    assert timedelta(0) < second - first <= timedelta(hours=1)
