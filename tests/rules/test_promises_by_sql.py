"""Plain SQL moves, marks and ends no promise but as the event of its holder says (rules 5 and 7)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

FORGED = """
INSERT INTO event (seq, kind, actor, case_number, at, recorded_at, intent, hash)
SELECT max(seq) + 1, ?, (SELECT id FROM person WHERE handle = ?), 1, ?, ?, ?, ? FROM event
"""
AT, DUE, LATER = "2026-11-24T09:00:00Z", "2026-11-26T12:00:00Z", "2026-12-04T12:00:00Z"
MOVED, LATE = (
    f"due = '{LATER}', debt_since = '{AT}', moves = 1",
    f"due = '{LATER}', debt_since = '{AT}', late_moves = 1",
)
ENDED = f"ended_at = '{AT}', ended_by = (SELECT id FROM person WHERE handle = 'rob')"
MARKED = f"risk = 'no parts', risk_at = '{AT}'"


class Attempt(NamedTuple):
    """An event of this kind by somebody about promise `n`, and what is set of promise 1.1 by it."""

    kind: str
    change: str
    by: str = "rob"
    n: int = 1
    due: str = LATER
    at: str = AT


@pytest.fixture
def raw(opened: Any, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The store itself, in which rob promised 1.1 and 1.2."""
    for text in ("A loan", "New drives"):
        opened.rob.does("promise", "make", "1", text, "--by", DUE)
    (store,) = (tmp_path / "home").rglob("*.db")
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        yield connection


def forge(raw: sqlite3.Connection, attempt: Attempt) -> None:
    """Put an event into history past the program, and change promise 1.1 by it."""
    raw.execute("BEGIN")
    intent = f'{{"data":{{"due":"{attempt.due}","n":{attempt.n}}}}}'
    raw.execute(FORGED, (attempt.kind, attempt.by, attempt.at, attempt.at, intent, "a" * 64))
    sets = f"{attempt.change}, event = (SELECT max(seq) FROM event)"
    raw.execute(f"UPDATE promise SET {sets} WHERE case_number = 1 AND n = 1")


@pytest.mark.parametrize(
    "attempt",
    [
        Attempt("promise.moved", MOVED),
        Attempt("promise.moved", LATE.replace(AT, DUE), at=DUE),
        Attempt("promise.kept", f"state = 'kept', {ENDED}"),
        Attempt("promise.broken", f"state = 'broken', because = 'x', {ENDED}"),
        Attempt("promise.released", f"state = 'released', confirmed_by = 'Pat', {ENDED}"),
        Attempt("promise.at_risk", MARKED),
    ],
    ids=lambda attempt: attempt.kind,
)
def test_what_the_holder_may_say(raw: sqlite3.Connection, attempt: Attempt) -> None:
    forge(raw, attempt)
    assert raw.total_changes == 2


@pytest.mark.parametrize(
    "attempt",
    [
        pytest.param(Attempt("promise.moved", MOVED, by="dana"), id="a move by somebody else"),
        pytest.param(Attempt("promise.moved", MOVED, n=2), id="a move of another promise"),
        pytest.param(Attempt("promise.moved", MOVED, due=DUE), id="a move to another moment than was said"),
        pytest.param(Attempt("promise.moved", f"due = '{LATER}', moves = 1"), id="a move without a debt"),
        pytest.param(Attempt("promise.moved", MOVED.replace(AT, DUE)), id="a debt that is younger than its move"),
        pytest.param(Attempt("promise.moved", f"{MOVED}, told_due = '{LATER}'"), id="a move that tells the customer"),
        pytest.param(Attempt("promise.moved", LATE), id="a move in time that counts as late"),
        pytest.param(Attempt("promise.moved", MOVED.replace(AT, DUE), at=DUE), id="a late move that counts as in time"),
        pytest.param(Attempt("promise.moved", f"due = '{LATER}', debt_since = '{AT}'"), id="a move not counted"),
        pytest.param(Attempt("promise.moved", f"{MOVED}, {MARKED}"), id="a move that marks"),
        pytest.param(Attempt("promise.moved", f"{MOVED}, holder = 3"), id="a move to somebody else"),
        pytest.param(Attempt("promise.moved", f"{MOVED}, text = 'x'"), id="a move of the words"),
        pytest.param(Attempt("promise.moved", f"{MOVED}, first_due = '{LATER}'"), id="a move of the first ETA"),
        pytest.param(Attempt("promise.moved", f"state = 'broken', because = 'x', {ENDED}"), id="a move that ends"),
        pytest.param(Attempt("promise.kept", MOVED), id="a move by another event"),
        pytest.param(Attempt("case.noted", MOVED), id="a move by a note"),
        pytest.param(Attempt("promise.kept", f"state = 'released', confirmed_by = 'Pat', {ENDED}"), id="another end"),
        pytest.param(Attempt("promise.kept", f"state = 'kept', because = 'x', {ENDED}"), id="kept for a reason"),
        pytest.param(Attempt("promise.kept", f"state = 'kept', ended_at = '{AT}'"), id="kept by nobody"),
        pytest.param(Attempt("promise.kept", f"state = 'kept', {ENDED}", n=2), id="kept by the event of another"),
        pytest.param(Attempt("promise.broken", f"state = 'broken', {ENDED}"), id="broken without a reason"),
        pytest.param(Attempt("promise.released", f"state = 'released', {ENDED}"), id="released by nobody"),
        pytest.param(Attempt("promise.released", f"state = 'released', confirmed_by = 'Pat', {ENDED}", by="dana"),
                     id="a release by somebody else"),
        pytest.param(Attempt("promise.at_risk", MARKED, by="dana"), id="a mark by somebody else"),
        pytest.param(Attempt("promise.at_risk", "risk = 'no parts'"), id="a mark without a moment"),
        pytest.param(Attempt("promise.at_risk", f"{MARKED}, due = '{LATER}'"), id="a mark that moves"),
        pytest.param(Attempt("case.told", MARKED), id="a mark by what was told"),
    ],
)  # fmt: skip
def test_what_plain_sql_may_not_say(raw: sqlite3.Connection, attempt: Attempt) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        forge(raw, attempt)


def test_what_has_ended_stays_as_it_ended(opened: Any, raw: sqlite3.Connection) -> None:
    opened.rob.does("promise", "break", "1.1", "--because", "No parts")
    for attempt in (
        Attempt("promise.moved", MOVED), Attempt("promise.at_risk", MARKED),
        Attempt("promise.kept", f"state = 'kept', because = NULL, {ENDED}"),
    ):  # fmt: skip
        with pytest.raises(sqlite3.IntegrityError, match="rule 5"):
            forge(raw, attempt)
        raw.execute("ROLLBACK")


@pytest.mark.parametrize("words", [
    "promise move 1.1 --to 2026-12-04 --because storm", "promise break 1.1 --because storm",
    "promise release 1.1 --by Pat", "promise at-risk 1.1 --because storm",
])  # fmt: skip
def test_nobody_acknowledges_an_offer_that_a_promise_has_outrun(
    opened: Any, raw: sqlite3.Connection, words: str
) -> None:
    opened.rob.does("handoff", "1", "--to", "dana")
    raw.execute("PRAGMA ignore_check_constraints = ON")
    offer = raw.execute("SELECT max(id) FROM handoff").fetchone()[0]
    kind = {"move": "moved", "break": "broken", "release": "released", "at-risk": "at_risk"}[words.split()[1]]
    raw.execute("BEGIN")
    raw.execute(FORGED, (f"promise.{kind}", "rob", AT, AT, '{"data":{"n":1}}', "a" * 64))
    raw.execute(FORGED, ("handoff.acknowledged", "dana", AT, AT, '{"data":{"take":[1,2]}}', "b" * 64))
    with pytest.raises(sqlite3.IntegrityError, match="offer it again"):
        raw.execute(
            "UPDATE handoff SET state = 'acknowledged', answered_by = taker, answered_at = ?, took_action = 'x',"
            " took_due = ?, event = (SELECT max(seq) FROM event) WHERE id = ?", (AT, LATER, offer),
        )  # fmt: skip
    raw.execute("ROLLBACK")
    opened.rob.does(*words.split())
    assert raw.execute("SELECT state FROM handoff WHERE id = ?", (offer,)).fetchone() == ("superseded",)
