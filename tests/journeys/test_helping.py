"""Whoever has the customer on the phone finds somebody who can help: the best first, and at night who is on duty."""

import json
from collections.abc import Callable
from typing import Any

import pytest

Team = Callable[..., Any]


@pytest.fixture
def desk(team: Team) -> Team:
    """The team: rob (Berlin) knows billing, dana (New York, in Norfolk) storage and billing, carol (London) neither."""
    team("person", "edit", "rob", "--topics", "billing", "--languages", "de,en", "--phone", "+49 30 5550100")
    team("person", "edit", "dana", "--topics", "storage,billing", "--place", "Norfolk, VA", "--languages", "en")
    team("person", "edit", "carol", "--phone", "+44 20 7946 0018")
    return team


def found(team: Team, *words: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(team("helper", *words, "--json").stdout)
    return rows


def names(team: Team, *words: str) -> list[str]:
    return [row["handle"] for row in found(team, *words)]


def test_whoever_works_and_knows_the_topic_comes_first(desk: Team) -> None:
    assert names(desk, "invoice", "billing", "--at", "2026-11-23T10:00") == ["rob", "dana"]
    assert names(desk, "billing", "--at", "2026-11-23T21:00") == ["dana", "rob"]  # 15:00 in New York
    assert names(desk, "--at", "2026-11-23T16:30")[:3] == ["carol", "dana", "rob"]  # all work, and none has cases


def test_the_place_the_customer_and_the_language_decide_between_those_who_work(desk: Team) -> None:
    at = ("--at", "2026-11-23T16:00")
    assert names(desk, "billing", *at, "--place", "norfolk") == ["dana", "rob"]
    assert names(desk, "billing", *at, "--customer", "norfolk")[0] == "dana"
    assert names(desk, "billing", *at, "--language", "DE") == ["rob"]
    desk("open", "Late", "-c", "norfolk", "-n", "Call", "-d", "+3d", "--keep", "--promise", "Tomorrow", "--by", "+1d")
    row = next(row for row in found(desk, "--customer", "norfolk", *at) if row["handle"] == "rob")
    assert (row["knows_customer"], row["open"]) == (["case", "promise"], 1)


def test_the_answer_says_why_and_what_time_it_is_there(desk: Team) -> None:
    shown = desk("helper", "billing", "--at", "2026-11-23T15:30", "-f", "table").stdout
    assert shown == (
        "Who can help, Mon 23 Nov 15:30 CET\n"
        "Who   Name        Their time     Phone           In hours for  Cases  Why\n"
        "dana  Dana Ortiz  Mon 09:30 EST                  7 h 30 min        0  knows billing\n"
        "rob   Rob Hale    Mon 15:30 CET  +49 30 5550100  1 h 30 min        0  knows billing\n"
    )


def test_a_call_at_two_at_night_finds_who_is_on_duty_in_another_time_zone(desk: Team, clock: Any) -> None:
    desk("person", "add", "kim", "--name", "Kim Rao", "--zone", "Asia/Kathmandu", "--phone", "+977 1 5550100",
         "--hours", "none")  # fmt: skip
    desk("duty", "add", "kim", "2026-11-24T00:00", "2026-11-24T08:00")
    desk("open", "Pumps stand still", "-c", "acme", "-n", "Call Pat", "-d", "+2d")
    clock.set("2026-11-24T01:00:00Z")  # 02:00 in Berlin, where rob, who owns the case, sleeps
    first, *others = found(desk, "billing", "--customer", "acme")
    assert (first["handle"], first["on_duty"], first["phone"]) == ("kim", True, "+977 1 5550100")
    assert (first["local_time"][:16], first["local_time"][-6:]) == ("2026-11-24T06:45", "+05:45")
    assert [row["handle"] for row in others] == ["rob", "dana"]  # both asleep, and the account is rob's
    assert "On duty now" in (card := desk("who", "1", "-f", "table").stdout)
    assert "kim (Kim Rao) · +977 1 5550100" in card
    assert json.loads(desk("who", "acme", "--json").stdout)["duty"]["person"] == "kim"
    clock.set("2026-11-24T09:00:00Z")
    assert json.loads(desk("who", "acme", "--json").stdout)["duty"] is None
    assert desk("store", "check").exit == 0


def test_where_nobody_is_on_duty_the_account_owner_is_named_and_what_to_do(desk: Team, clock: Any) -> None:
    clock.set("2026-11-24T02:00:00Z")
    done = desk("helper", "billing", "--customer", "norfolk", "--json")
    first = json.loads(done.stdout)[0]
    assert (first["handle"], first["why"][0]) == ("dana", "account owner")
    assert "owncase duty add HANDLE FROM UNTIL" in done.stderr


def test_words_that_nobody_knows_find_whoever_works(desk: Team) -> None:
    assert names(desk, "plumbing", "--at", "2026-11-23T10:30") == ["carol", "rob"]


@pytest.mark.parametrize(("words", "code"), [(("-c", "nobody"), 66), (("--at", "a b"), 65), (("--limit", "x"), 2)])
def test_what_cannot_be_meant_is_refused_in_one_line(desk: Team, words: tuple[str, ...], code: int) -> None:
    done = desk("helper", *words)
    assert (done.exit, len(done.stderr.splitlines())) == (code, 1)
