"""A moved ETA is seen everywhere until the customer knows it, and so is how long they have not heard from us."""

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., Any]
TO_PAT = ("--how", "phone", "--whom", "Pat")
FRIDAY = "2026-11-27T09:05:00Z"


@pytest.fixture
def promised(team: Ask, opened: Ask) -> int:
    """A case that comes later, with two promises of which one moved without a word to the customer."""
    number = opened(due="2026-12-09")
    team("promise", "make", str(number), "Report", "--by", "2026-12-10T15:00")
    team("promise", "make", str(number), "New drives", "--by", "2026-12-10T16:00")
    team("promise", "move", f"{number}.2", "--to", "2026-12-11T16:00", "--because", "storm")
    return number


def numbers(team: Ask, *words: str) -> list[int]:
    return [case["case"] for case in team("list", "--json", *words)]


def test_the_case_says_how_many_etas_were_not_told_and_since_when(team: Ask, promised: int) -> None:
    case = team("show", str(promised), "--json")
    moved = case["history"][-1]["at"]
    assert (case["eta_debt"], case["eta_debt_since"]) == (1, moved)
    told, debt = case["promises"]
    assert (told["eta_debt"], told["debt_since"]) == (False, None)
    assert (debt["eta_debt"], debt["told_due"], debt["due"], debt["debt_since"]) == (
        True, "2026-12-10T15:00:00Z", "2026-12-11T15:00:00Z", moved,
    )  # fmt: skip
    team("told", str(promised), *TO_PAT)
    case = team("show", str(promised), "--json")
    assert (case["eta_debt"], case["eta_debt_since"]) == (0, None)
    assert case["promises"][1]["told_due"] == "2026-12-11T15:00:00Z"


def test_only_the_promises_that_were_named_are_told(team: Ask, promised: int) -> None:
    said = team("told", str(promised), "--promise", "1", *TO_PAT)
    assert said.stdout.endswith("· 2 promises, 1 not told\n")
    assert said.stderr.startswith(f"promise {promised}.1: they knew already")
    said = team("told", str(promised), *TO_PAT)
    assert said.stdout.endswith("· 2 promises\n")
    assert said.stderr.startswith(f"promise {promised}.2: they know now: Fri 11 Dec 2026 16:00 CET")


def test_a_move_back_leaves_nothing_to_tell(team: Ask, promised: int) -> None:
    team("promise", "move", f"{promised}.2", "--to", "2026-12-10T16:00", "--because", "ferry runs")
    assert team("next", "--json") == numbers(team, "--eta-debt") == []


def test_next_has_a_block_for_what_is_to_be_told_of_cases_that_come_later(team: Ask, promised: int) -> None:
    (row,) = team("next", "--json")
    assert (row["case"], row["block"], row["eta_debt"]) == (promised, "To tell", 1)
    assert "1 ETA not told" in team("next", "-f", "md").stdout
    team("note", str(promised), "They called", "--as", "dana")
    assert [row["block"] for row in team("next", "--json")] == ["To tell"]
    team("replan", str(promised), "-d", "today", "--because", "storm")
    assert [row["block"] for row in team("next", "--json")] == ["Today"]
    team("told", str(promised), *TO_PAT)
    assert [(row["block"], row["eta_debt"]) for row in team("next", "--json")] == [("Today", 0)]


def test_a_debt_of_a_closed_case_is_its_next_owners_to_tell(team: Ask, promised: int) -> None:
    team("close", str(promised), "--outcome", "Replaced", "--confirmed-by", "Pat", "--to", "dana")
    team("ack", str(promised), "--take", "1", "--take", "2", "--as", "dana")
    (row,) = team("next", "--owner", "dana", "--json")
    assert (row["case"], row["block"], row["status"]) == (promised, "To tell", "closed")
    assert numbers(team, "--eta-debt") == []
    assert numbers(team, "--eta-debt", "--status", "all") == [promised]
    team("told", str(promised), *TO_PAT, "--as", "dana")
    assert team("next", "--owner", "dana", "--json") == []


def test_a_promise_that_ended_is_no_debt(team: Ask, promised: int) -> None:
    team("promise", "keep", f"{promised}.2")
    assert team("next", "--json") == numbers(team, "--eta-debt", "--status", "all") == []
    assert team("show", str(promised), "--json")["eta_debt"] == 0


def test_reports_count_debts(team: Ask, promised: int) -> None:
    owners = {row["owner"]: row["eta_debt"] for row in team("report", "owners", "--json")}
    assert owners == {"ada": 1, "carol": 0, "dana": 0}
    (customer,) = team("report", "customers", "--json")
    assert (customer["promises_open"], customer["eta_debt"]) == (2, 1)


# silence ------------------------------------------------------------------------------------------------------------


def test_silence_is_working_time_and_only_telling_ends_it(team: Ask, opened: Ask, clock: Any) -> None:
    clock.set("2026-11-27T15:00:00Z")
    number = opened(due="2026-12-09")
    clock.set("2026-12-01T09:59:00Z")
    for words in (
        ("note", "Quiet"),
        ("edit", "--title", "Wet"),
        ("replan", "-d", "2026-12-10", "--because", "storm"),
        ("handoff", "--to", "dana"),
    ):
        team(words[0], str(number), *words[1:])
    clock.set("2026-12-01T10:00:00Z")
    case = team("show", str(number), "--json")
    assert (case["heard_at"][:10], case["silent_seconds"] // 3600, case["silent_days"]) == ("2026-11-27", 10, 1)
    assert "Tue 1 Dec" not in team("show", str(number), "-f", "md").stdout.split("Heard from us")[1].split("\n")[0]
    assert "1 working day ago" in team("show", str(number), "-f", "md").stdout
    assert "heard from us 1 working day ago" in team("who", str(number), "-f", "md").stdout
    team("told", str(number), *TO_PAT, "--as", "dana")
    assert team("show", str(number), "--json")["silent_seconds"] < 60


def test_an_ended_case_is_not_silent(team: Ask, opened: Ask) -> None:
    number = opened()
    team("close", str(number), "--outcome", "Replaced", "--confirmed-by", "Pat", "--to", "carol")
    team("ack", str(number), "--as", "carol")
    case = team("show", str(number), "--json")
    assert (case["silent_seconds"], case["silent_days"]) == (None, None)
    assert case["heard_at"] is not None
    assert team("who", str(number), "--json")["silent_seconds"] is None


def test_list_finds_who_has_not_heard_for_so_long(team: Ask, opened: Ask, clock: Any) -> None:
    long, short = opened(due="2026-12-09"), opened(due="2026-12-08")
    clock.set("2026-11-26T09:00:00Z")
    team("told", str(short), *TO_PAT)
    clock.set(FRIDAY)
    assert numbers(team, "--silent", "1d") == [short, long]
    assert numbers(team, "--silent", "2bd") == numbers(team, "--silent", "4d") == [long]
    assert numbers(team, "--silent", "33h") == numbers(team, "--silent", "1w") == []
    assert numbers(team, "--sort", "silence") == [long, short]
    for text in ("3", "0d", "-1d", "3 d", "xd", "999999h"):
        assert "takes working time" in team_refuses(team, "list", "--silent", text)


def team_refuses(team: Ask, *words: str) -> str:
    with pytest.raises(AssertionError) as refused:
        team(*words)
    return str(refused.value)


def test_each_owner_has_working_time_of_their_own(team: Ask, opened: Ask, clock: Any) -> None:
    team("person", "edit", "dana", "--hours", "mon 09:00-10:00")
    number = opened(due="2026-12-09")
    team("handoff", str(number), "--to", "dana")
    team("ack", str(number), "--as", "dana")
    clock.set(FRIDAY)
    assert team("show", str(number), "--json")["silent_days"] == 0
    assert numbers(team, "--silent", "1d") == []
    clock.set("2026-11-30T09:30:00Z")
    assert numbers(team, "--silent", "1d") == numbers(team, "--silent", "1w") == [number]


def test_a_customer_heard_from_us_about_whatever_it_was(team: Ask, opened: Ask, clock: Any) -> None:
    def heard() -> tuple[str, int]:
        (row,) = team("report", "customers", "--json")
        return row["heard_at"], row["silent_days"]

    opened(due="2026-12-09")
    clock.set(FRIDAY)
    assert heard()[1] == 4
    team("told", "norfolk", "--account", "We move house", "--how", "email", "--whom", "all")
    assert heard() == (team("history", "norfolk", "--json")[-1]["at"], 0)


# the day ------------------------------------------------------------------------------------------------------------


def test_the_daily_report_begins_with_what_stands_so_now(team: Ask, promised: int, opened: Ask, clock: Any) -> None:
    def told(what: str) -> list[tuple[Any, ...]]:
        rows = [row for row in team("report", "daily", "--json") if row["what"] == what]
        return [(row["case"], row["by"], row["text"]) for row in rows]

    marked = opened(due="2026-12-01")
    team("promise", "make", str(marked), "Loan", "--by", "2026-12-09T12:00")
    team("promise", "at-risk", f"{marked}.1", "--because", "none left")
    assert told("eta-debt") == [(promised, "ada", f"{promised}.2 New drives")]
    assert told("at-risk") == [(marked, "ada", f"{marked}.1 Loan: none left")]
    assert told("due-today") == told("silence") == []
    clock.set("2026-12-10T14:30:00Z")
    assert told("due-today") == [(promised, "ada", f"{promised}.1 Report")]
    assert told("silence") == [
        (promised, "ada", "13 working days: Devices damaged"), (marked, "ada", "13 working days: Devices damaged"),
    ]  # fmt: skip
    kinds = {row["what"] for row in team("report", "daily", "--at", "-1h", "--json")}
    assert kinds.isdisjoint({"eta-debt", "due-today", "at-risk", "silence"})
    assert "1 eta-debt" in team_refuses(team, "report", "daily", "--fail-on", "eta-debt")
