"""Wherever a text is wanted, `-` is stdin, and stdin is one text."""

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("close", "1", "--outcome", "-", "--confirmed-by", "Pat"), "outcome"),
        (("close", "1", "--outcome", "x", "--unconfirmed", "-"), "unconfirmed"),
        (("done", "1", "-n", "x", "-d", "fri", "--did", "-"), "did"),
        (("done", "1", "-n", "x", "-d", "fri", "--waiting-for", "-"), "waiting_for"),
        (("replan", "1", "--waiting-for", "-", "--because", "x"), "waiting_for"),
        (("replan", "1", "-n", "x", "--because", "-"), "because"),
        (("edit", "1", "--cause", "-"), "cause"),
        (("promise", "make", "1", "-", "--by", "fri"), "text"),
        (("note", "1", "-"), "text"),
        (("handoff", "1", "--to", "dana", "--note", "-"), "note"),
    ],
)
def test_a_text_is_read_from_stdin(opened: Any, words: tuple[str, ...], field: str) -> None:
    opened.rob.does(*words, stdin="Pat sent photos\n")
    told = [event["data"].get(field) for event in opened.rob.asks("history", "1")[2:]]
    assert "Pat sent photos" in told


def test_a_promise_and_a_contact_too_when_opening(people: Any) -> None:
    words = ("open", "Drives fail", "-c", "norfolk", "-n", "Call", "-d", "fri", "--keep")
    people.rob.does(*words, "--promise", "-", "--by", "thu", stdin="A loan unit\n")
    assert people.rob.asks("promise", "list", "1")[0]["text"] == "A loan unit"
    people.rob.does(*words, "--contact", "-", stdin="Pat\n")
    assert people.case(2)["contact"] == "Pat"


def test_stdin_is_one_text(opened: Any) -> None:
    told = opened.rob.is_told(2, "close", "1", "--outcome", "-", "--confirmed-by", "-", stdin="Pat\n")
    assert told == "stdin is one text, and outcome was it — say the others in words"
    assert opened.case()["pending"] is None
