"""An account is offered, read, acknowledged, declined and withdrawn with the same words as a case."""

import json
from collections.abc import Callable
from typing import Any

import pytest

Team = Callable[..., Any]


@pytest.fixture
def offered(team: Team) -> Team:
    """The team after rob offered the account of acme to dana."""
    team("customer", "handoff", "acme", "--to", "dana")
    return team


def account(team: Team) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(team("customer", "show", "acme", "--json").stdout)
    return shown


def test_an_account_moves_when_it_is_acknowledged(offered: Team) -> None:
    assert account(offered)["account_owner"] == "rob"
    code, stdout, _ = offered("ack", "acme", by="dana")
    assert (code, account(offered)["account_owner"]) == (0, "dana")
    assert stdout.startswith("acme · Acme Tools · account owner dana")


def test_acknowledging_an_account_twice_is_done_once__trust_62(offered: Team) -> None:
    offered("ack", "acme", by="dana")
    code, _, stderr = offered("ack", "acme", by="dana")
    assert (code, stderr) == (0, "already acknowledged\n")
    assert offered("history", "acme").stdout.count("customer.acknowledged") == 1


def test_nobody_else_answers_for_an_account__trust_61(offered: Team) -> None:
    for words in (("ack", "acme"), ("decline", "acme", "--reason", "away"), ("seen", "acme")):
        code, _, stderr = offered(*words, by="carol")
        assert (code, f"ask dana to run: owncase {words[0]} acme" in stderr) == (3, True)


def test_an_account_is_read_once(offered: Team) -> None:
    assert offered("seen", "acme", by="dana").exit == 0
    code, _, stderr = offered("seen", "acme", by="dana")
    assert (code, stderr) == (0, "already seen\n")


def test_an_account_is_declined_or_withdrawn_once(offered: Team) -> None:
    assert offered("decline", "acme", "--reason", "no-capacity", by="dana").exit == 0
    assert offered("decline", "acme", "--reason", "no-capacity", by="dana").exit == 3
    offered("customer", "handoff", "acme", "--to", "dana")
    assert offered("withdraw", "acme").exit == 0
    assert offered("withdraw", "acme").exit == 3
    assert offered("ack", "acme", by="dana").exit == 3
    assert account(offered)["account_owner"] == "rob"


def test_where_a_case_is_on_offer_too_both_forms_are_named(offered: Team) -> None:
    offered("open", "One", "-c", "acme", "-n", "Call", "-d", "fri", "--to", "dana")
    code, _, stderr = offered("ack", "acme", by="dana")
    assert (code, "owncase ack 1 or owncase ack acme --account" in stderr) == (2, True)
    assert offered("withdraw", "acme").exit == 2
    assert offered("ack", "acme", "--account", by="dana").exit == 0
    assert offered("ack", "acme", by="dana").exit == 0
    assert account(offered)["account_owner"] == "dana"
    assert json.loads(offered("show", "1", "--json").stdout)["owner"] == "dana"


def test_an_account_is_taken_on_as_a_whole(offered: Team) -> None:
    assert offered("ack", "acme", "-n", "Call", by="dana").exit == 2


def test_a_repeated_request_about_an_account_is_answered(offered: Team) -> None:
    first = offered("ack", "acme", "--request-id", "a1", by="dana")
    again = offered("ack", "acme", "--request-id", "a1", by="dana")
    assert (again.exit, again.stdout, again.stderr) == (0, first.stdout, "already done\n")


def test_who_may_be_acted_for_is_told_so_and_who_may_not_is_to_be_asked(team: Team) -> None:
    team("customer", "handoff", "acme", "--to", "carol")
    assert "owncase ack acme --as carol" in team("ack", "acme", by="dana").stderr
    team("open", "Late", "-c", "acme", "-n", "Call", "-d", "+1d", "--to", "carol")
    assert "owncase ack 1 --as carol" in team("ack", "1", by="dana").stderr
