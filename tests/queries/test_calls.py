"""Calls are counted by the weeks of whoever asks, and stand where a case, a customer and a day are told."""

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., Any]


@pytest.fixture
def called(team: Ask, opened: Ask, clock: Any) -> Ask:
    """Three weeks: two calls about case 1 and one about none, then no call, then one late on Sunday in Berlin."""
    opened(due="+20d")
    team("customer", "add", "acme", "--name", "Acme")
    team("call", "1", "Where is it?", "--answered", "On the truck")
    team("call", "1", "And now?", "--callback", "+1d")
    team("call", "acme", "Cables?", "--answered", "No")
    clock.set("2026-12-13T22:30:00Z")
    team("call", "norfolk", "Open late?", "--answered", "Until six")
    clock.set("2026-12-13T23:30:00Z")
    return team


def shown(rows: Any) -> list[tuple[Any, ...]]:
    return [
        tuple(row[name] for name in ("week", "calls", "about_status", "answered", "share_answered")) for row in rows
    ]


def test_weeks_are_those_of_the_actors_clock_and_none_is_left_out(called: Ask) -> None:
    rows = called("report", "calls", "--json")
    assert shown(rows) == [
        ("2026-W48", 3, 2, 2, 0.667), ("2026-W49", 0, 0, 0, None), ("2026-W50", 1, 0, 1, 1.0),
    ]  # fmt: skip
    assert (rows[2]["from"], rows[2]["until"]) == ("2026-12-06T23:00:00Z", "2026-12-13T23:00:00Z")
    assert "weeks of Europe/Berlin" in called("report", "calls").stderr
    called("call", "norfolk", "Now it is Monday", "--answered", "Yes")
    assert shown(called("report", "calls", "--json"))[-1] == ("2026-W51", 1, 0, 1, 1.0)


def test_a_part_of_them_is_counted(called: Ask) -> None:
    for words, calls in {
        ("--since", "2026-12-01"): [1],
        ("--at", "2026-11-24"): [3],
        ("--owner", "ada"): [3, 0, 1],
        ("--owner", "dana"): [],
        ("--customer", "acme"): [1],
        ("--customer", "norfolk", "--owner", "ada", "--at", "2026-11-24"): [2],
    }.items():
        assert [row["calls"] for row in called("report", "calls", *words, "--json")] == calls, words


def test_people_see_the_total_last(called: Ask) -> None:
    lines = called("report", "calls", terminal=True, environ={"COLUMNS": "80", "NO_COLOR": "1"}).stdout.splitlines()
    assert lines[0].split()[:2] == ["Week", "Calls"]
    assert lines[-1].split() == ["in", "all", "4", "2", "3", "75%"]
    assert called("report", "calls", "--since", "today", terminal=True).stdout == "No calls.\n"


def test_a_day_a_case_and_a_customer_tell_their_calls(called: Ask) -> None:
    told = [row["text"] for row in called("report", "daily", "--json") if row["what"] == "called"]
    assert told == ["Open late? (answered)"]
    assert [call["question"] for call in called("show", "1", "--json")["calls"]] == ["And now?", "Where is it?"]
    found = called("customer", "show", "norfolk", "--json")["calls"]
    assert [call["question"] for call in found] == ["Open late?", "And now?", "Where is it?"]
    wide = {"COLUMNS": "120", "LINES": "99", "NO_COLOR": "1"}
    assert "Calls" in called("show", "1", terminal=True, environ=wide).stdout.splitlines()
    assert "Last calls" in called("customer", "show", "norfolk", terminal=True, environ=wide).stdout.splitlines()
