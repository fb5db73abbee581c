"""What is due or to be answered lies ahead, and a refusal says exactly what would be taken (trust 52)."""

from typing import Any

import pytest

PASSED = "Fri 20 Nov 2026 15:00 UTC has passed — give a later"
LAST = "2026-11-20T15:00"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("done", "1", "-n", "x", "-d", LAST), f"due {PASSED} -d WHEN, or say --allow-past"),
        (("replan", "1", "-d", LAST, "--because", "x"), f"due {PASSED} -d WHEN, or say --allow-past"),
        (("handoff", "1", "--to", "dana", "-d", LAST), f"due {PASSED} -d WHEN, or say --allow-past"),
        (("promise", "make", "1", "x", "--by", LAST), f"promised by {PASSED} --by WHEN, or say --allow-past"),
    ],
)
def test_a_due_that_has_passed_has_to_be_meant(opened: Any, words: tuple[str, ...], told: str) -> None:
    assert opened.rob.is_told(3, *words) == told
    opened.rob.does(*words, "--allow-past")


@pytest.mark.parametrize(
    "words", [("handoff", "1", "--to", "carol"), ("customer", "handoff", "norfolk", "--to", "carol")]
)
def test_an_answer_is_never_wanted_in_the_past(opened: Any, words: tuple[str, ...]) -> None:
    told = opened.rob.is_told(3, *words, "--answer-by", LAST)
    assert told == f"answer by {PASSED} --answer-by WHEN"
