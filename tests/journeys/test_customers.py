"""A customer has one account owner, who changes only by an acknowledged handoff (rule 12)."""

import json
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def team(run: Run) -> Run:
    """Ada, Bob and Cy with a login each; Ada has the account norfolk."""
    assert run("init", "--me", "ada", "--name", "Ada Byron").exit == 0
    for handle in ("bob", "cy"):
        assert run("person", "add", handle, "--name", handle.title(), "--login", handle).exit == 0
    assert run("customer", "add", "norfolk", "--name", "Norfolk Harbour", "--contact", "Pat Doyle").exit == 0
    return run


def shown(run: Run, key: str = "norfolk") -> dict[str, Any]:
    told: dict[str, Any] = json.loads(run("customer", "show", key, "--json").stdout)
    return told


def test_the_account_is_whose_who_adds_it(team: Run) -> None:
    row = shown(team)
    assert (row["account_owner"], row["claimed"], row["pending"], row["second"]) == ("ada", False, None, None)
    assert (row["contact"], row["open"], row["cases"]) == ("Pat Doyle", 0, [])


def test_naming_somebody_else_is_claimed_until_they_acknowledge(team: Run) -> None:
    code, stdout, _ = team("customer", "add", "acme", "--name", "Acme", "--owner", "bob", "--note", "You know them")
    assert code == 0
    assert "account owner bob (claimed)" in stdout
    assert "offered to bob" in stdout
    row = shown(team, "acme")
    assert row["claimed"] is True
    assert row["pending"] == {
        "kind": "account",
        "from": "ada",
        "to": "bob",
        "offered_at": row["pending"]["offered_at"],
        "seen_at": None,
        "answer_by": row["pending"]["answer_by"],
        "note": "You know them",
        "typed_by": "ada",
        "claimed": False,
    }
    assert row["pending"]["answer_by"].startswith("2026-11-23T13:00")  # four of his working hours
    assert team("ack", "acme", os_user="cy").exit == 3
    assert team("ack", "acme", os_user="bob").exit == 0
    row = shown(team, "acme")
    assert (row["account_owner"], row["claimed"], row["pending"]) == ("bob", False, None)


def test_who_declines_a_claimed_account_leaves_it_with_who_claimed_it(team: Run) -> None:
    team("customer", "add", "acme", "--name", "Acme", "--owner", "bob")
    assert team("decline", "acme", "--reason", "not-my-customer", os_user="bob").exit == 0
    row = shown(team, "acme")
    assert (row["account_owner"], row["claimed"], row["pending"]) == ("ada", False, None)


def test_the_giver_keeps_the_account_until_the_answer_is_yes(team: Run) -> None:
    assert team("customer", "handoff", "norfolk", "--to", "bob", "--answer-by", "tomorrow 12:00").exit == 0
    row = shown(team)
    assert (row["account_owner"], row["pending"]["to"], row["pending"]["answer_by"]) == (
        "ada",
        "bob",
        "2026-11-24T12:00:00Z",
    )
    assert team("ack", "norfolk").exit == 3  # ada made the offer
    assert team("ack", "norfolk", os_user="bob").exit == 0
    assert shown(team)["account_owner"] == "bob"


def test_refused_handoffs_of_an_account(team: Run) -> None:
    assert team("customer", "handoff", "norfolk", "--to", "ada").exit == 3
    assert team("customer", "handoff", "norfolk", "--to", "bob", os_user="cy").exit == 3
    code, _, stderr = team("customer", "handoff", "norfolk", "--to", "bobb")
    assert code == 66
    assert "bob" in stderr
    assert team("customer", "handoff", "norfolk", "--to", "bob", "--answer-by", "2026-11-20").exit == 3
    assert team("customer", "handoff", "norfolk").exit == 2
    team("customer", "handoff", "norfolk", "--to", "bob")
    code, _, stderr = team("customer", "handoff", "norfolk", "--to", "cy")
    assert code == 3
    assert "owncase withdraw norfolk" in stderr
    assert team("withdraw", "norfolk").exit == 0
    assert team("customer", "handoff", "norfolk", "--to", "cy").exit == 0


def test_the_account_owner_is_no_detail_to_edit(team: Run) -> None:
    assert team("customer", "edit", "norfolk", "--owner", "bob").exit == 2
    assert shown(team)["account_owner"] == "ada"


def test_the_second_is_chosen_by_the_account_owner(team: Run) -> None:
    assert team("customer", "edit", "norfolk", "--second", "bob", os_user="cy").exit == 3
    assert team("customer", "edit", "norfolk", "--second", "bob").exit == 0
    assert shown(team)["second"] == "bob"
    assert team("customer", "edit", "norfolk", "--second", "").exit == 0
    assert shown(team)["second"] is None


def test_a_customer_may_be_renamed_and_is_found_by_words_of_its_name(team: Run) -> None:
    assert team("customer", "edit", "norfolk", "--key", "nfk", "--contact", "", os_user="bob").exit == 0
    assert team("customer", "show", "norfolk harbour").exit == 0
    assert shown(team, "nfk")["contact"] is None
    assert team("customer", "show", "nowhere").exit == 66
    assert team("customer", "edit", "nfk").exit == 2


@pytest.mark.parametrize(
    "words",
    [
        ("Acme", "--name", "A"),
        ("acme", "--name", "A\u202e"),
        ("acme", "--name", "A", "--email", "x"),
        ("7", "--name", "A"),
    ],
)
def test_a_malformed_detail_adds_no_customer(team: Run, words: tuple[str, ...]) -> None:
    assert team("customer", "add", *words).exit == 65
    assert len(json.loads(team("customer", "list", "--json").stdout)) == 1


def test_the_card_and_the_list_count_open_cases(team: Run) -> None:
    team("open", "Devices damaged", "-c", "norfolk", "-n", "Call Pat", "-d", "tomorrow", os_user="bob")
    row = shown(team)
    assert row["open"] == 1
    assert [(case["case"], case["owner"], case["overdue"]) for case in row["cases"]] == [(1, "bob", False)]
    assert json.loads(team("customer", "list", "--json").stdout)[0]["open"] == 1
    card = team("customer", "show", "norfolk", terminal=True).stdout
    assert "Devices damaged" in card
    assert "Norfolk Harbour" in card


def test_the_same_request_is_answered_not_done_twice(team: Run) -> None:
    words = ("customer", "add", "acme", "--name", "Acme", "--request-id", "r1")
    first, again = team(*words), team(*words)
    assert (first.exit, again.exit, first.stdout) == (0, 0, again.stdout)
    assert "already done" in again.stderr
