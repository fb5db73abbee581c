"""What a rep reads about promises at a terminal, and what is said of a slip of the fingers."""

from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]
TERMINAL = {"terminal": True, "environ": {"NO_COLOR": "1", "COLUMNS": "80", "LINES": "400"}}


@pytest.fixture
def moved(team: Run) -> Run:
    """rob promised 1.1, whose ETA he moved without telling, and 1.2."""
    team("open", "Drives fail", "-c", "norfolk", "-n", "Call Pat", "-d", "fri 15:00", "--keep")
    team("promise", "make", "1", "A loan unit until the new drives have come", "--by", "2026-11-26T12:00")
    team("promise", "make", "1", "A refund", "--by", "2026-11-26T12:00")
    team("promise", "move", "1.1", "--to", "2026-11-27T12:00", "--because", "storm")
    return team


def test_a_moved_eta_is_told_by_the_clock_of_who_reads_it(moved: Run) -> None:
    shown = moved("history", "1", "--json").stdout
    assert "UTC" not in shown
    assert "moved promise 1 to Fri 27 Nov 12:00 CET" in moved("history", "1", **TERMINAL).stdout
    assert "moved promise 1 to Fri 27 Nov 06:00 EST" in moved("history", "1", by="dana", **TERMINAL).stdout


def test_a_case_shows_its_promises_as_a_table_also_where_one_is_not_told(moved: Run) -> None:
    lines = moved("show", "1", **TERMINAL).stdout.splitlines()
    start = lines.index("Promises")
    assert lines[start + 1].split() == ["Promise", "Owner", "Promised", "By", "Status"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("promise", "keep", "9" * 400 + ".1"), f"'{'9' * 40}' is not a promise"),
        (("ack", "1", "--take", "1,2"), "'1,2' is not a promise"),
        (("told", "1", "--how", "phone", "--whom", " "), "needs a name"),
        (("promise", "release", "1.1", "--by", " "), "needs a name"),
        (("promise", "keep", "1.1", "--confirmed-by", " "), "needs a name"),
        (("told", "1", "-", "--how", "phone", "--whom", "-"), "stdin is one text"),
    ],
)
def test_a_slip_is_named_as_it_was_typed(moved: Run, words: tuple[str, ...], said: str) -> None:
    answer = moved(*words, stdin="Pat")
    assert said in answer.stderr
    assert answer.exit in (2, 65)


def test_whom_they_told_may_come_from_stdin(moved: Run) -> None:
    assert moved("told", "1", "--how", "phone", "--whom", "-", stdin="Pat Vane\n").exit == 0
    assert "Pat Vane" in moved("history", "1").stdout


def test_the_next_touch_is_said_with_the_acknowledgement_of_a_closing(moved: Run) -> None:
    moved("told", "1", "--how", "phone", "--whom", "Pat")
    moved("close", "1", "--outcome", "Fixed", "--confirmed-by", "Pat", "--to", "dana")
    taken = ("--take", "1", "--take", "2")
    assert moved("ack", "1", *taken, "--next", "Ask how it goes", "--due", "+5d", by="dana").exit == 0
    assert "Ask how it goes" in moved("customer", "show", "norfolk").stdout
