"""Plain SQL takes nothing back that the author of a case's last change could not (rules 1, 3, 5 and 7)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROB, DANA = "rob", "dana"
PLAN = "UPDATE cases SET next_action = 'As before', version = version + 1, event = :event WHERE number = 1"
TITLE = "UPDATE cases SET title = 'As before', version = version + 1, event = :event WHERE number = 1"
NOTE = "UPDATE note SET undone = 1, unseen = 0, event = :event WHERE id = :undoes"
NEVER = "UPDATE promise SET state = 'undone', event = :event WHERE case_number = 1"
OPEN = "UPDATE promise SET state = 'open', ended_at = NULL, ended_by = NULL, event = :event WHERE case_number = 1"
FIRST = f"{NEVER} AND n = 1"
EVERY = "UPDATE note SET undone = 1, unseen = 0, event = :event WHERE id = (SELECT min(id) FROM note WHERE author = 3)"
TAKE = "UPDATE promise SET state = 'undone', holder = 3, event = :event WHERE case_number = 1"
AGAIN = "UPDATE handoff SET state = 'superseded', answered_at = 'x', event = :event WHERE case_number = 1"


@pytest.fixture
def raw(opened: Any, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The store itself."""
    (store,) = (tmp_path / "home").rglob("*.db")
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        yield connection


INSERT = """
INSERT INTO event (seq, kind, actor, case_number, at, recorded_at, intent, hash)
SELECT max(seq) + 1, ?, (SELECT id FROM person WHERE handle = ?), 1, max(at), max(recorded_at), ?, ? FROM event
"""


class Attempt(NamedTuple):
    """After what people did, an undo by somebody of the event so many places from the end, and the change by it."""

    way: list[tuple[str, str]]
    by: str
    back: int
    change: str


def forge(people: Any, raw: sqlite3.Connection, attempt: Attempt) -> None:
    """Let people act, put an undo into history past the program, and change a row by it."""
    for who, words in attempt.way:
        getattr(people, who).does(*words.split())
    past = [seq for (seq,) in raw.execute("SELECT seq FROM event WHERE case_number = 1 ORDER BY seq DESC")]
    undoes = past[attempt.back]
    raw.execute("BEGIN")
    raw.execute(INSERT, ("case.undone", attempt.by, f'{{"data":{{"undoes":{undoes}}}}}', "a" * 64))
    raw.execute(attempt.change, {"event": past[0] + 1, "undoes": undoes})


KEEP = (ROB, "promise keep 1.1")
OFFER = (ROB, "handoff 1 --to dana")
REPLAN = "replan 1 -n Phone --because storm"
MAKE = "promise make 1 A-loan --by thu"


@pytest.mark.parametrize(
    "attempt",
    [
        Attempt([(ROB, REPLAN)], ROB, 0, PLAN),
        Attempt([OFFER, (ROB, REPLAN)], ROB, 1, PLAN),
        Attempt([(ROB, "edit 1 --title Wet")], ROB, 0, TITLE),
        Attempt([(DANA, "note 1 Wrong")], DANA, 0, NOTE),
        Attempt([(ROB, MAKE)], ROB, 0, NEVER),
        Attempt([(ROB, MAKE), KEEP], ROB, 0, OPEN),
        Attempt([OFFER, (ROB, REPLAN)], ROB, 1, AGAIN + " AND state = 'offered'"),
    ],
)
def test_what_an_undo_may_do(opened: Any, raw: sqlite3.Connection, attempt: Attempt) -> None:
    forge(opened, raw, attempt)
    assert raw.total_changes == 2


@pytest.mark.parametrize(
    "attempt",
    [
        pytest.param(Attempt([(ROB, REPLAN)], DANA, 0, PLAN), id="the plan, by somebody else"),
        pytest.param(Attempt([(ROB, REPLAN), (DANA, "note 1 x")], ROB, 1, PLAN), id="the plan, after somebody acted"),
        pytest.param(Attempt([(ROB, REPLAN), (ROB, "note 1 x")], ROB, 1, PLAN), id="the plan, after something else"),
        pytest.param(Attempt([(ROB, "note 1 x")], ROB, 0, PLAN), id="the plan, undoing a note"),
        pytest.param(Attempt([(ROB, REPLAN)], ROB, 0, TITLE), id="the title, undoing a plan"),
        pytest.param(Attempt([(ROB, REPLAN), (ROB, "undo 1")], ROB, 0, PLAN), id="the plan, undoing an undo"),
        pytest.param(Attempt([(ROB, "note 1 x")], DANA, 0, NOTE), id="a note, by somebody else"),
        pytest.param(Attempt([(DANA, "note 1 x"), (ROB, "seen 1")], DANA, 1, NOTE), id="a note that was seen"),
        pytest.param(Attempt([(DANA, "note 1 x"), (DANA, "note 1 y")], DANA, 0, EVERY), id="another note"),
        pytest.param(Attempt([(ROB, MAKE), (ROB, MAKE)], ROB, 0, FIRST), id="another promise"),
        pytest.param(Attempt([(ROB, MAKE)], DANA, 0, NEVER), id="a promise, by somebody else"),
        pytest.param(Attempt([(ROB, MAKE), (ROB, "note 1 x")], ROB, 0, NEVER), id="a promise, undoing a note"),
        pytest.param(Attempt([(ROB, MAKE)], ROB, 0, TAKE), id="a promise that moves on the way"),
        pytest.param(Attempt([(ROB, MAKE), OFFER, (DANA, "ack 1 --take 1")], DANA, 0, NEVER), id="a promise taken on"),
        pytest.param(Attempt([(ROB, MAKE), KEEP], ROB, 0, NEVER), id="a kept promise as never made"),
        pytest.param(Attempt([(ROB, MAKE)], ROB, 0, OPEN), id="an open promise as open again"),
        pytest.param(Attempt([OFFER, (ROB, "note 1 x")], ROB, 0, AGAIN), id="an offer, undoing a note"),
        pytest.param(Attempt([OFFER, (DANA, "ack 1")], ROB, 0, AGAIN), id="an acknowledgement, by its giver"),
    ],
)
def test_what_no_undo_may_do(opened: Any, raw: sqlite3.Connection, attempt: Attempt) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="rule"):
        forge(opened, raw, attempt)


ACK = """
UPDATE handoff SET state = 'acknowledged', answered_by = taker, answered_at = offered_at, took_action = 'x',
  took_due = '2026-11-30T10:00:00Z', event = (SELECT max(seq) FROM event) WHERE state = 'offered'
"""


def test_nobody_acknowledges_what_an_undo_has_changed(opened: Any, raw: sqlite3.Connection) -> None:
    forge(opened, raw, Attempt([OFFER, (ROB, REPLAN)], ROB, 1, "SELECT 1"))
    raw.execute(INSERT, ("handoff.acknowledged", DANA, "{}", "a" * 64))
    with pytest.raises(sqlite3.IntegrityError, match="offer it again"):
        raw.execute(ACK)


def test_an_acknowledgement_opens_no_promise_that_was_kept(opened: Any, raw: sqlite3.Connection) -> None:
    for who, words in ((ROB, MAKE), KEEP, OFFER, (DANA, "ack 1")):
        getattr(opened, who).does(*words.split())
    raw.execute("BEGIN")
    with pytest.raises(sqlite3.IntegrityError, match="rule 5"):
        raw.execute(
            "UPDATE promise SET state = 'open', holder = 3, via = (SELECT max(id) FROM handoff), event ="
            " (SELECT max(seq) FROM event) WHERE case_number = 1"
        )


def test_a_note_that_was_taken_back_leaves_the_offer_as_it_is(offered: Any) -> None:
    offered.carol.does("note", "1", "Wrong", "case")
    offered.carol.does("undo", "1")
    assert offered.case()["pending"]["to"] == "dana"
    offered.dana.does("ack", "1")
