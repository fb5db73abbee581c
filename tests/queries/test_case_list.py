"""`list` shows the cases that fit every wish, the next due first."""

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., Any]


def numbers(team: Ask, *words: str) -> list[int]:
    return [case["case"] for case in team("list", "--json", *words)]


def test_each_wish_narrows_the_list(team: Ask, opened: Ask, clock: Any) -> None:
    soon, hot, held = opened(due="+1h"), opened("Second", "--urgency", "hot"), opened()
    team("done", str(held), "-n", "Wait", "-d", "+5d", "--waiting-for", "Pat: photos")
    team("handoff", str(hot), "--to", "dana")
    clock.move(hours=2)
    assert numbers(team) == [soon, hot, held]
    assert numbers(team, "--overdue") == [soon]
    assert numbers(team, "--urgency", "hot") == numbers(team, "--pending") == [hot]
    assert numbers(team, "--waiting") == [held]
    assert numbers(team, "--owner", "dana") == numbers(team, "--claimed") == numbers(team, "--stale", "1") == []
    assert numbers(team, "-c", "norfolk", "--owner", "ada", "--limit", "1") == [soon]
    assert numbers(team, "--sort", "urgency")[0] == hot
    clock.move(days=1, hours=1)
    assert numbers(team, "--stale", "1") == [soon, hot, held]


def test_an_ended_case_is_listed_only_when_asked_for(team: Ask, opened: Ask) -> None:
    number = opened()
    team("close", str(number), "--outcome", "Replaced", "--confirmed-by", "Pat", "--to", "carol")
    team("ack", str(number), "--as", "carol")
    assert numbers(team) == []
    assert numbers(team, "--status", "closed") == numbers(team, "--status", "all") == [number]


@pytest.mark.parametrize("words", [["--status", "shut"], ["--sort", "x"], ["--urgency", "x"], ["--stale", "-1"]])
def test_an_unknown_choice_is_a_usage_problem(team: Ask, run: Ask, words: list[str]) -> None:
    assert run("list", *words).exit == 2


def test_the_same_fields_come_with_and_without_rows(team: Ask, opened: Ask) -> None:
    for command in ("list", "next", "inbox", "promise list", "report owners", "report customers", "report handoffs"):
        before = team(*command.split()).stdout.splitlines()[0]
        opened(due="+1h")
        assert team(*command.split()).stdout.splitlines()[0] == before


def test_a_terminal_says_when_it_shows_less_than_all(team: Ask, run: Ask, opened: Ask) -> None:
    for _ in range(3):
        opened()
    done = run("list", terminal=True, environ={"OWNCASE_LIMIT": "2"})
    assert "2 of 3; --limit 0 shows all" in done.stderr
