"""An open case has one owner and one next action, and belongs to who opened it (rules 1 and 6)."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

OPEN = ("open", "Drives fail", "-c", "norfolk", "-n", "Call Pat", "-d", "fri 15:00")
MARKUP = ["[red]PAID[/red]", "x[/]", "[link=https://evil]ok[/link]"]


def test_rule_1_every_open_case_has_one_owner_and_one_next_action(people: Any) -> None:
    for words in ((*OPEN[:4], "-d", "fri"), OPEN[:6]):
        assert people.rob.is_told(2, *words).startswith("missing: ")
    people.rob.does(*OPEN, "--keep")
    people.rob.does("done", "1", "-n", "Send photos", "-d", "thu 10:00")
    case = people.case()
    assert (case["owner"], case["next_action"], case["next_due"]) == ("rob", "Send photos", "2026-11-26T10:00:00Z")
    for words in (("done", "1", "-n", " ", "-d", "fri"), ("replan", "1", "-n", "...", "--because", "x")):
        assert "needs a next action" in people.rob.is_told(65, *words)
    assert people.case()["next_action"] == "Send photos"


def test_rule_1_without_what_comes_next_nothing_is_done(people: Any) -> None:
    people.rob.does(*OPEN, "--keep")
    told = people.rob.is_told(2, "done", "1")
    assert told == "missing: What happens next? — say it with -n ACTION -d WHEN. Nothing left: owncase close 1"


def test_rule_6_a_case_is_its_openers_until_the_account_owner_acknowledges(people: Any) -> None:
    said = people.rob(*OPEN)
    assert said.stdout == (
        "1 norfolk · rob · Call Pat, Fri 27 Nov 15:00 UTC · offered to dana, answer by Mon 23 Nov 13:00 UTC\n"
    )
    assert said.stderr == "offered to dana; yours until dana acknowledges\ndue: Fri 27 Nov 2026 15:00 UTC\n"
    people.dana.does("decline", "1", "--reason", "not-my-customer")
    assert people.case()["owner"] == "rob"


def test_rule_6_another_is_named_or_nobody_is_asked(people: Any) -> None:
    people.rob.does(*OPEN, "--to", "carol")
    people.rob.does(*OPEN, "--keep")
    assert people.case(1)["pending"]["to"] == "carol"
    assert people.case(2)["pending"] is None
    assert people.rob.is_told(2, *OPEN, "--keep", "--to", "carol").endswith("give one of them")
    told = people.rob.is_told(3, *OPEN, "--to", "rob")
    assert told == "rob opens the case, and cannot be offered it too — say --keep instead of --to"


def test_rule_6_a_new_customer_is_its_adders_account_and_the_case_too(people: Any) -> None:
    words = ("open", "Drives fail", "-n", "Call", "-d", "fri", "--new-customer", "Acme Tools")
    assert people.carol.does(*words) == ["1 acme-tools · carol · Call, Fri 27 Nov 17:00 UTC"]
    assert people.rob.asks("customer", "show", "acme-tools")["account_owner"] == "carol"
    assert people.rob.is_told(3, *words).endswith(
        "-c acme-tools if it is the same one, else owncase customer add KEY --name NAME first"
    )


def test_the_id_of_another_tracker_is_one_case(people: Any) -> None:
    people.rob.does(*OPEN, "--external", "INC-7")
    assert people.dana.is_told(3, *OPEN, "--external", "INC-7") == "INC-7 is case 1 already — owncase show 1"


@pytest.mark.parametrize("title", MARKUP)
def test_trust_1_2_3_markup_is_shown_as_it_was_typed(people: Any, title: str) -> None:
    people.rob.does("open", title, *OPEN[2:6], "-d", "+1h", "--keep")
    assert people.case()["title"] == title
    for view in (("list",), ("show", "1"), ("next",), ("history", "1")):
        for terminal in (True, False):
            shown = people.rob(*view, terminal=terminal, environ={"NO_COLOR": "1"})
            assert title in shown.stdout, view


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("good\rEVIL", "title has a carriage return (U+000D) at position 5"),
        ("one\ntwo", "title has a line break (U+000A) at position 4"),
        ("a\x00b", "title has "),
        ("a\x1b[2Jb", "title has "),
        ("abc\u202edef", "title has "),
        ("x" * 501, "title has 501 characters, at most 500 fit"),
        ("x" * 10_000_000, "title has 10,000,000 characters, at most 500 fit"),
        ("\u00a0", "needs a title: what was given is blank"),
        ("caf\udce9", "an argument is not valid UTF-8"),
    ],
    ids=["trust-9", "trust-10", "trust-14", "trust-4", "trust-12", "trust-17", "trust-17-huge", "trust-22", "trust-15"],
)
def test_a_malformed_title_opens_nothing(people: Any, title: str, told: str) -> None:
    assert told in people.rob.is_told(65, "open", title, *OPEN[2:])
    assert people.rob.asks("list") == []


def test_trust_52_a_due_that_has_passed_has_to_be_meant(people: Any) -> None:
    past = (*OPEN[:6], "-d", "2026-11-20T15:00")
    told = people.rob.is_told(3, *past)
    assert told.startswith("due ")
    assert told.endswith(" has passed — give a later -d WHEN, or say --allow-past")
    people.rob.does(*past, "--allow-past")


@pytest.mark.slow
def test_trust_24_a_locale_without_unicode_shows_the_text_escaped(tmp_path: Path) -> None:
    environ = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "HOME": str(tmp_path), "PATH": os.defpath}
    environ["OWNCASE_STORE"] = str(tmp_path / "store.db")

    def owncase(*words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([sys.executable, "-m", "owncase", *words], env=environ, capture_output=True, check=False)

    assert owncase("init", "--me", "rob", "--name", "Rob").returncode == 0
    assert owncase("customer", "add", "acme", "--name", "Acme").returncode == 0
    opened = owncase("open", "Über Café", "-c", "acme", "-n", "Café anrufen", "-d", "+3d")
    assert opened.returncode == 0, opened.stderr
    shown = owncase("list")
    assert (shown.returncode, b"Traceback" in shown.stderr) == (0, False)
