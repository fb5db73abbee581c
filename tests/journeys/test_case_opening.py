"""Opening a case: it is yours, and offered in the same act to who should own it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from inline_snapshot import snapshot

Team = Callable[..., Any]
Look = Callable[..., dict[str, Any]]
OPEN = ("open", "Disks damaged", "-c", "norfolk", "-n", "Call Pat", "-d", "2026-11-24T15:00")


def test_a_case_is_mine_and_offered_to_the_account_owner(team: Team) -> None:
    code, stdout, stderr = team(*OPEN)
    assert code == 0
    assert stdout == snapshot(
        "1 norfolk · rob · Call Pat, Tue 24 Nov 15:00 CET · offered to dana, answer by Mon 23 Nov 19:00 CET\n"
    )
    assert stderr == snapshot(
        """\
offered to dana; yours until dana acknowledges
due: Tue 24 Nov 2026 15:00 CET
"""
    )


def test_the_object_is_the_contracts(team: Team) -> None:
    opened = json.loads(team(*OPEN, "--json").stdout)
    assert (opened["case"], opened["owner"], opened["opened_by"], opened["version"]) == (1, "rob", "rob", 2)
    assert (opened["pending"]["from"], opened["pending"]["to"], opened["pending"]["kind"]) == (
        "rob",
        "dana",
        "transfer",
    )
    assert opened["next_due"] == "2026-11-24T14:00:00Z"


def test_an_account_owner_who_opens_a_case_is_offered_nothing(team: Team, case: Look) -> None:
    assert team(*OPEN, by="dana").exit == 0
    assert case()["pending"] is None


def test_somebody_else_can_be_asked(team: Team, case: Look) -> None:
    team(*OPEN, "--to", "carol")
    assert case()["pending"]["to"] == "carol"


def test_a_kept_case_is_offered_to_nobody_and_says_so(team: Team, case: Look) -> None:
    code, stdout, stderr = team(*OPEN, "--keep")
    assert (code, case()["pending"]) == (0, None)
    assert "offered to" not in stdout
    assert "kept: not offered to dana, the account owner" in stderr
    assert "Kept by its opener" in team("history", "1").stdout


def test_a_new_customer_is_added_with_its_opener_as_account_owner(team: Team, case: Look) -> None:
    code, stdout, _ = team("open", "Lost parcel", "--new-customer", "Zoë O'Neil", "-n", "Ask Zoë", "-d", "+2h")
    assert (code, stdout.split(" · ")[0]) == (0, "1 zoe-o-neil")
    assert case()["pending"] is None


def test_a_new_customer_is_never_taken_for_one_that_is_known(team: Team) -> None:
    code, _, stderr = team("open", "Lost parcel", "--new-customer", "ACME", "-n", "Ask", "-d", "+2h")
    assert code == 3
    assert "-c acme" in stderr


def test_promises_are_made_before_the_case_is_offered(team: Team, case: Look) -> None:
    words = ("--promise", "Spare disk", "--by", "2026-11-25", "--promise", "Report", "--by", "2026-11-26T12:00")
    code, stdout, stderr = team(*OPEN, *words)
    assert (code, case()["promises_open"]) == (0, 2)
    assert "2 promises" in stdout
    assert "promised by: Wed 25 Nov 2026 17:00 CET" in stderr
    assert team("ack", "1", "--take", "1", "--take", "2", by="dana").exit == 0


def test_each_promise_needs_its_moment(team: Team) -> None:
    code, _, stderr = team(*OPEN, "--promise", "Spare disk")
    assert (code, "--promise TEXT --by WHEN" in stderr) == (2, True)


def test_another_trackers_id_is_taken_once(team: Team) -> None:
    assert team(*OPEN, "--external", "T-7").exit == 0
    code, _, stderr = team(*OPEN, "--external", "T-7")
    assert code == 3
    assert stderr == snapshot("owncase: T-7 is case 1 already — owncase show 1\n")


def test_all_that_is_known_is_kept(team: Team, case: Look) -> None:
    words = ("--urgency", "hot", "--cause", "storm", "--contact", "Pat", "--channel", "phone")
    team(*OPEN, *words, "--waiting-for", "Pat: photos")
    opened = case()
    assert [opened[name] for name in ("urgency", "cause", "contact", "channel", "waiting_for")] == [
        "hot", "storm", "Pat", "phone", "Pat: photos",
    ]  # fmt: skip
    assert opened["pending"]["answer_by"] < "2026-11-23T09:16"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("open", "-c", "norfolk", "-n", "Call", "-d", "eod"), 2, "missing: title — say it with TITLE"),
        (("open", "T", "-n", "Call", "-d", "eod"), 2, "say it with -c CUSTOMER or --new-customer NAME"),
        (("open", "T", "-c", "norfolk", "-d", "eod"), 2, "say it with -n ACTION"),
        (("open", "T", "-c", "norfolk", "-n", "Call"), 2, "say it with -d WHEN"),
        ((*OPEN, "--to", "carol", "--keep"), 2, "give one of them"),
        ((*OPEN, "--new-customer", "Else"), 2, "give one of them"),
        ((*OPEN, "--urgency", "urgent"), 2, "low, normal, high, hot"),
        ((*OPEN, "--channel", "fax"), 2, "phone, email"),
        (("open", "T", "-c", "nofolk", "-n", "Call", "-d", "eod"), 66, "did you mean norfolk?"),
        ((*OPEN, "--to", "karol"), 66, "did you mean carol?"),
        ((*OPEN, "--to", "rob"), 3, "say --keep instead of --to"),
        (("open", "a\nb", "-c", "norfolk", "-n", "Call", "-d", "eod"), 65, "title"),
        (("open", "T", "-c", "norfolk", "-n", "Call", "-d", "01/02/03"), 65, "2003-"),
    ],
)
def test_what_is_missing_or_wrong_is_named(team: Team, words: tuple[str, ...], code: int, says: str) -> None:
    outcome = team(*words)
    assert outcome.exit == code
    assert says in outcome.stderr
    assert team("list", "--json").stdout == "[]\n"


@pytest.mark.parametrize("blank", ["", "   ", "\u00a0", "..."])
def test_an_action_without_words_is_no_action__trust_22(team: Team, blank: str) -> None:
    code, _, stderr = team("open", "T", "-c", "norfolk", "-n", blank, "-d", "eod")
    assert code == 65
    assert "needs a next action" in stderr


def test_a_title_is_kept_and_shown_as_it_was_typed__trust_17(team: Team, case: Look) -> None:
    assert team("open", "x" * 501, *OPEN[2:]).exit == 65
    team("open", "[red]PAID[/red]", *OPEN[2:])
    assert case()["title"] == "[red]PAID[/red]"


def test_a_due_that_has_passed_needs_to_be_meant__trust_52(team: Team, case: Look) -> None:
    past = (*OPEN[:-1], "2026-11-20T15:00")
    code, _, stderr = team(*past)
    assert code == 3
    assert stderr == snapshot(
        "owncase: due Fri 20 Nov 2026 15:00 CET has passed — give a later -d WHEN, or say --allow-past\n"
    )
    assert team(*past, "--allow-past").exit == 0
    assert case()["overdue"] is True


def test_on_a_terminal_what_is_missing_is_asked_for(team: Team) -> None:
    answers = "Disks damaged\nnorfolk\nCall Pat\nsoon\n2026-11-24T15:00\n"
    code, stdout, stderr = team("open", terminal=True, stdin=answers)
    assert code == 0
    assert "1 norfolk · rob · Call Pat, Tue 24 Nov 15:00 CET" in stdout
    assert stderr.count("due: ") == 3  # asked, asked again as `soon` is no moment, and repeated
