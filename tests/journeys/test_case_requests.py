"""A command that is sent twice is done once, and one made for an older case is not done at all."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from inline_snapshot import snapshot

Team = Callable[..., Any]
Look = Callable[..., dict[str, Any]]
Kinds = Callable[..., list[str]]
OPEN = ("open", "Disks damaged", "-c", "norfolk", "-n", "Call Pat", "-d", "2026-11-24T15:00")


def test_the_same_request_opens_one_case(team: Team) -> None:
    first = team(*OPEN, "--external", "T-7", "--request-id", "r-1")
    again = team(*OPEN, "--external", "T-7", "--request-id", "r-1")
    assert (again.exit, again.stdout, again.stderr) == (0, first.stdout, "already done\n")
    assert len(json.loads(team("list", "--json").stdout)) == 1


def test_a_new_customer_is_added_once(team: Team) -> None:
    words = ("open", "Lost", "--new-customer", "Beta", "-n", "Ask", "-d", "fri", "--request-id", "r-1")
    first = team(*words)
    again = team(*words)
    assert (first.exit, again.exit, again.stdout) == (0, 0, first.stdout)


def test_other_content_under_the_same_id_is_refused__trust_72(kept: Team, kinds: Kinds) -> None:
    assert kept("done", "1", "-n", "Look", "-d", "fri", "--request-id", "r-1").exit == 0
    code, stdout, stderr = kept("done", "1", "-n", "Look twice", "-d", "fri", "--request-id", "r-1")
    assert (code, stdout) == (4, "")
    assert stderr == snapshot("owncase: request r-1 was something else (event 10) — use a fresh --request-id\n")
    assert kept("note", "1", "Look", "--request-id", "r-1").exit == 4
    assert kinds().count("case.done") == 1


def test_another_persons_request_is_another_request(kept: Team) -> None:
    assert kept("note", "1", "Hello", "--request-id", "r-1").exit == 0
    assert kept("note", "1", "Hello", "--request-id", "r-1", by="dana").exit == 4


def test_how_the_answer_is_wanted_does_not_make_it_another_request(kept: Team) -> None:
    kept("note", "1", "Hello", "--request-id", "r-1")
    again = kept("note", "1", "Hello", "--request-id", "r-1", "--json")
    assert (again.exit, json.loads(again.stdout)["case"]) == (0, 1)


def test_what_came_from_stdin_counts(kept: Team, kinds: Kinds) -> None:
    assert kept("note", "1", "-", "--request-id", "r-1", stdin="One").exit == 0
    assert kept("note", "1", "-", "--request-id", "r-1", stdin="One").stderr == "already done\n"
    assert kept("note", "1", "-", "--request-id", "r-1", stdin="Two").exit == 4
    assert kinds().count("case.noted") == 2


@pytest.mark.parametrize(
    "words",
    [
        ("close", "norfolk", "--outcome", "fixed", "--confirmed-by", "Pat"),
        ("withdraw", "norfolk"),
        ("void", "norfolk", "--reason", "mistake"),
        ("handoff", "norfolk", "--to", "carol"),
    ],
)
def test_a_repeated_request_is_answered_even_where_it_would_be_refused_now(kept: Team, words: tuple[str, ...]) -> None:
    if words[0] == "withdraw":
        kept("handoff", "1", "--to", "carol")
    first = kept(*words, "--request-id", "r-1")
    again = kept(*words, "--request-id", "r-1")
    assert (first.exit, again.exit) == (0, 0)
    assert again.stderr == "already done\n"
    assert first.stdout.endswith(again.stdout)


@pytest.mark.parametrize("name", ["", "a b", "x" * 65, "é"])
def test_a_request_id_is_plain(kept: Team, name: str) -> None:
    assert kept("note", "1", "Hello", "--request-id", name).exit == 2


@pytest.mark.parametrize(
    "words",
    [
        ("done", "1", "-n", "Look", "-d", "fri"),
        ("replan", "1", "-d", "fri", "--because", "storm"),
        ("note", "1", "Hello"),
        ("edit", "1", "--title", "Wet"),
        ("withdraw", "1"),
        ("promise", "make", "1", "Report", "--by", "fri"),
    ],
)
def test_a_case_that_moved_on_is_left_alone__trust_71(opened: Team, words: tuple[str, ...], case: Look) -> None:
    version = case()["version"]
    code, stdout, stderr = opened(*words, "--if-version", str(version - 1))
    assert (code, stdout) == (4, "")
    assert f"case 1 is at version {version}, not {version - 1}" in stderr
    assert opened(*words, "--if-version", str(version)).exit == 0


def test_errors_are_objects_where_json_is_asked_for(opened: Team) -> None:
    code, stdout, stderr = opened("ack", "1", "--json")
    assert (code, stdout) == (3, "")
    error = json.loads(stderr)["error"]
    assert (error["code"], error["exit"], error["fix"]) == (
        "next-owner-must-acknowledge", 3, "ask dana to run: owncase ack 1",
    )  # fmt: skip


def test_a_terminal_is_told_what_waits(opened: Team) -> None:
    assert opened("note", "1", "Hello", by="dana", terminal=True).stderr == "1 to acknowledge\n"
    assert opened("note", "1", "Hello", by="dana").stderr == ""
    assert opened("note", "1", "Hello", "--quiet", by="dana", terminal=True).stderr == ""


def test_dues_are_repeated_by_the_owners_clock_where_it_differs(opened: Team) -> None:
    opened("handoff", "1", "--to", "carol")
    opened("withdraw", "1")
    code, _, stderr = opened("handoff", "1", "--to", "carol", "--for", "rob", "-d", "fri 15:00", by="dana")
    assert (code, stderr.splitlines()[-1]) == (
        0, "due: Fri 27 Nov 2026 15:00 EST (Fri 27 Nov 2026 21:00 CET for rob)",
    )  # fmt: skip
