"""Plain SQL offers no ETA unmentioned and puts no terms into a no; nor does a made-up event (rules 5 and 7)."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from owncase.domain import history
from owncase.domain.event import Event
from owncase.domain.form import NotOfItsForm, has_form
from owncase.domain.terms import DebtNotNamed, OtherTerms
from owncase.errors import OwncaseError
from owncase.store.ledger import read_intent
from owncase.store.memory import MemoryRecords

EVENT = """
INSERT INTO event (seq, kind, actor, case_number, at, recorded_at, intent, hash)
SELECT max(seq) + 1, ?, (SELECT id FROM person WHERE handle = ?), 1, max(at), max(recorded_at), ?, ? FROM event
"""
OFFER = """
INSERT INTO handoff (id, case_number, kind, giver, offered_by, taker, state, claimed, eta_debt, event)
SELECT (SELECT max(seq) FROM event), 1, 'transfer', owner, owner, (SELECT id FROM person WHERE handle = 'dana'),
  'offered', 0, ?, (SELECT max(seq) FROM event) FROM cases WHERE number = 1
"""
DECLINE = """
UPDATE handoff SET state = 'declined', answered_at = 'x', answered_by = taker, reason = 'away', terms = ?,
  event = (SELECT max(seq) FROM event) WHERE case_number = 1 AND state = 'offered'
"""
LATER = '[["1.1","2026-12-04T22:00:00Z"]]'
NAMED, UNNAMED = "an offer names every open promise", "the terms of a no are what its event states"


@pytest.fixture
def raw(opened: Any, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The store itself, in which case 1 has two promises, of the second of which Pat was not told the ETA."""
    for text in ("A loan unit", "A refund"):
        opened.rob.does("promise", "make", "1", text, "--by", "thu 12:00")
    opened.rob.does("promise", "move", "1.2", "--to", "fri 12:00", "--because", "Bank holiday")
    (store,) = (tmp_path / "home").rglob("*.db")
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        yield connection


def forge(raw: sqlite3.Connection, kind: str, by: str, said: str) -> None:
    """Put an event into history past the program."""
    raw.execute(EVENT, (kind, by, f'{{"data":{{{said}}}}}', "a" * 64))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("", None),
        ('"eta_debt":[2]', None),
        ("", "[2]"),
        ('"eta_debt":[1,2]', "[2]"),
        ('"eta_debt":[1]', "[1]"),
        ('"eta_debt":[1,2]', "[1,2]"),
        ('"eta_debt":[]', "[]"),
    ],
)
def test_no_row_offers_an_eta_unmentioned(raw: sqlite3.Connection, said: str, kept: str | None) -> None:
    raw.execute("BEGIN")
    forge(raw, "handoff.offered", "rob", said)
    with pytest.raises(sqlite3.IntegrityError, match=NAMED):
        raw.execute(OFFER, (kept,))


def test_a_row_that_names_just_those_is_taken_and_never_changed(raw: sqlite3.Connection) -> None:
    raw.execute("BEGIN")
    forge(raw, "handoff.offered", "rob", '"eta_debt":[2]')
    raw.execute(OFFER, ("[2]",))
    forge(raw, "case.seen", "dana", "")
    with pytest.raises(sqlite3.IntegrityError, match="an offer never changes"):
        raw.execute("UPDATE handoff SET eta_debt = NULL, seen_at = 'x', event = (SELECT max(seq) FROM event)")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("", LATER),
        (f'"terms":{LATER}', None),
        (f'"terms":{LATER}', LATER.replace("1.1", "1.2")),
        (f'"terms":{LATER}', '[["1.1"'),
        (f'"terms":{LATER}', ""),
    ],
)
def test_no_row_keeps_other_terms_than_were_stated(opened: Any, raw: sqlite3.Connection, said: str, kept: str) -> None:
    opened.rob.does("handoff", "1", "--to", "dana")
    raw.execute("BEGIN")
    forge(raw, "handoff.declined", "dana", said)
    with pytest.raises(sqlite3.IntegrityError, match=UNNAMED):
        raw.execute(DECLINE, (kept,))


def test_terms_stand_in_a_decline_alone(opened: Any, raw: sqlite3.Connection) -> None:
    opened.rob.does("handoff", "1", "--to", "dana")
    raw.execute("BEGIN")
    forge(raw, "case.seen", "dana", f'"terms":{LATER}')
    with pytest.raises(sqlite3.IntegrityError, match=UNNAMED):
        raw.execute("UPDATE handoff SET seen_at = 'x', terms = ?, event = (SELECT max(seq) FROM event)", (LATER,))


# made-up events -----------------------------------------------------------------------------------------------------


def folded(opened: Any, tmp_path: Path) -> MemoryRecords:
    """The desk as the fold tells it from the store's history."""
    (store,) = (tmp_path / "home").rglob("*.db")
    records = MemoryRecords()
    with closing(sqlite3.connect(store)) as connection:
        texts = dict(connection.execute("SELECT commitment, body FROM text").fetchall())
        for seq, recorded_at, intent in connection.execute("SELECT seq, recorded_at, intent FROM event ORDER BY seq"):
            history.apply(records, read_intent(json.loads(intent), texts, seq=seq, recorded_at=recorded_at))
    return records


def made_up(opened: Any, tmp_path: Path, kind: str, **data: Any) -> type[OwncaseError] | None:
    """What refuses an event of rob (an offer) or dana (a no) about case 1."""
    records = folded(opened, tmp_path)
    who = {person.handle: person.id for person in records.tables["person"].values()}  # type: ignore[union-attr]
    offer = {"to": who["dana"], "form": "transfer", "note": None, "next_action": None, "next_due": None,
             "answer_by": "2026-11-25T12:00:00Z", "outcome": None, "confirmed_by": None, "unconfirmed": None,
             "void_reason": None}  # fmt: skip
    no = {"reason": "away", "note": None, "suggested": None}
    by = "rob" if kind == "handoff.offered" else "dana"
    said = (offer if by == "rob" else no) | data
    event = Event(kind=kind, actor=who[by], at="2026-11-24T12:00:00Z", data=said, case=1, seq=99)
    try:
        history.apply(records, event)
    except OwncaseError as refusal:
        return type(refusal)
    return None


@pytest.mark.parametrize("named", [None, [1], [1, 2], [7]])
def test_the_fold_refuses_an_offer_that_does_not_name_the_debt(
    opened: Any, raw: sqlite3.Connection, tmp_path: Path, named: list[int] | None
) -> None:
    data = {} if named is None else {"eta_debt": named}
    assert made_up(opened, tmp_path, "handoff.offered", **data) is DebtNotNamed


def test_the_fold_takes_an_offer_of_before_there_was_debt(opened: Any, tmp_path: Path) -> None:
    opened.rob.does("promise", "make", "1", "A loan unit", "--by", "thu 12:00")
    assert made_up(opened, tmp_path, "handoff.offered") is None
    assert made_up(opened, tmp_path, "handoff.offered", eta_debt=[1]) is DebtNotNamed


@pytest.mark.parametrize("terms", [[["1.3", "2026-12-04T22:00:00Z"]], [["1.1", "2026-12-04T22:00:00Z"]] * 2])
def test_the_fold_refuses_terms_of_no_open_promise(
    opened: Any, raw: sqlite3.Connection, tmp_path: Path, terms: list[list[str]]
) -> None:
    opened.rob.does("handoff", "1", "--to", "dana")
    assert made_up(opened, tmp_path, "handoff.declined", terms=terms) is OtherTerms


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("handoff.offered", {"eta_debt": []}),
        ("handoff.offered", {"eta_debt": [2, 1]}),
        ("handoff.offered", {"eta_debt": "[1]"}),
        ("handoff.declined", {"terms": []}),
        ("handoff.declined", {"terms": [["1", "2026-12-04T22:00:00Z"]]}),
        ("customer.declined", {"terms": [["1.1", "soon"]]}),
        ("customer.declined", {"terms": [["1.1"]]}),
    ],
)
def test_made_up_debts_and_terms_have_the_form_of_no_event(kind: str, data: dict[str, Any]) -> None:
    with pytest.raises(NotOfItsForm):
        has_form(Event(kind=kind, actor=2, at="2026-11-24T12:00:00Z", data=data, case=1, seq=99))
