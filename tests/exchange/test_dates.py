"""Dates of a file are read in the order that was said, and in no other: TRUST 46 to 51."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from owncase.domain.worktime import WorkingHours
from owncase.errors import BadData, UsageProblem
from owncase.exchange.dates import Reader, UnclearDate
from owncase.exchange.refusal import Refusal

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


def reader(kind: str | None = None) -> Reader:
    return Reader(kind, ZoneInfo("Europe/Berlin"), WorkingHours(), NOW)


@pytest.mark.parametrize(
    ("kind", "text", "moment"),
    [
        (None, "2026-11-27", "2026-11-27T16:00:00Z"),
        (None, "2026-11-28", "2026-11-28T22:59:00Z"),
        (None, "2026-11-27T15:00", "2026-11-27T14:00:00Z"),
        (None, " 2026-11-27 15:00:01.5+02:00 ", "2026-11-27T13:00:01Z"),
        (None, "20261127T150000Z", "2026-11-27T15:00:00Z"),
        ("mdy", "20261127", "2026-11-27T16:00:00Z"),
        ("dmy", "24/12/2026", "2026-12-24T16:00:00Z"),
        ("dmy", "1.2.27", "2027-02-01T16:00:00Z"),
        ("dmy", "24-12-2026 3:30 PM", "2026-12-24T14:30:00Z"),
        ("mdy", "12/24/2026, 12:05 am", "2026-12-23T23:05:00Z"),
        ("mdy", "03/24/2025 11:33:07 PM", "2025-03-24T22:33:07Z"),
        ("ymd", "2026/12/24 08:00", "2026-12-24T07:00:00Z"),
        ("%d %b %Y", "24 Dec 2026", "2026-12-24T16:00:00Z"),
        ("%m/%d/%Y %I:%M:%S %p", "03/24/2025 11:33:07 PM", "2025-03-24T22:33:07Z"),
        ("%Y%m%dT%H%M%S%z", "20261124T140000Z", "2026-11-24T14:00:00Z"),
        ("%d/%m/%y", "2026-11-27", "2026-11-27T16:00:00Z"),
        ("%d/%b/%y 12:00 AM|%d/%b/%y %I:%M %p", "24/Dec/26 12:00 AM", "2026-12-24T16:00:00Z"),
        ("%d/%b/%y 12:00 AM|%d/%b/%y %I:%M %p", "24/Dec/26 3:42 PM", "2026-12-24T14:42:00Z"),
        ("%d.%m.%Y %H:%M %Z", "24.12.2026 15:00 UTC", "2026-12-24T15:00:00Z"),
        ("%d.%m.%Y %H:%M %Z", "24.12.2026 15:00 gmt", "2026-12-24T15:00:00Z"),
        ("%A, %d %b %Y", "thursday, 24 Dec 2026", "2026-12-24T16:00:00Z"),
    ],
)
def test_a_date_is_one_moment_of_the_importer(kind: str | None, text: str, moment: str) -> None:
    assert reader(kind).moment(text) == moment


@pytest.mark.parametrize(
    ("kind", "text", "message", "fix"),
    [
        ("dmy", "31/04/2027", "there is no such day as 2027-04-31", "write 2027-04-30 or 2027-05-01"),
        (None, "31/04/2027", "there is no such day as 2027-04-31", "write 2027-04-30 or 2027-05-01"),
        ("dmy", "12/24/2026", "there is no such day as 2026-24-12", "write 2026-12-24"),
        (None, "2027-02-29", "there is no such day as 2027-02-29", "write 2027-02-28 or 2027-03-01"),
        ("ymd", "26/12/24", "'26/12/24' is not written in the order ymd", "write 2026/11/24"),
        ("dmy", "24/12/1999", "years go from 2000 to 2199", "write 24/11/2026"),
        ("%d %b %Y", "24.12.2026", "'24.12.2026' is not written as %d %b %Y", "write 24 Nov 2026"),
        (None, "2027-03-28T02:30", "does not exist in Europe/Berlin", "write 2027-03-28T01:59 or 2027-03-28T03:00"),
        ("dmy", "31/10/2027 02:30", "comes twice in Europe/Berlin", "write 2027-10-31T02:30+02:00"),
        ("dmy", "24/12/2026 24:00", "there is no such time as 24:00", "write 2026-12-24T23:59 or 2026-12-25T00:00"),
        ("dmy", "24/12/2026 13:00 pm", "there is no such time as 13:00 pm", "write 2026-12-24T13:00"),
        (None, "soon", "cannot tell when 'soon' is", "write 2026-11-24"),
        (None, "٢٤/١١/٢٠٢٦", "cannot tell when", "write 2026-11-24"),
        (None, "2199-12-31T23:59-14:00", "years go from 2000 to 2199", "write 2026-11-24"),
        ("dmy", "1/1/2000 00:30", "years go from 2000 to 2199", "write 24/11/2026"),
        ("%a %d %b %Y", "Mon 24 Dec 2026", "'Mon 24 Dec 2026' is not written as %a %d %b %Y", "write Tue 24 Nov 2026"),
        ("%j %Y", "366 2026", "'366 2026' is not written as %j %Y", "write 328 2026"),
    ],
)
def test_an_impossible_date_is_refused_with_the_nearest(kind: str | None, text: str, message: str, fix: str) -> None:
    with pytest.raises(BadData) as refusal:
        reader(kind).moment(text)
    assert message in refusal.value.message
    assert (refusal.value.fix or "").startswith(fix)


def test_a_date_that_could_be_two_days_names_both_ways_to_read_it() -> None:
    """47."""
    with pytest.raises(UnclearDate) as refusal:
        reader().moment("01/02/2027")
    assert refusal.value.fix == "--dates dmy reads it as 2027-02-01; --dates mdy reads it as 2027-01-02"


def refusals(*dates: str) -> list[str | None]:
    read, found = reader(), []
    for line, text in enumerate(dates, start=2):
        try:
            read.moment(text, line)
        except BadData as error:
            found.append(Refusal.of(line, "due", text, error))
    return [refusal.fix for refusal in read.mended(found)]


def test_another_row_of_the_file_may_prove_the_order() -> None:
    assert refusals("01/02/2027", "24/11/2026", "soon") == [
        "say --dates dmy: line 3 has 24/11/2026", "say --dates dmy: line 3 has 24/11/2026", "write 2026-11-24",
    ]  # fmt: skip


def test_rows_that_prove_two_orders_prove_none() -> None:
    assert "say --dates" not in str(refusals("01/02/2027", "24/11/2026", "11/24/2026"))


def test_an_unknown_kind_of_dates_is_a_wrong_command_line() -> None:
    with pytest.raises(UsageProblem, match="--dates takes no 'usa'"):
        reader("usa")


@pytest.mark.parametrize("pattern", ["%d %d %Y", "%d %b", "%Q", "%", "%-d/%m/%Y", "%y", "%d/%m/%Y|", "%U %Y", "a%%d"])
def test_a_pattern_that_says_no_whole_day_is_a_wrong_command_line(pattern: str) -> None:
    with pytest.raises(UsageProblem, match="is no pattern that says a whole day"):
        reader(pattern)
