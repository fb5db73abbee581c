"""A customer is found by whatever somebody has of it: key, name, contact, e-mail address or phone number."""

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., Any]


@pytest.fixture
def known(team: Ask) -> Ask:
    """Norfolk with Pat (Virginia, extension 12) and Lee (London); globex, whose main contact is Zoë Park."""
    team(
        "contact", "add", "norfolk", "Pat Doyle", "--email", "Pat@Norfolk.example", "--phone", "+1 (757) 555-0177 x 12"
    )
    team("contact", "add", "norfolk", "Lee Wu", "--phone", "+44 20 7946 0018")
    team(
        "customer", "add", "globex", "--name", "Globex 100%", "--contact", "Zoë Park", "--email", "desk@globex.example"
    )
    return team


@pytest.mark.parametrize(
    "text",
    [
        "norfolk", "storage", "pat", "DOYLE pat", "lee wu", "pat@norfolk.example", "PAT@NORFOLK.EXAMPLE",
        "Pat Doyle <pat@norfolk.example>", "mailto:pat@norfolk.example", "757.555.0177", "+1 757 555 0177",
        "tel:+1-757-555-0177;ext=12", "0044 20 7946 0018", "(020) 7946 0018", "2079460018", "0757 5550199",
    ],
)  # fmt: skip
def test_norfolk_is_found_by_all_that_is_known_of_it(known: Ask, text: str) -> None:
    assert known("customer", "show", text, "--json")["key"] == "norfolk"
    assert known("who", text, "--json")["customer"] == "norfolk"


@pytest.mark.parametrize("text", ["zoe", "Zoë Park", "desk@GLOBEX.example", "100%", "glob"])
def test_the_main_contact_and_signs_in_names_are_found_as_they_are(known: Ask, text: str) -> None:
    assert known("customer", "show", text, "--json")["key"] == "globex"


def test_cases_are_opened_listed_and_meant_by_whatever_names_the_customer(known: Ask, run: Ask) -> None:
    number = known("open", "Leak", "-c", "020 7946 0018", "-n", "Call Lee", "-d", "+3d", "--keep", "--json")["case"]
    for text in ("lee wu", "+44 20 79460018", "pat@norfolk.example"):
        assert known("show", text, "--json")["case"] == number
        assert [case["case"] for case in known("list", "-c", text, "--json")] == [number]
    done = run("show", "2079460018")
    assert (done.exit, "no case 2079460018" in done.stderr) == (
        66,
        True,
    )  # digits alone are a case, so that no typo acts


def test_people_of_the_team_are_found_the_same_way_but_are_no_customers(known: Ask, run: Ask) -> None:
    known("person", "edit", "dana", "--email", "dana@desk.example")
    for text in ("757 555 0100", "tel:+1-757-555-0100;ext=12", "DANA@desk.example", "ito"):
        assert known("who", text, "--json")["owner"] == "dana"
        assert run("customer", "show", text).exit == 66


def test_all_who_share_a_number_are_listed(known: Ask, run: Ask) -> None:
    known("contact", "add", "globex", "Sam Hill", "--phone", "757-555-0177")
    for command in (("customer", "show"), ("who",)):
        done = run(*command, "+1 757 555 0177")
        assert (done.exit, "globex (Sam Hill)" in done.stderr, "norfolk (Pat Doyle)" in done.stderr) == (2, True, True)
    assert known("customer", "show", "757 555 0177 ext 12", "--json")["key"] == "norfolk"
    assert known("customer", "show", "757 555 0177 ext 13", "--json")["key"] == "globex"


def test_a_whole_number_is_meant_before_one_that_only_ends_alike(known: Ask) -> None:
    known("contact", "add", "globex", "Sam Hill", "--phone", "555-0177")
    assert known("customer", "show", "+1 757 555 0177", "--json")["key"] == "norfolk"


def test_who_was_removed_and_who_changed_is_not_found_by_what_was(known: Ask, run: Ask) -> None:
    known("contact", "remove", "norfolk.1")
    known("contact", "edit", "norfolk.2", "--phone", "", "--name", "Lee Hart")
    for text in ("pat@norfolk.example", "757 555 0177", "wu", "020 7946 0018"):
        assert run("who", text).exit == 66, text


@pytest.mark.parametrize(
    "text", ["%", "_", "'", '"; DROP TABLE x', "%%%%%%%", "a" * 100_000, "1" * 5000, "@", "<@>", "\u0661" * 9, "-"]
)  # fmt: skip
def test_hostile_texts_find_nobody_in_one_line(known: Ask, run: Ask, text: str) -> None:
    done = run("customer", "show", "--", text)
    assert (done.exit, done.stderr.count("\n")) == (66, 1)


def test_a_contact_is_named_after_whatever_names_the_customer(known: Ask) -> None:
    assert known("contact", "edit", "norfolk storage.2", "--role", "Dock", "--json")["contact"] == "norfolk.2"
