"""`history` tells every event in words, with names in place of numbers."""

from collections.abc import Callable
from typing import Any

Ask = Callable[..., Any]


def test_a_case_tells_its_story(team: Ask, opened: Ask) -> None:
    number = opened("Devices damaged", "--promise", "New ones", "--by", "+5d")
    team("handoff", str(number), "--to", "dana", "--note", "You know them")
    team("ack", str(number), "--take", "1", "--as", "dana")
    events = team("history", str(number), "--json")
    assert [(event["by"], event["what"], event["text"], event["claimed"]) for event in events] == [
        ("ada", "opened", "Devices damaged", False),
        ("ada", "promised", "New ones", False),
        ("ada", "offered to dana", "You know them", False),
        ("dana", "acknowledged: owns it now, takes on promise 1", "Call Pat", True),
    ]
    assert events[2]["data"]["to"] == "dana"
    assert events[3]["typed_by"] == "ada"


def test_a_manager_offers_for_the_owner(team: Ask, opened: Ask) -> None:
    team("person", "edit", "dana", "--manager", "ada")
    number = opened()
    team("handoff", str(number), "--to", "dana")
    team("ack", str(number), "--as", "dana")
    team("handoff", str(number), "--to", "carol", "--for", "dana")
    assert (
        team("history", str(number), "--json")[-1] | {"by": "ada", "for": "dana"}
        == team("history", str(number), "--json")[-1]
    )


def test_a_customer_tells_its_own_story_and_that_of_its_cases(team: Ask, opened: Ask) -> None:
    opened()
    kinds = [event["kind"] for event in team("history", "norfolk", "--json")]
    assert kinds == ["customer.added", "case.opened"]


def test_since_leaves_out_what_came_before(team: Ask, opened: Ask, clock: Any) -> None:
    number = opened()
    clock.move(days=1)
    team("note", str(number), "Later")
    assert [event["kind"] for event in team("history", str(number), "--since", "today", "--json")] == ["case.noted"]
    assert [event["kind"] for event in team("history", str(number), "--limit", "1", "--json")] == ["case.noted"]
