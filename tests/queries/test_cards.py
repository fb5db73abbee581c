"""On a terminal a card has sections for people; a script gets one object."""

from collections.abc import Callable
from typing import Any

Ask = Callable[..., Any]


def test_a_case_is_shown_whole_with_its_offer_promises_notes_and_history(run: Ask, team: Ask, opened: Ask) -> None:
    number = opened("Devices damaged", "--promise", "New ones", "--by", "+5d")
    team("note", str(number), "They called")
    team("handoff", str(number), "--to", "dana", "--note", "You know them")
    shown = run("show", str(number), terminal=True, environ={"COLUMNS": "120", "LINES": "200", "NO_COLOR": "1"}).stdout
    headings = [f"Case {number}", "On offer", "Promises", "Notes", "History"]
    assert [line for line in shown.splitlines() if line in headings] == headings
    assert "offered to dana" in shown
    assert "␊" not in shown


def test_who_lists_what_is_open_and_was_promised(run: Ask, team: Ask, opened: Ask) -> None:
    number = opened("Devices damaged", "--promise", "New ones", "--by", "+5d")
    wide = {"COLUMNS": "120", "LINES": "200", "NO_COLOR": "1"}
    assert (
        f"{number}.1 New ones, by Sat 28 Nov 10:00 CET" in run("who", str(number), terminal=True, environ=wide).stdout
    )
    shown = run("who", "norfolk", terminal=True, environ=wide).stdout
    assert f"Open cases  {number} Devices damaged" in shown
    assert f"{number}.1 New ones, by Sat 28 Nov 10:00 CET" in shown


def test_the_report_on_owners_is_a_table_on_eighty_columns(run: Ask, team: Ask, opened: Ask) -> None:
    opened()
    shown = run("report", "owners", terminal=True, environ={"COLUMNS": "80", "NO_COLOR": "1"}).stdout
    assert shown.splitlines()[0].split()[:3] == ["Owner", "Open", "Overdue"]


def test_bare_owncase_on_a_terminal_is_next(run: Ask, team: Ask) -> None:
    assert run(terminal=True).stdout == "Nothing waits for you.\n"
