"""A case that was closed unconfirmed stays on a list until somebody hears that the customer is content."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

CLOSE = ("close", "1", "--outcome", "Loan unit runs", "--unconfirmed", "Pat is away")
ENDED = "1 norfolk · closed by rob, next owner dana · Loan unit runs"


@pytest.fixture
def closed(opened: Any) -> Any:
    """Case 1, closed unconfirmed by Rob; Dana answers for what comes back."""
    opened.rob.does(*CLOSE)
    assert opened.dana.does("ack", "1") == [f"{ENDED} · not confirmed yet"]
    return opened


def test_it_stays_on_the_list_until_anybody_hears_that_it_is_done(closed: Any) -> None:
    (row,) = closed.rob.asks("list", "--unconfirmed")
    assert (row["case"], row["unconfirmed"], row["next_owner"]) == (1, "Pat is away", "dana")
    contacts = closed.case()["version"]
    assert closed.carol.does("confirm", "1", "--by", "Pat Moore") == [f"{ENDED} · confirmed by Pat Moore"]
    assert closed.rob.asks("list", "--unconfirmed") == []
    case = closed.case()
    assert (case["confirmed_by"], case["unconfirmed"], case["status"]) == ("Pat Moore", "Pat is away", "closed")
    assert case["version"] == contacts + 1
    closed.rob.does("store", "check")


def test_who_answers_for_it_is_told_beside_what_is_next(closed: Any) -> None:
    line = "1 closing unconfirmed (1): owncase list --unconfirmed --owner dana"
    assert line in closed.dana("next").stderr.splitlines()
    assert "unconfirmed" not in closed.rob("next").stderr
    assert [row["case"] for row in closed.rob.asks("list", "--unconfirmed", "--owner", "dana")] == [1]
    assert closed.rob.asks("list", "--unconfirmed", "--owner", "rob") == []
    closed.dana.does("confirm", "1", "--by", "Pat")
    assert "unconfirmed" not in closed.dana("next").stderr


def test_the_list_begins_with_the_oldest_and_says_why_and_who_answers(closed: Any, clock: Any) -> None:
    clock.move(hours=1)
    for title in ("Fan is loud", "Pallet 7 arrived wet"):
        closed.rob.does("open", title, "-c", "norfolk", "-n", "Call", "-d", "fri", "--keep")
    for number in ("3", "2"):
        closed.rob.does("close", number, "--outcome", "Done", "--unconfirmed", "Nobody rang back")
        closed.dana.does("ack", number)
    shown = closed.rob("list", "--unconfirmed", terminal=True, environ={"NO_COLOR": "1", "COLUMNS": "99"}).stdout
    assert shown.splitlines() == [
        "Case  Answers  Customer  Title                 Why not confirmed  Closed",
        "   1  dana     norfolk   Drives fail           Pat is away        Mon 23 Nov 09:00 UTC",
        "   3  dana     norfolk   Pallet 7 arrived wet  Nobody rang back   Mon 23 Nov 10:00 UTC",
        "   2  dana     norfolk   Fan is loud           Nobody rang back   Mon 23 Nov 10:00 UTC",
    ]


def test_a_second_confirmation_is_done_already(closed: Any) -> None:
    closed.dana.does("confirm", "1", "--by", "Pat")
    again = closed.rob("confirm", "1", "--by", "Somebody")
    assert (again.exit, again.stderr) == (0, "already confirmed by Pat\n")
    assert closed.kinds().count("case.confirmed") == 1


def test_what_was_confirmed_at_the_closing_is_confirmed(opened: Any) -> None:
    opened.rob.does("close", "1", "--outcome", "Runs", "--confirmed-by", "Pat")
    assert opened.rob.is_told(3, "confirm", "1", "--by", "Pat") == "case 1 is open, not closed — owncase show 1"
    opened.dana.does("ack", "1")
    assert opened.rob("confirm", "1", "--by", "Jo").stderr == "already confirmed by Pat\n"


def test_a_reopened_case_is_no_longer_on_the_list(closed: Any) -> None:
    closed.dana.does("confirm", "1", "--by", "Pat")
    closed.rob.does("reopen", "1", "--because", "Fails again", "-n", "Call", "-d", "fri")
    case = closed.case()
    assert (case["confirmed_by"], case["unconfirmed"]) == (None, None)
    assert closed.rob.asks("list", "--unconfirmed") == []
    assert closed.rob.is_told(3, "confirm", "1", "--by", "Pat") == "case 1 is open, not closed — owncase show 1"


def test_a_confirmation_stays_done(closed: Any) -> None:
    closed.dana.does("confirm", "1", "--by", "Pat")
    told = closed.dana.is_told(3, "undo", "1")
    assert told == "the confirmation of case 1 is never undone — owncase note 1 TEXT"


def test_who_confirmed_is_asked_for_at_a_terminal_and_missing_elsewhere(closed: Any) -> None:
    assert closed.rob.is_told(2, "confirm", "1") == "missing: confirmed by — say it with --by TEXT"
    assert closed.rob.is_told(65, "confirm", "1", "--by", "a\nb").startswith("name has a line break")
    done = closed.rob("confirm", "1", terminal=True, stdin="Pat\n")
    assert done.stdout == f"{ENDED} · confirmed by Pat\n"


def test_it_is_done_once_a_request_and_for_the_version_that_was_looked_at(closed: Any) -> None:
    version = closed.case()["version"]
    closed.rob.is_told(4, "confirm", "1", "--by", "Pat", "--if-version", str(version + 1))
    for _ in range(2):
        assert closed.rob.asks("confirm", "1", "--by", "Pat", "--request-id", "c-1")["confirmed_by"] == "Pat"
    assert closed.kinds().count("case.confirmed") == 1


@pytest.fixture
def raw(closed: Any, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The store itself."""
    (store,) = (tmp_path / "home").rglob("*.db")
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        yield connection


EVENT = """
INSERT INTO event (seq, kind, actor, case_number, at, recorded_at, intent, hash)
SELECT max(seq) + 1, ?, 2, 1, max(at), max(recorded_at), '{}', ? FROM event
"""
CHANGE = "UPDATE cases SET {}, version = version + 1, event = (SELECT max(seq) FROM event) WHERE number = 1"


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        pytest.param("case.noted", "confirmed_by = 'Pat'", id="by a note"),
        pytest.param("case.confirmed", "confirmed_by = ' '", id="by nobody"),
        pytest.param("case.confirmed", "confirmed_by = NULL", id="no confirmation"),
        pytest.param("case.confirmed", "confirmed_by = 'Pat', unconfirmed = NULL", id="without the reason it was not"),
        pytest.param("case.confirmed", "confirmed_by = 'Pat', next_owner = 2", id="with another next owner"),
        pytest.param("case.confirmed", "confirmed_by = 'Pat', outcome = 'x'", id="with another outcome"),
        pytest.param("case.confirmed", "confirmed_by = 'Pat', closed_at = '2026'", id="at another moment"),
        pytest.param("case.confirmed", "confirmed_by = 'Pat', contacts = 1", id="as a contact"),
        pytest.param("case.confirmed", "confirmed_by = 'Pat', came_back = 9", id="as come back"),
        pytest.param("case.reopened", "status = 'open', owner = 3, next_owner = NULL, next_action = 'x',"
                     " next_due = '2026-12-01T10:00:00Z', confirmed_by = 'Pat'", id="by a reopening"),
    ],
)  # fmt: skip
def test_plain_sql_confirms_nothing_else(raw: sqlite3.Connection, kind: str, change: str) -> None:
    raw.execute("BEGIN")
    raw.execute(EVENT, (kind, "a" * 64))
    with pytest.raises(sqlite3.IntegrityError, match="rule"):
        raw.execute(CHANGE.format(change))


def test_plain_sql_may_confirm_once(raw: sqlite3.Connection) -> None:
    raw.execute("BEGIN")
    raw.execute(EVENT, ("case.confirmed", "a" * 64))
    assert raw.execute(CHANGE.format("confirmed_by = 'Pat'")).rowcount == 1
    raw.execute(EVENT, ("case.confirmed", "b" * 64))
    with pytest.raises(sqlite3.IntegrityError, match="rule 7"):
        raw.execute(CHANGE.format("confirmed_by = 'Jo'"))
