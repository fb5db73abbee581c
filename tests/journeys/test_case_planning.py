"""An open case always has one next action: it is done, or planned anew, by its owner; others help with notes."""

from collections.abc import Callable
from typing import Any

import pytest
from inline_snapshot import snapshot

Team = Callable[..., Any]
Look = Callable[..., dict[str, Any]]
Kinds = Callable[..., list[str]]


def test_done_says_what_comes_next(kept: Team, case: Look, kinds: Kinds) -> None:
    code, stdout, stderr = kept("done", "1", "-n", "Drive there", "-d", "fri 15:00", "--did", "Called Pat")
    assert (code, stdout, stderr) == snapshot(
        (0, "1 norfolk · rob · Drive there, Fri 27 Nov 15:00 CET\n", "due: Fri 27 Nov 2026 15:00 CET\n")
    )
    assert (case()["next_action"], kinds()[-1]) == ("Drive there", "case.done")


def test_done_may_wait_for_somebody_outside_until_the_next_done(kept: Team, case: Look) -> None:
    assert "waiting for Pat: photos" in kept(
        "done", "1", "--then", "Look", "-d", "eow", "--waiting-for", "Pat: photos"
    ).stdout  # fmt: skip
    kept("done", "1", "-n", "Drive there", "-d", "eow")
    assert case()["waiting_for"] is None


def test_done_without_what_comes_next_says_how_to_close(kept: Team) -> None:
    code, stdout, stderr = kept("done", "1")
    assert (code, stdout) == (2, "")
    assert stderr == snapshot(
        "owncase: missing: What happens next? — say it with -n ACTION -d WHEN. Nothing left: owncase close 1\n"
    )


def test_on_a_terminal_done_asks(kept: Team) -> None:
    code, stdout, stderr = kept("done", "1", terminal=True, stdin="Drive there\nfri 15:00\n")
    assert (code, stdout) == (0, "1 norfolk · rob · Drive there, Fri 27 Nov 15:00 CET\n")
    assert stderr.startswith("What happens next? due: ")


@pytest.mark.parametrize(
    "words",
    [
        ("done", "1", "-n", "Drive there", "-d", "fri 15:00"),
        ("replan", "1", "-d", "fri 15:00", "--because", "storm"),
        ("edit", "1", "--title", "Other"),
        ("promise", "make", "1", "Spare disk", "--by", "fri"),
        ("close", "1", "--outcome", "fixed", "--unconfirmed", "nobody there"),
        ("handoff", "1", "--to", "carol"),
    ],
)
def test_only_the_owner_plans__trust_59(kept: Team, kinds: Kinds, words: tuple[str, ...]) -> None:
    before = kinds()
    code, stdout, stderr = kept(*words, by="carol")
    assert (code, stdout) == (3, "")
    assert "case 1 is rob's, not carol's" in stderr
    assert "ask rob to run: owncase " in stderr
    assert kinds() == before


def test_replan_changes_what_is_given_and_counts(kept: Team, case: Look) -> None:
    kept("done", "1", "-n", "Look", "-d", "eow", "--waiting-for", "Pat: photos")
    assert kept("replan", "1", "-d", "2026-11-30T10:00", "--because", "storm").exit == 0
    now = case()
    assert (now["next_action"], now["next_due"], now["waiting_for"], now["replans"]) == (
        "Look", "2026-11-30T09:00:00Z", "Pat: photos", 1,
    )  # fmt: skip
    kept("replan", "1", "-n", "Phone again", "--because", "no photos")
    assert (case()["waiting_for"], case()["replans"]) == (None, 2)
    kept("done", "1", "-n", "Look", "-d", "eow")
    assert case()["replans"] == 0


def test_an_empty_waiting_ends_it(kept: Team, case: Look) -> None:
    kept("replan", "1", "--waiting-for", "Pat: photos", "--because", "asked")
    assert case()["waiting_for"] == "Pat: photos"
    kept("replan", "1", "--waiting-for", "", "--because", "they came")
    assert (case()["waiting_for"], case()["next_action"]) == (None, "Call Pat")


def test_replan_needs_a_change_and_a_reason(kept: Team) -> None:
    assert kept("replan", "1", "--because", "storm").exit == 2
    code, _, stderr = kept("replan", "1", "-d", "fri")
    assert (code, "--because TEXT" in stderr) == (2, True)


@pytest.mark.parametrize("verb", [("done", "-n", "Look"), ("replan", "--because", "x")], ids=["done", "replan"])
def test_a_due_that_has_passed_is_refused__trust_52(kept: Team, verb: tuple[str, ...]) -> None:
    command, *words = verb
    code, _, stderr = kept(command, "1", *words, "-d", "2026-11-20")
    assert (code, "--allow-past" in stderr) == (3, True)
    assert kept(command, "1", *words, "-d", "2026-11-20", "--allow-past").exit == 0


@pytest.mark.parametrize(
    "words",
    [
        ("done", "1", "-n", "Drive there", "-d", "fri 15:00"),
        ("replan", "1", "-n", "Drive there", "--because", "storm"),
        ("edit", "1", "--title", "Disks wet"),
        ("promise", "make", "1", "Spare disk", "--by", "fri"),
    ],
)
def test_what_changes_while_on_offer_is_offered_again_to_the_same_person(
    opened: Team, case: Look, kinds: Kinds, words: tuple[str, ...]
) -> None:
    code, _, stderr = opened(*words)
    assert code == 0
    assert "offered again to dana, because what is on offer has changed" in stderr
    assert (case()["pending"]["to"], case()["owner"]) == ("dana", "rob")
    assert kinds()[-1] == "handoff.offered"


def test_a_new_plan_drops_what_was_proposed_before(kept: Team, case: Look) -> None:
    kept("handoff", "1", "--to", "dana", "-n", "Old idea", "-d", "fri")
    kept("promise", "make", "1", "Spare disk", "--by", "fri")
    assert case()["pending"]["next_action"] == "Old idea"
    kept("done", "1", "-n", "New idea", "-d", "fri")
    assert case()["pending"]["next_action"] is None


def test_an_answer_is_wanted_by_the_same_moment_as_before(kept: Team, case: Look) -> None:
    kept("handoff", "1", "--to", "dana", "--answer-by", "2026-11-25T10:00", "--note", "Take care")
    kept("done", "1", "-n", "New idea", "-d", "fri")
    again = case()["pending"]
    assert (again["answer_by"], again["note"]) == ("2026-11-25T09:00:00Z", "Take care")


def test_anybody_may_help_with_a_note(kept: Team, case: Look) -> None:
    code, stdout, _ = kept("note", "1", "I know Pat, call me first.", by="carol")
    assert (code, case()["owner"]) == (0, "rob")
    assert stdout.startswith("1 norfolk · rob")
    assert "Notes" in kept("next", "-f", "md").stdout or "I know Pat" in kept("history", "1").stdout


def test_a_note_comes_from_stdin_and_is_needed(kept: Team) -> None:
    assert kept("note", "1", "-", stdin="First line\nSecond line\n").exit == 0
    assert "First line\\nSecond line" in kept("history", "1").stdout
    assert kept("note", "1").exit == 2
    assert kept("note", "1", "  ").exit == 65


def test_the_owner_says_that_notes_were_seen(kept: Team) -> None:
    kept("note", "1", "I know Pat.", by="carol")
    assert kept("seen", "1").exit == 0
    code, _, stderr = kept("seen", "1")
    assert (code, "nothing in case 1 waits to be seen" in stderr) == (3, True)


def test_who_is_asked_says_that_they_read_the_offer_once(opened: Team, case: Look, kinds: Kinds) -> None:
    assert opened("seen", "1", by="dana").exit == 0
    assert case()["pending"]["seen_at"] is not None
    code, _, stderr = opened("seen", "1", by="dana")
    assert (code, stderr, kinds().count("case.seen")) == (0, "already seen\n", 1)


def test_edit_mends_what_is_said(kept: Team, case: Look, kinds: Kinds) -> None:
    words = ("--title", "Disks wet", "--cause", "storm", "--contact", "Pat", "--urgency", "high")
    assert kept("edit", "1", *words).exit == 0
    now = case()
    assert [now[name] for name in ("title", "cause", "contact", "urgency")] == ["Disks wet", "storm", "Pat", "high"]
    code, _, stderr = kept("edit", "1", *words)
    assert (code, "nothing to change" in stderr, kinds().count("case.edited")) == (0, True, 1)
    assert kept("edit", "1").exit == 2


def test_another_customer_means_another_account_owner(kept: Team, case: Look) -> None:
    kept("person", "add", "eve", "--name", "Eve Ray")
    kept("customer", "add", "beta", "--name", "Beta Works", "--owner", "eve")
    code, _, stderr = kept("edit", "1", "-c", "beta")
    assert (code, "offered to eve" in stderr) == (0, True)
    assert (case()["customer"], case()["pending"]["to"]) == ("beta", "eve")


def test_a_customer_of_mine_ends_the_offer_to_somebody_else(opened: Team, case: Look) -> None:
    assert opened("edit", "1", "-c", "acme").exit == 0
    assert (case()["customer"], case()["pending"]) == ("acme", None)


def test_an_offer_follows_the_case_to_another_account_owner(opened: Team, case: Look) -> None:
    opened("customer", "add", "solo", "--name", "Solo", by="carol")
    opened("edit", "1", "-c", "solo")
    assert (case()["pending"]["to"], case()["pending"]["kind"]) == ("carol", "transfer")


def test_a_closing_stays_with_who_was_asked_when_the_new_account_is_mine(kept: Team, case: Look) -> None:
    kept("close", "1", "--outcome", "fixed", "--confirmed-by", "Pat")
    kept("edit", "1", "-c", "acme")
    assert (case()["customer"], case()["pending"]["to"], case()["pending"]["kind"]) == ("acme", "dana", "closing")
