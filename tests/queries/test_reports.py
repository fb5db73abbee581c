"""The reports count what each person and customer has, and how each case changed hands."""

from collections.abc import Callable
from typing import Any

import pytest

from owncase.queries.handoffs import is_ping_pong, median

Ask = Callable[..., Any]


def of(rows: list[dict[str, Any]], owner: str | None) -> dict[str, Any]:
    return next(row for row in rows if row["owner"] == owner)


def test_people_with_nothing_are_in_the_report(team: Ask) -> None:
    rows = team("report", "owners", "--json")
    assert [row["owner"] for row in rows] == ["ada", "carol", "dana"]
    assert rows[1] == {
        "owner": "carol", "open": 0, "overdue": 0, "due_today": 0, "offered_out": 0, "to_acknowledge": 0,
        "promises_open": 0, "promises_at_risk": 0, "eta_debt": 0, "oldest_opened_at": None, "next_due": None,
    }  # fmt: skip


def test_owners_are_counted_now(team: Ask, run: Ask, opened: Ask, clock: Any) -> None:
    opened(due="+1h"), opened(due="+8h")
    number = opened("Third", "--promise", "New ones", "--by", "+2d")
    team("handoff", str(number), "--to", "dana")
    team("customer", "handoff", "norfolk", "--to", "dana")
    clock.move(hours=2)
    rows = team("report", "owners", "--json")
    ada = of(rows, "ada")
    assert (ada["open"], ada["overdue"], ada["due_today"], ada["offered_out"]) == (3, 1, 1, 1)
    assert (ada["promises_open"], ada["promises_at_risk"], ada["eta_debt"]) == (1, 1, 0)
    assert of(rows, "dana")["to_acknowledge"] == 2
    assert run("report", "owners", "--fail-on", "overdue").exit == 1
    (customer,) = team("report", "customers", "--json")
    assert (customer["key"], customer["open"], customer["overdue"], customer["promises_at_risk"]) == (
        "norfolk",
        3,
        1,
        1,
    )


def test_owners_of_the_past_are_counted_from_tenures(team: Ask, opened: Ask, clock: Any) -> None:
    number = opened()
    clock.move(hours=1)
    team("handoff", str(number), "--to", "dana")
    clock.move(hours=1)
    team("ack", str(number), "--as", "dana")
    clock.move(hours=1)
    then = team("report", "owners", "--at", "2026-11-23T10:30Z", "--json")
    assert (of(then, "ada")["open"], of(then, "ada")["offered_out"], of(then, "dana")["to_acknowledge"]) == (1, 1, 1)
    assert (of(then, "ada")["overdue"], of(then, "ada")["next_due"]) == (None, None)
    assert [of(team("report", "owners", "--json"), who)["open"] for who in ("ada", "dana")] == [0, 1]


def test_handoffs_count_transfers_owners_waits_and_ping_pong(team: Ask, opened: Ask, clock: Any) -> None:
    number, quiet = opened(), opened()
    for taker, giver, hours in (("dana", "ada", 1), ("ada", "dana", 2)):
        team("handoff", str(number), "--to", taker, "--as", giver)
        clock.move(hours=hours)
        team("ack", str(number), "--as", taker)
    row, other = team("report", "handoffs", "--json")
    assert (row["case"], row["handoffs"], row["owners"], row["ping_pong"]) == (number, 2, 2, True)
    first, second = row["ack_seconds"]
    assert (first // 3600, second // 3600) == (1, 2)
    assert row["median_ack_seconds"] == (first + second) / 2
    assert (other["case"], other["handoffs"], other["ack_seconds"], other["median_ack_seconds"]) == (quiet, 0, [], None)


@pytest.mark.parametrize(
    ("owners", "answer"), [("", False), ("A", False), ("ABA", True), ("AABBA", True), ("ABC", False), ("ABCA", False)]
)
def test_ping_pong_is_a_run_of_a_b_a(owners: str, answer: bool) -> None:
    assert is_ping_pong(map(ord, owners)) is answer


@pytest.mark.parametrize(("waits", "middle"), [([], None), ([5], 5), ([9, 1], 5), ([1, 2], 1.5), ([3, 1, 2], 2)])
def test_a_median_is_the_middle(waits: list[int], middle: float | None) -> None:
    assert median(waits) == middle


def test_promises_are_listed_by_case_owner_customer_and_state(team: Ask, opened: Ask) -> None:
    number = opened("Devices", "--promise", "New ones", "--by", "+2d")
    (row,) = team("promise", "list", "--json")
    assert (row["promise"], row["owner"], row["at_risk"], row["eta_debt"]) == (f"{number}.1", "ada", True, False)
    for words in ([str(number)], ["--owner", "ada"], ["-c", "norfolk"], ["--status", "all"]):
        assert team("promise", "list", *words, "--json") == [row]
    assert team("promise", "list", "--owner", "dana", "--json") == []
    team("promise", "keep", f"{number}.1")
    assert [one["status"] for one in team("promise", "list", "--status", "kept", "--json")] == ["kept"]
