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


def test_a_next_touch_stands_among_the_cases_of_the_account_owner_by_its_due(
    team: Ask, run: Ask, opened: Ask, clock: Any
) -> None:
    late, today = opened(due="+1h"), opened(due="+6h")
    for key, due in (("acme", "+30m"), ("globex", "+5h"), ("initech", "+3d")):
        team("customer", "add", key, "--name", key.title())
        team("customer", "touch", key, "-n", f"Ring {key}", "-d", due)
    team("customer", "touch", "acme", "-n", "Ring acme", "-d", "+1h")
    clock.move(hours=2)
    rows = team("next", "--json")
    assert [(row["block"], row["case"] or row["next_action"]) for row in rows] == [
        ("Overdue", late), ("Overdue", "Ring acme"), ("Today", "Ring globex"), ("Today", today),
    ]  # fmt: skip
    assert [(row["kind"], row["title"], row["owner"], row["overdue"]) for row in rows[1:3]] == [
        ("touch", "Next touch", "ada", True), ("touch", "Next touch", "ada", False),
    ]  # fmt: skip
    assert [row["kind"] for row in team("next", "--limit", "2", "--json")] == ["case", "touch"]
    told = run("next", "--limit", "3").stderr
    assert told.splitlines() == ["3 of 4; --limit 0 shows all", "1 next touch later: owncase customer list"]


def test_the_second_of_a_customer_is_not_reminded_of_its_touch(team: Ask) -> None:
    team("customer", "edit", "norfolk", "--second", "dana")
    team("customer", "touch", "norfolk", "-n", "Ring", "-d", "+1h")
    assert team("next", "--owner", "dana", "--json") == []


def test_how_much_is_overdue_counts_what_stands_under_overdue(team: Ask, run: Ask, opened: Ask, clock: Any) -> None:
    from owncase.queries.waiting import overdue
    from owncase.store.reader import open_reader

    opened(due="+1h")
    team("customer", "touch", "norfolk", "-n", "Ring", "-d", "+1h")
    clock.move(hours=2)
    store = team("store", "info", "--json")["path"]
    reader = open_reader(store)
    assert overdue(reader, 2, "2026-11-23T12:00:00Z") == 2
    assert [row["block"] for row in team("next", "--json")] == ["Overdue", "Overdue"]


def test_an_offer_that_lapsed_did_not_come_back_it_has_no_answer(team: Ask, opened: Ask, clock: Any) -> None:
    lapsed, declined = opened(), opened()
    team("handoff", str(lapsed), "--to", "dana", "--answer-by", "+1h")
    team("handoff", str(declined), "--to", "dana")
    team("decline", str(declined), "--reason", "away", "--as", "dana")
    clock.move(hours=2)
    shown = team("next", terminal=True, environ={"NO_COLOR": "1", "COLUMNS": "160"}).stdout.splitlines()
    assert [line.split("  ")[-1] for line in shown[2:]] == ["no answer from dana", "declined by dana"]
