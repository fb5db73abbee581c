"""Where a command ends in a text, all words to the end of the line are that text."""

from typing import Any

import pytest


def note_of(people: Any, which: int = -1) -> str:
    """The text of the last note of case 1."""
    return str(people.case()["notes"][which]["text"])


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("Pat", "called,", "wants", "photos"), "Pat called, wants photos"),
        (("Pat called, wants photos",), "Pat called, wants photos"),
        (("Pat", "called", "--if-version", "2", "again"), "Pat called again"),
        (("--", "--json", "is", "a", "flag"), "--json is a flag"),
        (("Pat", "--", "-5", "degrees"), "Pat -5 degrees"),
        (("Pat", "-", "again"), "Pat - again"),
        (("Pat:  twice", " spaced"), "Pat:  twice  spaced"),
    ],
)
def test_a_note_is_every_word_to_the_end(opened: Any, words: tuple[str, ...], text: str) -> None:
    opened.rob.does("note", "1", *words)
    assert note_of(opened) == text


def test_a_hyphen_alone_is_stdin(opened: Any) -> None:
    opened.rob.does("note", "1", "-", stdin="Pat sent\nphotos\n")
    assert note_of(opened) == "Pat sent\nphotos"


def test_a_title_and_a_promise_too(people: Any) -> None:
    people.rob.does("open", "Drives", "fail", "-c", "norfolk", "again", "-n", "Call", "-d", "fri", "--keep")
    assert people.case()["title"] == "Drives fail again"
    people.rob.does("promise", "make", "1", "A", "loan", "unit", "--by", "thu", "12:00")
    assert people.rob.asks("promise", "list", "1")[0]["text"] == "A loan unit 12:00"
    people.rob.does("open", "-", "-c", "norfolk", "-n", "Call", "-d", "fri", "--keep", stdin="Disks too\n")
    assert people.case(2)["title"] == "Disks too"


def test_words_that_are_searched_for_need_none_either(opened: Any) -> None:
    opened.rob.does("note", "1", "Pat", "sent", "photos")
    assert [case["case"] for case in opened.rob.asks("find", "photos", "--limit", "5", "pat")] == [1]


def test_quoted_or_not_it_is_one_request(opened: Any) -> None:
    opened.rob.does("note", "1", "Pat", "sent", "photos", "--request-id", "r-1")
    before = opened.kinds()
    assert opened.rob("note", "1", "Pat sent photos", "--request-id", "r-1").stderr == "already done\n"
    assert opened.kinds() == before
    told = opened.rob.is_told(4, "note", "1", "Pat", "sent", "more", "--request-id", "r-1")
    assert "request r-1 was something else" in told


def test_a_word_taken_for_an_option_is_told_where_to_stand(opened: Any) -> None:
    told = opened.rob.is_told(2, "note", "1", "it", "is", "-5", "outside")
    assert told == "no such option: -5 — words that begin with a hyphen stand after --"


@pytest.mark.parametrize("words", [(), ("",), (" ", " ")])
def test_no_word_is_no_text(opened: Any, words: tuple[str, ...]) -> None:
    before = opened.kinds()
    assert opened.rob("note", "1", *words).exit == (65 if words else 2)
    assert opened.kinds() == before
