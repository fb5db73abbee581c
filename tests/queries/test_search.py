"""All the words, each anywhere in the case, and nothing typed is an operator (bad inputs 37 to 40)."""

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., Any]


def found(team: Ask, *words: str) -> list[int]:
    return [case["case"] for case in team("find", "--json", "--", *words)]


# 37, 38
@pytest.mark.parametrize(
    "words",
    [
        *(
            "'; DROP TABLE cases",
            "%",
            "_",
            '"',
            "damaged AND",
            "*",
            "title:damaged x",
            "NEAR(damaged",
            "-x",
            "a b^",
            "{a}",
        ),
        *("", " ", "...", "🙂", "(((", "body : x", "NOT", "OR OR"),
    ],
)
def test_no_text_is_an_error_or_an_operator(team: Ask, opened: Ask, words: str) -> None:
    opened("Devices damaged")
    assert found(team, words) == []


def test_operators_are_words_like_any_other(team: Ask, opened: Ask) -> None:
    number = opened("Camera AND printer")
    opened("Camera only")
    assert found(team, "camera", "AND", "printer") == [number]


# 39
def test_a_text_of_100_kb_is_bad_data(team: Ask, run: Ask) -> None:
    assert run("find", "x" * 1_001).exit == 65
    assert run("find", "x" * 100_000).exit == 65


# 40
def test_a_regular_expression_is_only_words(team: Ask, opened: Ask) -> None:
    opened("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")
    assert found(team, "(a+)+$") == []


def test_each_word_may_stand_in_another_place(team: Ask, opened: Ask) -> None:
    number = opened("Café machine broken", "--contact", "Pat Doe")
    team("note", str(number), "The pump leaks")
    for words in (["CAFE"], ["pump", "norfolk"], ["storage", "leaks", "pat"], [str(number), "broken"], ["mach"]):
        assert found(team, *words) == [number]
    assert found(team, "pump", "harbour") == []


def test_an_old_title_is_still_found(team: Ask, opened: Ask) -> None:
    number = opened("Wombat")
    team("edit", str(number), "--title", "Koala")
    assert found(team, "wombat") == found(team, "koala") == [number]


def test_a_short_word_stands_for_itself_only(team: Ask, opened: Ask) -> None:
    opened("Cameras")
    assert found(team, "ca") == []


def test_an_external_id_is_found(team: Ask, opened: Ask) -> None:
    number = opened("Broken", "--external", "INC0000045")
    assert found(team, "inc0000045") == [number]
