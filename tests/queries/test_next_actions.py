"""`next` puts each case into one block, most pressing first, and counts the rest."""

from collections.abc import Callable
from typing import Any

Ask = Callable[..., Any]


def blocks(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row["block"], []).append(row["case"])
    return found


def test_each_case_stands_in_the_block_of_its_due_moment(team: Ask, run: Ask, opened: Ask, clock: Any) -> None:
    late, today, later, held = (opened(due=due) for due in ("+1h", "+6h", "+3d", "+4d"))
    team("done", str(held), "-n", "Wait", "-d", "+5d", "--waiting-for", "Pat: photos")
    clock.move(hours=2)
    assert blocks(team("next", "--json")) == {"Overdue": [late], "Today": [today], "Waiting": [held]}
    assert "1 later: owncase list --owner ada" in run("next").stderr
    assert [case["case"] for case in team("list", "--json")] == [late, today, later, held]


def test_what_is_offered_stands_first_accounts_too(team: Ask, opened: Ask) -> None:
    number = opened()
    team("handoff", str(number), "--to", "dana")
    team("customer", "handoff", "norfolk", "--to", "dana")
    rows = team("next", "--owner", "dana", "--json")
    assert [(row["kind"], row["case"], row["block"]) for row in rows] == [
        ("case", number, "To acknowledge"),
        ("account", None, "To acknowledge"),
    ]


def test_a_declined_and_a_lapsed_offer_come_back(team: Ask, opened: Ask, clock: Any) -> None:
    declined, lapsed = opened(), opened()
    team("handoff", str(declined), "--to", "dana")
    team("decline", str(declined), "--reason", "away", "--as", "dana")
    team("handoff", str(lapsed), "--to", "dana", "--answer-by", "+1h")
    clock.move(hours=2)
    assert blocks(team("next", "--json")) == {"Came back": [declined, lapsed]}


def test_a_closing_on_offer_does_not_remind(team: Ask, opened: Ask, clock: Any) -> None:
    number = opened(due="+1h")
    team("close", str(number), "--outcome", "Replaced", "--confirmed-by", "Pat", "--to", "carol")
    clock.move(hours=2)
    assert blocks(team("next", "--json")) == {"Waiting": [number]}


def test_the_note_of_another_stands_in_next_until_seen(team: Ask, opened: Ask) -> None:
    number = opened()
    team("note", str(number), "They called", "--as", "dana")
    row = team("next", "--json")[0]
    assert (row["case"], row["block"], row["unseen_notes"]) == (number, "Notes", 1)
    team("seen", str(number))
    assert team("next", "--json") == []


def test_a_limit_cuts_and_says_so(team: Ask, run: Ask, opened: Ask) -> None:
    numbers = [opened(due="+2h") for _ in range(3)]
    assert [row["case"] for row in team("next", "--limit", "2", "--json")] == numbers[:2]
    assert "2 of 3" in run("next", "--limit", "2").stderr


def test_today_ends_at_midnight_of_the_owner(team: Ask, opened: Ask) -> None:
    opened(due="2026-11-24T00:30")
    assert team("next", "--json") == []
    opened(due="2026-11-23T23:30")
    assert [row["block"] for row in team("next", "--json")] == ["Today"]


def test_nothing_is_an_empty_array(team: Ask) -> None:
    assert team("next", "--json") == team("inbox", "--json") == team("list", "--json") == []


def test_the_inbox_shows_offers_of_one_or_of_all_and_whether_they_lapsed(team: Ask, opened: Ask, clock: Any) -> None:
    number = opened()
    team("handoff", str(number), "--to", "dana", "--answer-by", "+1h", "--note", "You know them")
    clock.move(hours=2)
    (row,) = team("inbox", "--owner", "dana", "--json")
    assert (row["case"], row["from"], row["lapsed"], row["note"]) == (number, "ada", True, "You know them")
    assert team("inbox", "--all", "--json") == [row]
    assert team("inbox", "--json") == []
