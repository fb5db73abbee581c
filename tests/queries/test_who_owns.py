"""`who` says who is accountable, however they are named, now and at any moment in the past."""

from collections.abc import Callable
from typing import Any

Ask = Callable[..., Any]


def test_a_case_is_its_owners_until_somebody_acknowledges(team: Ask, opened: Ask) -> None:
    number = opened("Devices damaged", "--promise", "New ones", "--by", "+5d")
    team("handoff", str(number), "--to", "dana")
    card = team("who", str(number), "--json")
    assert (card["owner"], card["until_acknowledged_by"], card["customer"]) == ("ada", "dana", "norfolk")
    assert (card["next_action"], [promise["text"] for promise in card["promises"]]) == ("Call Pat", ["New ones"])
    team("ack", str(number), "--take", "1", "--as", "dana")
    assert (team("who", str(number), "--json")["owner"], team("who", "dana", "--json")["open"]) == ("dana", 1)


def test_a_closed_case_is_answered_for_by_the_next_owner(team: Ask, opened: Ask) -> None:
    number = opened()
    team("close", str(number), "--outcome", "Replaced", "--confirmed-by", "Pat", "--to", "carol")
    team("ack", str(number), "--as", "carol")
    card = team("who", str(number), "--json")
    assert (card["owner"], card["cases"][0]["owner"], card["status"]) == ("carol", "ada", "closed")


def test_people_customers_phones_and_words_are_understood(team: Ask, opened: Ask) -> None:
    number = opened("Wombat trouble")
    assert team("who", "dana", "--json")["kind"] == "person"
    assert team("who", "Dana", "Ito", "--json")["owner"] == "dana"
    assert team("who", "carol zoe", "--json")["owner"] == "carol"
    assert team("who", "757-555-0100", "--json")["owner"] == "dana"
    assert team("who", "+1 (757) 555 0100", "--json")["owner"] == "dana"
    assert team("who", "norfolk storage", "--json")["customer"] == "norfolk"
    assert team("who", "+44 757 5550199", "--json")["customer"] == "norfolk"
    assert team("who", "wombat", "--json")["cases"][0]["case"] == number


def test_nobody_and_several_are_refused_by_name(team: Ask, run: Ask, opened: Ask) -> None:
    opened("Wombat one"), opened("Wombat two")
    assert run("who", "unknown").exit == run("who", "757 555 9999").exit == run("who", "99").exit == 66
    done = run("who", "wombat")
    assert (done.exit, "1, 2" in done.stderr) == (2, True)


def test_the_past_is_as_it_was(team: Ask, run: Ask, opened: Ask, clock: Any) -> None:
    number = opened(due="2026-11-27")
    clock.move(hours=1)
    team("handoff", str(number), "--to", "dana")
    clock.move(hours=1)
    team("ack", str(number), "-n", "Visit them", "-d", "2026-11-30", "--as", "dana")
    clock.move(days=1)
    before, asked, after = ("2026-11-23T09:30Z", "2026-11-23T10:30Z", "2026-11-23T12:00Z")
    card = team("who", str(number), "--at", before, "--json")
    assert (card["owner"], card["until_acknowledged_by"], card["next_action"]) == ("ada", None, "Call Pat")
    assert card["at"] == "2026-11-23T09:30:00Z"
    assert team("who", str(number), "--at", asked, "--json")["until_acknowledged_by"] == "dana"
    card = team("who", "norfolk", "--at", after, "--json")
    assert (card["owner"], card["cases"][0]["owner"], card["cases"][0]["next_action"]) == ("ada", "dana", "Visit them")
    assert run("who", str(number), "--at", "2026-11-20").exit == 66
    assert run("who", str(number), "--at", "2027-01-01").exit == 65


def test_the_account_owner_of_the_past_is_told_from_history(team: Ask, clock: Any) -> None:
    team("customer", "handoff", "norfolk", "--to", "carol")
    clock.move(hours=1)
    team("ack", "norfolk", "--as", "carol")
    clock.move(hours=1)
    assert team("who", "norfolk", "--at", "2026-11-23T09:30Z", "--json")["owner"] == "ada"
    assert team("who", "norfolk", "--at", "now", "--json")["owner"] == "carol"
