"""People are live humans with one name each; they act under their own login, and leave owning nothing."""

import json
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def team(run: Run) -> Run:
    """Ada made the store and is Bob's manager; Bob has a login, Cy has none. Everybody types under their own login."""
    assert run("init", "--me", "ada", "--name", "Ada Byron", "--zone", "Europe/Berlin").exit == 0
    assert run("person", "add", "bob", "--name", "Bob Kerr", "--login", "bob", "--manager", "ada").exit == 0
    assert run("person", "add", "cy", "--name", "Cy Young").exit == 0
    return run


def shown(run: Run, handle: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(run("person", "show", handle, "--json").stdout)
    return told


def test_who_is_added_has_the_zone_of_who_adds_them_and_usual_hours(team: Run) -> None:
    bob = shown(team, "bob")
    assert (bob["zone"], bob["hours"], bob["manager"], bob["login"]) == (
        "Europe/Berlin",
        "mon-fri 09:00-17:00",
        "ada",
        "bob",
    )
    assert bob["active"] is True
    assert (bob["open"], bob["accounts"], bob["to_acknowledge"]) == (0, 0, 0)


def test_the_list_has_what_scripts_need(team: Run) -> None:
    rows = json.loads(team("person", "list", "--json").stdout)
    assert [row["handle"] for row in rows] == ["ada", "bob", "cy"]
    assert list(rows[0])[:4] == ["handle", "name", "active", "login"]
    assert team("person", "list").stdout.splitlines()[0].startswith("handle\tname\tactive\tlogin")


@pytest.mark.parametrize("handle", ["Bob", "42", "аnna", "a\u200bb", "zoe\u0301", "-x", "x" * 33, ""])
def test_a_handle_is_plain_or_refused_with_one_that_would_do(team: Run, handle: str) -> None:
    code, _, stderr = team("person", "add", "--name", "X", "--", handle)
    assert code == 65
    assert "write " in stderr


@pytest.mark.parametrize(
    "name", ["Bob\u2028Kerr", "Bob\u202eKerr", "Bob\u200bKerr", "Bob\u00adKerr", "Bob\u3164", "\t"]
)
def test_a_name_is_one_line_in_which_all_can_be_seen(team: Run, name: str) -> None:
    assert team("person", "add", "x", "--name", name).exit == 65


def test_a_name_is_kept_in_composed_form(team: Run) -> None:
    assert team("person", "add", "zoe", "--name", "Zoe\u0301").exit == 0
    assert shown(team, "zoe")["name"] == "Zo\u00e9"


@pytest.mark.parametrize(
    "wrong", [("--email", "Bob <b@x.io>"), ("--phone", "none"), ("--zone", "../etc"), ("--hours", "9-17")]
)
def test_a_malformed_detail_is_named(team: Run, wrong: tuple[str, str]) -> None:
    assert team("person", "edit", "bob", *wrong).exit == 65
    assert team("person", "add", "dee", "--name", "Dee", *wrong).exit == 65


def test_handles_and_customer_keys_are_one_namespace_and_a_login_is_one_person(team: Run) -> None:
    team("customer", "add", "acme", "--name", "Acme")
    for words in (
        ("person", "add", "acme", "--name", "X"),
        ("person", "edit", "bob", "--handle", "acme"),
        ("customer", "add", "bob", "--name", "X"),
        ("person", "add", "rob", "--name", "Rob", "--login", "bob"),
    ):
        assert team(*words).exit == 3, words


def test_a_manager_is_a_known_active_other_person(team: Run) -> None:
    code, _, stderr = team("person", "edit", "bob", "--manager", "adda")
    assert code == 66
    assert "ada" in stderr
    assert team("person", "edit", "bob", "--manager", "bob").exit == 3
    assert team("person", "retire", "cy").exit == 0
    assert team("person", "edit", "bob", "--manager", "cy").exit == 3


def test_an_unknown_person_is_never_made_up(team: Run) -> None:
    for words in (("person", "show", "bobb"), ("person", "edit", "bobb", "--place", "X"), ("person", "retire", "bobb")):
        code, _, stderr = team(*words)
        assert code == 66
        assert "bob" in stderr.partition("did you mean")[2]
    assert len(json.loads(team("person", "list", "--json").stdout)) == 3


def test_people_mend_their_own_details_but_not_login_and_manager(team: Run) -> None:
    assert team("person", "edit", "bob", "--place", "Desk 4", os_user="bob").exit == 0
    assert team("person", "edit", "ada", "--place", "Desk 1", os_user="bob").exit == 77
    for guarded in (("--login", "mallory"), ("--manager", "")):
        assert team("person", "edit", "bob", *guarded, os_user="bob").exit == 77
    assert team("person", "edit", "bob", "--login", "robert").exit == 0  # by the manager
    assert shown(team, "bob")["login"] == "robert"


def test_an_empty_text_clears_and_a_new_handle_is_the_same_person(team: Run) -> None:
    team("person", "edit", "bob", "--place", "Desk 4", "--email", "bob@example.com")
    assert team("person", "edit", "bob", "--place", "", "--handle", "bob.kerr").exit == 0
    assert team("person", "show", "bob").exit == 66
    bob = shown(team, "bob.kerr")
    assert (bob["place"], bob["email"], bob["login"]) == (None, "bob@example.com", "bob")
    assert (
        json.loads(team("person", "edit", "bob.kerr", "--place", "x", "--json", os_user="bob").stdout)["place"] == "x"
    )


def test_saying_nothing_new_is_no_change(team: Run) -> None:
    assert team("person", "edit", "bob").exit == 2
    assert team("person", "edit", "bob", "--name", "Bob Kerr").exit == 0


def test_the_same_request_is_answered_not_done_twice(team: Run) -> None:
    words = ("person", "add", "dee", "--name", "Dee", "--request-id", "r1")
    first, again = team(*words), team(*words)
    assert (first.exit, again.exit) == (0, 0)
    assert first.stdout == again.stdout
    assert "already done" in again.stderr
    assert team("person", "add", "eve", "--name", "Eve", "--request-id", "r1").exit == 4


def test_who_leaves_owns_nothing(team: Run) -> None:
    team("customer", "add", "acme", "--name", "Acme", os_user="bob")
    team("open", "Broken", "-c", "acme", "-n", "Call", "-d", "+1d", "--keep", os_user="bob")
    team("open", "Late", "-c", "acme", "-n", "Call", "-d", "+1d", "--to", "bob")
    code, _, stderr = team("person", "retire", "bob")
    assert code == 3
    for held in ("owncase handoff 1 --to HANDLE", "owncase decline 2", "owncase customer handoff acme --to HANDLE"):
        assert held in stderr
    assert shown(team, "bob")["active"] is True


def test_who_has_left_is_told_apart_and_neither_acts_nor_is_offered_anything(team: Run) -> None:
    assert team("person", "retire", "bob").exit == 0
    assert [row["active"] for row in json.loads(team("person", "list", "--json").stdout)] == [True, True, False]
    assert team("person", "list", os_user="bob").exit == 0
    assert team("customer", "add", "x", "--name", "X", os_user="bob").exit == 66
    assert team("customer", "add", "x", "--name", "X", "--as", "bob", os_user="bob").exit == 77
    assert team("customer", "add", "x", "--name", "X", "--owner", "bob").exit == 3
    assert team("person", "retire", "bob").exit == 3


def test_only_the_manager_the_founder_or_oneself_retires_somebody(team: Run) -> None:
    assert team("person", "retire", "cy", os_user="bob").exit == 77
    assert team("person", "retire", "bob", os_user="bob").exit == 0


def test_a_person_with_a_login_is_acted_for_by_that_user_only(team: Run) -> None:
    code, _, stderr = team("customer", "add", "acme", "--name", "Acme", "--as", "bob")
    assert code == 77
    assert "bob" in stderr
    assert team("customer", "add", "acme", "--name", "Acme", "--as", "cy").exit == 0  # has no login: claimed


def test_a_store_may_require_logins(team: Run) -> None:
    assert team("config", "set", "require-login", "true", os_user="bob").exit == 77
    assert team("config", "set", "require-login", "true").exit == 0
    code, _, stderr = team("customer", "add", "acme", "--name", "Acme", "--as", "cy")
    assert code == 77
    assert "owncase person edit cy --login OS-USER" in stderr
    assert team("customer", "list", "--json").stdout.strip() == "[]"
    assert team("config", "set", "require-login", "false").exit == 0
    assert team("customer", "add", "acme", "--name", "Acme", "--as", "cy").exit == 0


def test_what_people_know_and_speak_is_words_in_order_each_once(team: Run) -> None:
    done = team("person", "edit", "bob", "--topics", "Storage, billing,billing", "--languages", "EN,de")
    assert done.stdout.endswith("knows billing, storage · speaks de, en\n")
    assert (shown(team, "bob")["topics"], shown(team, "bob")["languages"]) == (["billing", "storage"], ["de", "en"])
    before = team("store", "head").stdout
    assert team("person", "edit", "bob", "--topics", "storage,billing").exit == 0
    assert team("store", "head").stdout == before
    team("person", "edit", "bob", "--topics", "")
    assert shown(team, "bob")["topics"] == []
    assert team("person", "add", "di", "--name", "Di", "--topics", "late parcels").exit == 65
    assert team("store", "check").exit == 0
