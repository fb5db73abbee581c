"""A promise moves, is marked, changes hands and ends, and its ledger tells whose it was."""

import json
from collections.abc import Callable
from typing import Any

import pytest

Team = Callable[..., Any]
Look = Callable[..., dict[str, Any]]


@pytest.fixture
def promised(kept: Team) -> Team:
    """The team's command line after rob promised 1.1 a disk by Wednesday, 1.2 a report by Thursday."""
    kept("promise", "make", "1", "Spare disk", "--by", "2026-11-25T12:00")
    kept("promise", "make", "1", "A report", "--by", "2026-11-26T12:00")
    return kept


def ledger(team: Team, *words: str) -> dict[str, dict[str, Any]]:
    rows = json.loads(team("promise", "list", "--status", "all", *words, "--json").stdout)
    return {row["promise"]: row for row in rows}


def test_a_moved_eta_leaves_the_customer_believing_the_old_one(promised: Team) -> None:
    code, stdout, stderr = promised("promise", "move", "1.1", "--to", "2026-11-27T12:00", "--because", "Storm")
    assert (code, stdout) == (0, "1 norfolk · rob · Call Pat, Tue 24 Nov 15:00 CET · 2 promises, 1 not told\n")
    assert stderr.splitlines() == [
        "norfolk still believes Wed 25 Nov 2026 12:00 CET",
        "tell them: owncase told 1 --promise 1.1 --how phone --whom TEXT",
        "promised by: Fri 27 Nov 2026 12:00 CET",
    ]
    row = ledger(promised)["1.1"]
    assert (row["due"], row["told_due"], row["first_due"]) == (
        "2026-11-27T11:00:00Z", "2026-11-25T11:00:00Z", "2026-11-25T11:00:00Z",
    )  # fmt: skip
    assert (row["eta_debt"], row["moves"], row["late_moves"]) == (True, 1, 0)
    assert list(ledger(promised, "--eta-debt")) == ["1.1"]


def test_a_debt_is_as_old_as_the_present_gap(promised: Team) -> None:
    move = ("promise", "move", "1.1", "--because", "Storm", "--to")
    promised(*move, "2026-11-27T12:00")
    began = ledger(promised)["1.1"]["debt_since"]
    promised(*move, "2026-11-28T12:00")
    assert ledger(promised)["1.1"]["debt_since"] == began
    promised(*move, "2026-11-25T12:00")
    assert ledger(promised)["1.1"]["debt_since"] is None
    promised(*move, "2026-11-27T12:00")
    assert ledger(promised)["1.1"]["debt_since"] > began


def test_the_customer_may_be_told_in_the_same_breath(promised: Team, kinds: Callable[..., list[str]]) -> None:
    promised("handoff", "1", "--to", "dana")
    said = promised("promise", "move", "1.1", "--to", "fri", "--because", "Storm", "--how", "phone", "--whom", "Pat")
    assert (said.exit, "still believes" in said.stderr) == (0, False)
    assert kinds()[-3:] == ["promise.moved", "case.told", "handoff.offered"]
    assert ledger(promised)["1.1"]["eta_debt"] is False
    assert promised("undo", "1").exit == 3
    assert (
        promised("promise", "move", "1.1", "--to", "fri", "--because", "x", "--how", "fax", "--whom", "Pat").exit == 2
    )


def test_a_move_to_where_it_is_changes_nothing(promised: Team, case: Look) -> None:
    version = case()["version"]
    code, _, stderr = promised("promise", "move", "1.1", "--to", "2026-11-25T12:00", "--because", "Storm")
    assert (code, "promise 1.1 is due then already" in stderr) == (0, True)
    assert case()["version"] == version


def test_a_move_after_it_was_due_counts_apart(promised: Team, clock: Any) -> None:
    promised("promise", "move", "1.1", "--to", "2026-11-25T13:00", "--because", "Storm")
    clock.set("2026-11-25T12:00:00Z")
    promised("promise", "move", "1.1", "--to", "2026-11-28", "--because", "Storm")
    row = ledger(promised)["1.1"]
    assert (row["moves"], row["late_moves"]) == (1, 1)
    assert (row["fell_due_at"], row["held_when_due"]) == ("2026-11-25T12:00:00Z", "rob")


@pytest.mark.parametrize(
    ("words", "ended"),
    [
        (("break", "1.1", "--because", "No parts"), {"status": "broken", "because": "No parts", "confirmed_by": None}),
        (("release", "1.1", "--by", "Pat"), {"status": "released", "because": None, "confirmed_by": "Pat"}),
        (
            ("release", "1.1", "--by", "Pat", "--because", "Bought one"),
            {"status": "released", "because": "Bought one", "confirmed_by": "Pat"},
        ),
        (("keep", "1.1", "--confirmed-by", "Pat"), {"status": "kept", "because": None, "confirmed_by": "Pat"}),
    ],
)
def test_how_a_promise_ends_and_is_open_again_as_it_was(promised: Team, words: Any, ended: dict[str, Any]) -> None:
    promised("promise", "move", "1.1", "--to", "fri", "--because", "Storm")
    promised("promise", "at-risk", "1.1", "--because", "No parts in town")
    before = ledger(promised)["1.1"]
    assert promised("promise", *words).exit == 0
    row = ledger(promised)["1.1"]
    assert {name: row[name] for name in ended} == ended
    assert (row["ended_by"], row["at_risk"], row["eta_debt"]) == ("rob", False, False)
    assert promised("promise", *words).exit == 3
    assert "promise 1.1 is open again" in promised("undo", "1").stderr
    assert ledger(promised)["1.1"] == before
    assert promised("store", "check").exit == 0


def test_a_mark_of_risk_lasts_until_the_eta_moves_or_it_is_taken_back(promised: Team) -> None:
    mark = ("promise", "at-risk", "1.2", "--because", "Dana is ill")
    promised("replan", "1", "-d", "2026-11-24T15:00", "--because", "x")
    assert list(ledger(promised, "--at-risk")) == []
    promised(*mark)
    assert list(ledger(promised, "--at-risk")) == ["1.2"]
    assert json.loads(promised("report", "owners", "--json").stdout)[-1]["promises_at_risk"] == 1
    assert "already" in promised(*mark).stderr
    code, _, stderr = promised("promise", "at-risk", "1.2", "--because", "Something else")
    assert (code, "at risk already: Dana is ill" in stderr, "owncase note 1 TEXT" in stderr) == (3, True, True)
    assert "promise 1.2 is not at risk" in promised("undo", "1").stderr
    promised(*mark)
    promised("promise", "move", "1.2", "--to", "fri", "--because", "Dana is ill")
    assert list(ledger(promised, "--at-risk")) == []


def test_a_move_is_moved_again_and_never_undone(promised: Team) -> None:
    promised("promise", "move", "1.1", "--to", "fri", "--because", "Storm")
    promised("promise", "move", "1.1", "--to", "2026-12-04", "--because", "Storm")
    code, _, stderr = promised("undo", "1")
    assert (code, "owncase promise move 1.1 --to 2026-11-27T16:00:00Z --because TEXT" in stderr) == (3, True)


def test_the_only_open_promise_of_a_case_is_meant_and_named(promised: Team) -> None:
    code, _, stderr = promised("promise", "keep", "1")
    assert (code, "1.1 Spare disk; 1.2 A report" in stderr) == (2, True)
    promised("promise", "keep", "1.1")
    done = promised("promise", "break", "norfolk", "--because", "Nobody wrote it")
    assert (done.exit, done.stderr.splitlines()[0]) == (0, "promise 1.2: A report, by Thu 26 Nov 2026 12:00 CET")


@pytest.mark.parametrize(
    "words",
    [
        ("move", "1.1", "--to", "fri", "--because", "Storm"),
        ("break", "1.1", "--because", "No parts"),
        ("release", "1.1", "--by", "Pat"),
        ("at-risk", "1.1", "--because", "No parts"),
    ],
)
def test_a_change_by_its_holder_offers_again_and_nobody_else_makes_one(
    promised: Team, case: Look, kinds: Callable[..., list[str]], words: tuple[str, ...]
) -> None:
    promised("handoff", "1", "--to", "dana")
    code, _, stderr = promised("promise", *words, by="dana")
    assert (code, f"ask rob to run: owncase promise {words[0]} 1.1" in stderr) == (3, True)
    assert promised("promise", *words).exit == 0
    assert (case()["pending"]["to"], kinds()[-1]) == ("dana", "handoff.offered")


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("move", "1.1", "--to", "fri"), 2, "--because"),
        (("move", "1.1", "--because", "x"), 2, "--to WHEN"),
        (("move", "1.1", "--to", "2026-11-20", "--because", "x"), 3, "--allow-past"),
        (("move", "1.1", "--to", "01/02/03", "--because", "x"), 65, "01/02/03"),
        (("move", "1.9", "--to", "fri", "--because", "x"), 66, "no promise 9"),
        (("break", "1.1"), 2, "--because"),
        (("break", "1.1", "--because", " "), 65, "reason"),
        (("release", "1.1"), 2, "--by TEXT"),
        (("release", "1.1", "--by", "a\nb"), 65, "name has a line break"),
        (("at-risk", "1.1"), 2, "--because"),
        (("at-risk", "x.y", "--because", "x"), 2, "write it like 42.1"),
    ],
)
def test_what_is_missing_or_malformed_is_named(promised: Team, words: tuple[str, ...], code: int, says: str) -> None:
    outcome = promised("promise", *words)
    assert (outcome.exit, outcome.stdout) == (code, "")
    assert says in outcome.stderr


def test_the_same_request_moves_a_promise_once(promised: Team) -> None:
    move = ("promise", "move", "1.1", "--to", "fri", "--because", "Storm", "--request-id", "r-1")
    assert promised(*move).exit == 0
    assert "already done" in promised(*move).stderr
    assert ledger(promised)["1.1"]["moves"] == 1
    assert promised("promise", "break", "1.1", "--because", "x", "--if-version", "1").exit == 4


def test_the_ledger_tells_who_took_it_on_and_who_held_it_when_it_fell_due(promised: Team, clock: Any) -> None:
    promised("handoff", "1", "--to", "dana")
    promised("ack", "1", "--take", "1", "--take", "2", by="dana")
    promised("promise", "keep", "1.2", by="dana")
    clock.set("2026-11-25T12:00:00Z")
    promised("close", "1", "--outcome", "Sent", "--unconfirmed", "No answer", "--to", "carol", by="dana")
    promised("ack", "1", "--take", "1", by="carol")
    clock.move(days=1)
    promised("promise", "break", "1.1", "--because", "Lost on the way", by="carol")
    rows = ledger(promised)
    assert [(row["made_by"], [taken["by"] for taken in row["taken_on"]]) for row in rows.values()] == [
        ("rob", ["dana", "carol"]), ("rob", ["dana"]),
    ]  # fmt: skip
    assert [(row["fell_due_at"], row["held_when_due"]) for row in rows.values()] == [
        ("2026-11-25T11:00:00Z", "dana"), (None, None),
    ]  # fmt: skip


def test_the_next_owner_of_a_closed_case_holds_what_falls_due_afterwards(promised: Team, clock: Any) -> None:
    promised("close", "1", "--outcome", "Sent", "--unconfirmed", "No answer", "--to", "carol")
    promised("ack", "1", "--take", "1", "--take", "2", by="carol")
    closed = clock.at
    clock.set("2026-11-25T12:00:00Z")
    assert ledger(promised)["1.1"]["held_when_due"] == "carol"
    then = json.loads(promised("report", "owners", "--at", closed.isoformat(), "--json").stdout)
    assert {row["owner"]: row["promises_open"] for row in then if row["promises_open"]} == {"carol": 2}


def test_a_promise_is_seen_as_it_was_at_each_moment(promised: Team, clock: Any) -> None:
    def at(moment: str) -> list[tuple[Any, ...]]:
        card = json.loads(promised("who", "1", "--at", moment, "--json").stdout)
        (one,) = [promise for promise in card["promises"] if promise["promise"] == "1.1"] or [{}]
        return [one.get(name) for name in ("due", "told_due", "holder", "eta_debt")]

    moments = [clock.at.isoformat()]
    for words, by in (
        (("promise", "move", "1.1", "--to", "2026-12-04T12:00", "--because", "Storm"), "rob"),
        (("told", "1", "--how", "phone", "--whom", "Pat"), "rob"),
        (("handoff", "1", "--to", "dana"), "rob"),
        (("ack", "1", "--take", "1", "--take", "2"), "dana"),
        (("promise", "break", "1.1", "--because", "Lost"), "dana"),
        (("undo", "1"), "dana"),
        (("promise", "move", "1.1", "--to", "2026-12-05T12:00", "--because", "Storm"), "dana"),
    ):
        clock.move(minutes=1)
        assert promised(*words, by=by).exit == 0
        moments.append(clock.at.isoformat())
    first, later, last = "2026-11-25T11:00:00Z", "2026-12-04T11:00:00Z", "2026-12-05T17:00:00Z"
    clock.move(days=1)
    assert [at(moment) for moment in moments] == [
        [first, first, "rob", False], [later, first, "rob", True], [later, later, "rob", False],
        [later, later, "rob", False], [later, later, "dana", False], [None, None, None, None],
        [later, later, "dana", False], [last, later, "dana", True],
    ]  # fmt: skip


def test_a_card_of_the_past_calls_nothing_overdue_that_was_not(promised: Team, clock: Any) -> None:
    then = clock.at.isoformat()
    clock.move(days=9)
    assert "overdue 6 d" in promised("who", "1", terminal=True).stdout
    assert "overdue" not in promised("who", "1", "--at", then, terminal=True).stdout


def test_the_ledger_is_readable_on_a_narrow_screen(promised: Team) -> None:
    promised("promise", "move", "1.1", "--to", "fri", "--because", "Storm")
    shown = promised("promise", "list", terminal=True, environ={"COLUMNS": "80", "NO_COLOR": "1"}).stdout
    assert max(len(line) for line in shown.splitlines()) <= 80
    assert "Spare disk" in shown
    assert "Fri 27 Nov 17:00 CET" in shown


def test_an_opening_makes_several_promises(team: Team) -> None:
    opened = ("open", "Disks", "-c", "norfolk", "-n", "Call Pat", "-d", "fri", "--keep")
    pairs = ("--promise", "A loan", "--by", "fri", "--promise", "New disks", "--by", "2026-12-04")
    assert team(*opened, *pairs).exit == 0
    assert [row["text"] for row in ledger(team, "1").values()] == ["A loan", "New disks"]
    assert team(*opened, *pairs, "--promise", "Third").exit == 2
