"""What people read about cases."""

from collections.abc import Callable
from datetime import UTC, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from owncase.render.words import day_and_time, due_phrase, receipt, relative, waits

BERLIN = ZoneInfo("Europe/Berlin")
NOW = "2026-11-23T12:00:00Z"
PENDING = {"kind": "transfer", "from": "rob", "to": "dana", "answer_by": "2026-11-24T09:00:00Z"}

Case = Callable[..., dict[str, Any]]


def test_a_moment_is_told_in_the_readers_zone_with_its_name() -> None:
    assert day_and_time("2026-11-27T14:00:00Z", BERLIN, now=NOW) == "Fri 27 Nov 15:00 CET"
    assert day_and_time("2026-07-01T14:00:00Z", BERLIN, now=NOW) == "Wed 1 Jul 16:00 CEST"
    assert day_and_time("2026-11-27T14:00:00Z", timezone(timedelta(hours=3)), now=NOW) == "Fri 27 Nov 17:00 UTC+03:00"
    assert day_and_time("2026-11-27T14:00:00Z", ZoneInfo("America/Sao_Paulo"), now=NOW) == "Fri 27 Nov 11:00 UTC-03"


def test_another_year_is_named_as_the_reader_sees_it() -> None:
    assert day_and_time("2027-01-04T14:00:00Z", BERLIN, now=NOW) == "Mon 4 Jan 2027 15:00 CET"
    assert day_and_time("2026-12-31T23:30:00Z", BERLIN, now=NOW) == "Fri 1 Jan 2027 00:30 CET"
    assert day_and_time("2026-12-31T23:30:00Z", UTC, now=NOW) == "Thu 31 Dec 23:30 UTC"
    assert day_and_time("2026-11-27T14:00:00Z", BERLIN) == "Fri 27 Nov 2026 15:00 CET"


@pytest.mark.parametrize(
    ("moment", "phrase"),
    [
        ("2026-11-23T12:00:30Z", "now"),
        ("2026-11-23T12:05:00Z", "in 5 min"),
        ("2026-11-23T10:00:00Z", "2 h ago"),
        ("2026-11-24T14:00:00Z", "in 26 h"),
        ("2026-11-26T12:00:00Z", "in 3 d"),
        ("2025-11-23T12:00:00Z", "365 d ago"),
    ],
)
def test_a_moment_is_told_from_now(moment: str, phrase: str) -> None:
    assert relative(moment, NOW) == phrase


def test_a_due_says_how_long_is_left_or_has_passed() -> None:
    assert due_phrase("2026-11-27T14:00:00Z", BERLIN, NOW) == "Fri 27 Nov 15:00 CET, in 4 d"
    assert due_phrase("2026-11-23T10:00:00Z", BERLIN, NOW) == "Mon 23 Nov 11:00 CET, overdue 2 h"
    assert due_phrase("2026-11-23T11:59:50Z", BERLIN, NOW) == "Mon 23 Nov 12:59 CET, overdue"


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {"owner": "dana", "next_action": "Call Pat", "next_due": "2026-11-27T14:00:00Z", "promises_open": 1},
            "42 norfolk · dana · Call Pat, Fri 27 Nov 15:00 CET · 1 promise",
        ),
        (
            {"next_action": "Call", "pending": PENDING},
            "42 norfolk · rob · Call, Tue 24 Nov 15:00 CET · offered to dana, answer by Tue 24 Nov 10:00 CET",
        ),
        (
            {
                "next_action": "Call",
                "pending": {"kind": "closing", "to": "carol", "answer_by": None},
                "promises_open": 2,
            },
            "42 norfolk · rob · Call, Tue 24 Nov 15:00 CET · 2 promises · closing offered to carol",
        ),
        (
            {"claimed": True, "next_action": "Call", "overdue": True, "waiting_for": "Pat: photos"},
            "42 norfolk · rob (claimed) · Call, Tue 24 Nov 15:00 CET (overdue) · waiting for Pat: photos",
        ),
        (
            {"status": "closed", "next_owner": "carol", "outcome": "Refunded"},
            "42 norfolk · closed by rob, next owner carol · Refunded",
        ),
        (
            {"status": "closed", "next_owner": "carol", "outcome": "Refunded", "unconfirmed": "Pat is away"},
            "42 norfolk · closed by rob, next owner carol · Refunded · not confirmed yet",
        ),
        ({"status": "void", "outcome": "spam"}, "42 norfolk · void by rob · spam"),
        ({"status": "archived", "owner": None}, "42 norfolk · archived"),
        ({"next_action": "\x1b[2J", "next_due": None}, "42 norfolk · rob · ␛[2J"),
    ],
)
def test_a_receipt_says_where_a_case_stands(case: Case, changes: dict[str, Any], line: str) -> None:
    assert receipt(case(**changes), BERLIN, NOW) == line


def test_a_receipt_can_do_without_unicode(case: Case) -> None:
    assert receipt(case(customer="müller"), BERLIN, NOW, unicode=False).startswith("42 m\\xfcller - rob - Drive")


@pytest.mark.parametrize(
    ("to_acknowledge", "came_back", "line"),
    [
        (2, [42], "2 to acknowledge, 1 came back (42)"),
        (0, [], ""),
        (1, [], "1 to acknowledge"),
        (0, [1, 2, 3, 4, 5, 6], "6 came back (1, 2, 3, 4, 5, …)"),
    ],
)
def test_what_waits_is_one_short_line(to_acknowledge: int, came_back: list[int], line: str) -> None:
    assert waits(to_acknowledge, came_back) == line
