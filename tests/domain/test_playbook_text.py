"""A playbook is read whole or refused, and whatever is wrong with it is named by its line or its step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from owncase.domain.playbook_text import Step, problems, read
from owncase.errors import BadData
from owncase.exchange import playbook_files

STEP = '[[steps]]\naction = "Call {n}"\ndue = "+4h"\n'
GOOD = f'+++\nkey = "late"\ntitle = "A delivery is late"\n{STEP.format(n=1)}+++\n# Tell them\n'


def said(source: str) -> list[str]:
    return [problem.message for problem in problems(source)]


def test_front_matter_and_prose_are_read() -> None:
    found = read(
        '+++\nkey = "late"\ntitle = "Late"\ntopics = ["delivery", "delivery"]\n[[steps]]\naction = " Call "\n'
        'due = " +1BD"\nsafe = true\n[[steps]]\naction = "Ask"\ndue = "eod"\n+++\n\n# Tell them\n+++\nMore\n\n'
    )
    assert (found.key, found.title, found.topics) == ("late", "Late", ("delivery",))
    assert found.steps == (Step("Call", "+1bd", safe=True), Step("Ask", "eod"))
    assert found.prose == "# Tell them\n+++\nMore"
    assert read(found.body) == found


def test_a_file_of_another_system_is_the_same_playbook() -> None:
    assert read("\ufeff" + GOOD.replace("\n", "\r\n")) == read(GOOD)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("# Late\n", "line 1 is not +++"),
        ('+++\nkey = "late"\n', "the front matter of line 1 does not end: no second +++"),
        ('+++\nkey = "late"\ntitle = \n+++\n', "line 3, column 9: Invalid value"),
        (GOOD.replace("key", "colour"), "the front matter: nothing is called 'colour'"),
        (GOOD.replace('"late"', '"Late"'), "the key has a capital letter at position 1"),
        (GOOD.replace('"A delivery is late"', "7"), "the front matter: title is no text"),
        (GOOD.replace("A delivery is late", "x" * 501), "the front matter: title has 501 characters, at most 500 fit"),
        (GOOD.replace("A delivery", "A\\u202edelivery"), "the front matter: title has RIGHT-TO-LEFT OVERRIDE"),
        (GOOD.replace(STEP.format(n=1), ""), "the front matter has no steps"),
        (GOOD.replace(STEP.format(n=1), 'steps = ["Call"]\n'), "step 1 is no table"),
        (GOOD.replace(STEP.format(n=1), STEP.format(n=1) * 51), "51 steps, at most 50 fit"),
        (GOOD.replace("Call 1", "Call\\nme"), "step 1: action has a line break (U+000A) at position 5"),
        (GOOD.replace("Call 1", "..."), "step 1: action says nothing"),
        (GOOD.replace('due = "+4h"\n', ""), "step 1 has no due"),
        (GOOD.replace("+4h", "soon"), "step 1: due: cannot tell when 'soon' is"),
        (GOOD.replace("+4h", "2026-11-27"), "step 1: due '2026-11-27' is not some time after the step before"),
        (GOOD.replace("+4h", "now"), "step 1: due 'now' is not some time after the step before"),
        (GOOD.replace('due = "+4h"\n', 'due = "+4h"\nsafe = "no"\n'), "step 1: safe is neither true nor false"),
        (GOOD + "x" * 65536, "playbook has 65,638 characters, at most 65,536 fit"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(source: str, message: str) -> None:
    assert any(found.startswith(message) for found in said(source)), said(source)
    with pytest.raises(BadData):
        read(source)


def test_all_that_is_wrong_is_named_at_once() -> None:
    wrong = GOOD.replace('"late"', '"Late"').replace("+4h", "soon").replace("Call 1", "...")
    assert len(said(wrong)) == 3


@given(st.text(max_size=200), st.sampled_from(["{}", "+++\n{}\n+++\n", GOOD + "{}", GOOD.replace("Call 1", "{}")]))
def test_any_text_is_read_or_refused(text: str, shape: str) -> None:
    source = shape.replace("{}", text)
    if not problems(source):
        assert read(read(source).body) == read(source)


def test_those_that_come_with_owncase_are_good() -> None:
    assert playbook_files.names() == [
        "complaint", "damaged-shipment", "late-delivery", "missing-items", "outage", "wrong-invoice",
    ]  # fmt: skip
    for name in playbook_files.names():
        found = playbook_files.written(name)
        assert found.key == name
        assert 4 <= len(found.steps) <= 6
        assert any(step.safe for step in found.steps) or "Anybody can" in found.prose
        assert "## Tell them" in found.prose
