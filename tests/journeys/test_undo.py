"""A slip is taken back by who made it, by an event that corrects it, as long as nobody acted since."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot

Team = Callable[..., Any]
Look = Callable[..., dict[str, Any]]
Kinds = Callable[..., list[str]]

PLAN = ("next_action", "next_due", "waiting_for", "replans")
TAKEN_BACK = [
    ("done", "1", "-n", "Drive there", "-d", "fri 15:00", "--did", "Called"),
    ("replan", "1", "-n", "Phone again", "--because", "storm"),
    ("replan", "1", "-d", "2026-11-27T15:00", "--because", "storm"),
    ("edit", "1", "--title", "Disks wet", "--cause", "storm", "--urgency", "hot"),
    ("promise", "make", "1", "A", "spare", "disk", "--by", "fri"),
]


@pytest.fixture
def sound(team: Team) -> Any:
    """Whatever a test did, the store is sound afterwards."""
    yield
    code, _, stderr = team("store", "check")
    assert (code, stderr) == (0, "")


pytestmark = pytest.mark.usefixtures("sound")


def state(case: Look) -> dict[str, Any]:
    """How a case stands, but for what counts its changes."""
    found = case()
    left_out = ("version", "changed_at", "history", "promises", "notes")
    promises = [promise for promise in found["promises"] if promise["status"] != "undone"]
    return {name: value for name, value in found.items() if name not in left_out} | {"promises": promises}


@pytest.mark.parametrize("words", TAKEN_BACK, ids=lambda words: " ".join(words[:5]))
def test_what_the_owner_changed_is_as_it_was(kept: Team, case: Look, kinds: Kinds, words: tuple[str, ...]) -> None:
    kept("done", "1", "-n", "Look", "-d", "eow", "--waiting-for", "Pat: photos")
    kept("replan", "1", "-d", "2026-11-26", "--because", "ferry")
    before = state(case)
    kept(*words)
    assert state(case) != before
    assert kept("undo", "1").exit == 0
    assert state(case) == before
    assert kinds()[-1] == "case.undone"


def test_undo_says_what_it_took_back(kept: Team, case: Look) -> None:
    kept("replan", "1", "-n", "Phone again", "--because", "storm")
    code, stdout, stderr = kept("undo", "1")
    assert (code, stdout, stderr) == snapshot(
        (
            0,
            "1 norfolk · rob · Call Pat, Tue 24 Nov 15:00 CET\n",
            "undone: replan of 10:00; next action is again Call Pat, Tue 24 Nov 15:00 CET\n",
        )
    )
    assert kept("history", "1", "--limit", "2", "-f", "md").stdout == snapshot("""\
| When | Who | What | Text | Claimed |
| --- | --- | --- | --- | --- |
| Mon 23 Nov 10:00 CET | rob | planned anew (undone) | storm |  |
| Mon 23 Nov 10:00 CET | rob | took back: the new plan | Call Pat |  |
""")


@pytest.mark.parametrize("words", TAKEN_BACK, ids=lambda words: " ".join(words[:5]))
def test_what_was_on_offer_is_offered_again_as_it_was(
    kept: Team, case: Look, kinds: Kinds, words: tuple[str, ...]
) -> None:
    packet = ("--note", "Take care", "-n", "Old idea", "-d", "fri", "--answer-by", "2026-11-25T10:00")
    kept("handoff", "1", "--to", "dana", *packet)
    before = state(case)
    kept(*words)
    code, _, stderr = kept("undo", "1")
    assert (code, "offered again to dana, as it was before" in stderr) == (0, True)
    after = state(case)
    offered_at = (before["pending"].pop("offered_at"), after["pending"].pop("offered_at"))
    assert offered_at[0] < offered_at[1]
    assert after == before
    assert kinds()[-2:] == ["case.undone", "handoff.offered"]
    assert kept("ack", "1", by="dana").exit == 0


def test_the_due_that_comes_back_may_have_passed(kept: Team, case: Look, clock: Any) -> None:
    clock.set("2026-11-25T09:00:00Z")
    kept("replan", "1", "-d", "fri", "--because", "late")
    assert kept("undo", "1").exit == 0
    assert (case()["next_due"], case()["overdue"]) == ("2026-11-24T14:00:00Z", True)


def test_what_had_come_back_is_back(opened: Team, case: Look) -> None:
    opened("decline", "1", "--reason", "away", by="dana")
    opened("done", "1", "-n", "Look", "-d", "2026-12-11")
    assert "Came back" not in opened("next").stdout
    opened("undo", "1")
    assert "Came back" in opened("next").stdout


def test_another_customer_and_the_offer_that_came_of_it(kept: Team, case: Look) -> None:
    kept("person", "add", "eve", "--name", "Eve Ray")
    kept("customer", "add", "beta", "--name", "Beta Works", "--owner", "eve")
    before = state(case)
    kept("edit", "1", "-c", "beta")
    assert case()["pending"]["to"] == "eve"
    code, _, stderr = kept("undo", "1")
    assert (code, "customer is again norfolk" in stderr) == (0, True)
    assert state(case) == before


def test_a_customer_that_ended_an_offer_starts_it_again(opened: Team, case: Look) -> None:
    opened("edit", "1", "-c", "acme")
    assert case()["pending"] is None
    opened("undo", "1")
    assert (case()["customer"], case()["pending"]["to"]) == ("norfolk", "dana")


def test_a_note_stays_in_history_and_waits_for_nobody(kept: Team, case: Look) -> None:
    kept("note", "1", "Wrong", "case,", "sorry", by="carol")
    assert case()["unseen_notes"] == 1
    code, _, stderr = kept("undo", "1", by="carol")
    assert (code, "the note stands as undone" in stderr) == (0, True)
    note = case()["notes"][-1]
    assert (note["text"], note["undone"], note["unseen"], case()["owner"]) == ("Wrong case, sorry", True, False, "rob")
    told = json.loads(kept("history", "1", "--json").stdout)
    assert [(event["what"], event["undone"]) for event in told[-2:]] == [
        ("noted (undone)", True),
        ("took back: the note", False),
    ]
    assert kept("seen", "1").exit == 3


def test_a_promise_that_was_recorded_by_mistake_counts_nowhere(kept: Team, case: Look, clock: Any) -> None:
    kept("promise", "make", "1", "A", "spare", "disk", "--by", "fri")
    code, _, stderr = kept("undo", "1")
    assert (code, "promise 1.1 was none" in stderr) == (0, True)
    assert (case()["promises_open"], case()["promises"][0]["status"]) == (0, "undone")
    assert kept("promise", "list").stdout.count("\n") <= 1
    assert json.loads(kept("promise", "list", "--status", "undone", "--json").stdout)[0]["promise"] == "1.1"
    assert kept("promise", "keep", "1.1").exit == 3
    clock.move(hours=1)
    owners = json.loads(kept("report", "owners", "--at", "-1m", "--json").stdout)
    assert sum(row["promises_open"] for row in owners) == 0
    kept("promise", "make", "1", "Another", "--by", "fri")
    assert case()["promises"][-1]["promise"] == "1.2"


def test_a_promise_kept_by_mistake_is_open_again_also_in_a_closed_case(kept: Team, case: Look) -> None:
    kept("promise", "make", "1", "A", "spare", "disk", "--by", "fri")
    kept("close", "1", "--outcome", "Dry", "--confirmed-by", "Pat")
    assert kept("ack", "1", "--take", "1", by="dana").exit == 0
    assert kept("promise", "keep", "1.1", "--confirmed-by", "Pat", by="dana").exit == 0
    code, _, stderr = kept("undo", "1", by="dana")
    assert (code, "promise 1.1 is open again" in stderr) == (0, True)
    promise = case()["promises"][0]
    assert (promise["status"], promise["owner"], promise["kept_at"], promise["confirmed_by"]) == (
        "open", "dana", None, None,
    )  # fmt: skip
    assert case()["status"] == "closed"
    assert kept("promise", "keep", "1.1", by="dana").exit == 0


def test_an_offer_is_withdrawn_and_a_withdrawal_offers_again(kept: Team, case: Look, kinds: Kinds) -> None:
    kept("handoff", "1", "--to", "dana", "--note", "Take care", "--answer-by", "2026-11-25T10:00")
    code, _, stderr = kept("undo", "1")
    assert (code, "no longer offered to dana" in stderr, case()["pending"]) == (0, True, None)
    kept("handoff", "1", "--to", "dana", "--note", "Take care", "--answer-by", "2026-11-25T10:00")
    kept("withdraw", "1")
    code, _, stderr = kept("undo", "1")
    assert (code, "offered to dana again" in stderr) == (0, True)
    pending = case()["pending"]
    assert (pending["to"], pending["note"], pending["answer_by"]) == ("dana", "Take care", "2026-11-25T09:00:00Z")
    assert kinds()[-1] == "handoff.offered"


@pytest.mark.parametrize(
    "words",
    [
        *TAKEN_BACK,
        ("note", "1", "x"),
        ("handoff", "1", "--to", "dana"),
        ("close", "1", "--outcome", "x", "--confirmed-by", "y"),
    ],
    ids=lambda words: " ".join(words[:3]),
)
def test_what_was_undone_is_not_done_again_by_an_undo(kept: Team, kinds: Kinds, words: tuple[str, ...]) -> None:
    kept(*words)
    kept("undo", "1")
    before = kinds()
    code, stdout, stderr = kept("undo", "1")
    assert (code, stdout) == (3, "")
    assert stderr == "owncase: nothing of yours to undo in case 1 — owncase history 1\n"
    assert kinds() == before


@pytest.mark.parametrize(
    ("way", "by", "fix"),
    [
        ([], "rob", "owncase void 1 --reason mistake"),
        ([("rob", "handoff 1 --to dana"), ("dana", "ack 1")], "dana", "owncase handoff 1 --to rob"),
        ([("rob", "handoff 1 --to dana"), ("dana", "decline 1 --reason away")], "dana",
         "ask rob to run: owncase handoff 1 --to dana"),
        ([("rob", "handoff 1 --to dana"), ("dana", "seen 1")], "dana", "owncase history 1"),
        ([("rob", "close 1 --outcome x --confirmed-by y"), ("dana", "ack 1")], "dana",
         "owncase reopen 1 --because TEXT -n ACTION -d WHEN"),
        ([("rob", "void 1 --reason mistake")], "rob", "owncase reopen 1 --because TEXT -n ACTION -d WHEN"),
        ([("rob", "void 1 --reason mistake"), ("rob", "reopen 1 --because x -n Look -d fri")], "rob",
         "owncase withdraw 1, then owncase close 1"),
    ],
)  # fmt: skip
def test_what_others_rely_on_stays_done_and_says_what_helps(
    kept: Team, kinds: Kinds, way: list[tuple[str, str]], by: str, fix: str
) -> None:
    for who, words in way:
        assert kept(*words.split(), by=who).exit == 0
    before = kinds()
    code, stdout, stderr = kept("undo", "1", by=by)
    assert (code, stdout) == (3, "")
    assert f"never undone — {fix}" in stderr
    assert kinds() == before


def test_an_opening_with_its_offer_and_promise_is_one_change(team: Team) -> None:
    team("open", "Disks", "-c", "norfolk", "-n", "Call", "-d", "fri", "--promise", "Call back", "--by", "fri")
    stderr = team("undo", "1").stderr
    assert stderr.endswith("never undone — owncase withdraw 1, then owncase void 1 --reason mistake\n")


@pytest.mark.parametrize("words", ["note 1 I-know-Pat", "seen 1", "ack 1"])
def test_nothing_is_undone_once_somebody_acted_since(opened: Team, kinds: Kinds, words: str) -> None:
    opened("replan", "1", "-n", "Phone again", "--because", "storm")
    assert opened(*words.split(), by="dana").exit == 0
    before = kinds()
    code, stdout, stderr = opened("undo", "1")
    assert (code, stdout) == (3, "")
    assert "somebody acted since on case 1: dana's " in stderr
    assert "owncase history 1" in stderr
    assert kinds() == before


def test_somebody_elses_change_is_theirs_to_undo(kept: Team, kinds: Kinds) -> None:
    kept("done", "1", "-n", "Look", "-d", "fri")
    before = kinds()
    code, _, stderr = kept("undo", "1", by="carol")
    assert (code, "nothing is yours to undo in case 1: rob's opening of " in stderr) == (3, True)
    assert kinds() == before


def test_a_promise_that_was_taken_on_is_not_taken_back(opened: Team) -> None:
    opened("promise", "make", "1", "A", "spare", "--by", "fri")
    opened("ack", "1", "--take", "1", by="dana")
    for who in ("rob", "dana"):
        assert opened("undo", "1", by=who).exit == 3


def test_an_import_is_not_undone(team: Team, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("id,at,who,state,for\n7,2026-11-01T10:00,dana,open,norfolk\n")
    columns = ("--case", "id", "--at", "at", "--owner", "who", "--status", "state", "--customer", "for")
    done = team("import", "log", str(log), *columns, "--closed", "done", "--next", "Look", "--due-default", "fri")
    assert done.exit == 0, done.stderr
    assert "never undone" in team("undo", "1").stderr


def test_a_case_that_an_import_opened_and_offered_is_one_change(team: Team, case: Look, tmp_path: Path) -> None:
    cases = tmp_path / "cases.csv"
    cases.write_text(
        "id,title,customer,owner,next,due\n1,Wet,norfolk,dana,Look,2026-12-01\n2,Dry,norfolk,dana,Go,2026-12-01\n"
    )
    assert team("import", "cases", str(cases), "--yes").exit == 0
    assert case()["pending"]["to"] == "dana"
    stderr = team("undo", "1").stderr
    assert "the opening of case 1 is never undone — owncase withdraw 1, then owncase void 1" in stderr


def test_a_dry_run_says_what_it_would_undo(kept: Team, kinds: Kinds) -> None:
    kept("replan", "1", "-n", "Phone again", "--because", "storm")
    before = kinds()
    code, stdout, stderr = kept("undo", "1", "--dry-run")
    assert (code, stdout, stderr) == snapshot(
        (
            0,
            "1 norfolk · rob · Phone again, Tue 24 Nov 15:00 CET\n",
            "would undo: replan of 10:00; next action is again Call Pat, Tue 24 Nov 15:00 CET\n",
        )
    )
    assert kinds() == before


def test_the_same_request_is_undone_once(kept: Team, kinds: Kinds) -> None:
    kept("note", "1", "First")
    kept("note", "1", "Second")
    assert kept("undo", "1", "--request-id", "r-1").exit == 0
    before = kinds()
    code, _, stderr = kept("undo", "1", "--request-id", "r-1")
    assert (code, stderr, kinds()) == (0, "already done\n", before)
    assert kept("undo", "1", "--if-version", "2").exit == 4


def test_the_case_in_a_format(kept: Team) -> None:
    kept("note", "1", "Wrong")
    assert json.loads(kept("undo", "1", "--json").stdout)["case"] == 1


def test_the_past_shows_what_was_so_then(kept: Team, clock: Any) -> None:
    clock.set("2026-11-23T10:00:00Z")
    kept("replan", "1", "-n", "Phone again", "--because", "storm")
    clock.set("2026-11-23T11:00:00Z")
    kept("undo", "1")
    clock.set("2026-11-23T12:00:00Z")
    seen = {at: json.loads(kept("who", "1", "--at", at, "--json").stdout)["next_action"] for at in ("-90m", "-30m")}
    assert seen == {"-90m": "Phone again", "-30m": "Call Pat"}


def test_an_export_with_undone_changes_comes_back(opened: Team, run: Any, tmp_path: Path) -> None:
    for words in (*TAKEN_BACK, ("note", "1", "Wrong"), ("withdraw", "1"), ("note", "1", "Wrong again")):
        assert opened(*words).exit == 0
        assert opened("undo", "1").exit == 0
    assert opened("export", str(tmp_path / "all.jsonl")).exit == 0
    again = ("--store", str(tmp_path / "again.db"))
    assert run(*again, "init", "--from", str(tmp_path / "all.jsonl"), os_user="rob").exit == 0
    assert run(*again, "store", "check", os_user="rob").exit == 0
    notes = json.loads(run(*again, "show", "1", "--json", os_user="rob").stdout)["notes"]
    assert [note["undone"] for note in notes] == [True, True]
    with closing(sqlite3.connect(tmp_path / "again.db")) as one, closing(sqlite3.connect(tmp_path / "team.db")) as two:
        for table in ("cases", "handoff", "promise", "note"):
            sql = f"SELECT * FROM {table}"
            assert one.execute(sql).fetchall() == two.execute(sql).fetchall()


def test_an_upgrade_tells_undone_changes_again(kept: Team, case: Look) -> None:
    kept("note", "1", "Wrong")
    kept("undo", "1")
    kept("replan", "1", "-n", "Phone again", "--because", "storm")
    kept("undo", "1")
    before = case()
    kept("store", "upgrade")
    assert case() == before
