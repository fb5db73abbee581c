"""A made-up history states no moment that some zone does not have, no value as a text, and nothing of two subjects."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from owncase.domain.event import Event
from owncase.domain.form import NotOfItsForm, has_form
from owncase.domain.values import Prose

DUE = "2026-12-04T12:00:00Z"
TOLD: dict[str, Any] = {"how": "phone", "whom": Prose("Pat"), "text": None, "promises": [1]}


def event(kind: str, data: dict[str, Any], **about: int) -> Event:
    """What somebody says happened."""
    return Event(kind=kind, actor=2, at="2026-11-24T12:00:00Z", data=data, seq=99, **about)


@pytest.mark.parametrize("due", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1899-12-31T23:59:59Z", Prose(DUE)])
def test_a_due_is_a_moment_that_every_zone_has_and_that_nobody_redacts(due: str) -> None:
    for kind, data in (
        ("promise.made", {"due": due}), ("promise.moved", {"due": due}), ("case.replanned", {"next_due": due}),
        ("customer.planned", {"next_touch_due": due}), ("handoff.declined", {"terms": [["1.1", due]]}),
        ("handoff.offered", {"answer_by": due}),
    ):  # fmt: skip
        with pytest.raises(NotOfItsForm):
            has_form(event(kind, data, case=1))


@pytest.mark.parametrize("change", [{"how": Prose("phone")}, {"promises": [1, 1]}, {"promises": [2, 1]}])
def test_what_was_told_is_told_as_owncase_writes_it(change: dict[str, Any]) -> None:
    has_form(event("case.told", TOLD, case=1))
    has_form(event("case.told", TOLD | {"promises": []}, case=1))
    with pytest.raises(NotOfItsForm):
        has_form(event("case.told", TOLD | change, case=1))


def test_who_confirmed_or_why_is_said_or_not_but_never_blank() -> None:
    for kind, data in (("promise.kept", {"confirmed_by": " "}), ("promise.released", {"because": " "})):
        with pytest.raises(NotOfItsForm):
            has_form(event(kind, data, case=1))


@pytest.mark.parametrize("kind", ["customer.told", "customer.planned", "case.told", "promise.moved"])
def test_an_event_is_about_a_case_or_about_somebody(kind: str) -> None:
    with pytest.raises(NotOfItsForm, match="at once"):
        has_form(event(kind, {}, case=1, subject=6))


@pytest.fixture
def raw(opened: Any, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The store itself."""
    (store,) = (tmp_path / "home").rglob("*.db")
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        yield connection


def test_plain_sql_records_no_event_about_a_case_and_somebody(raw: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="next event only"):
        raw.execute(
            "INSERT INTO event (seq, kind, actor, case_number, subject, at, recorded_at, intent, hash)"
            " SELECT max(seq) + 1, 'customer.told', 2, 1, (SELECT id FROM customer), max(at), max(recorded_at), '{}', ?"
            " FROM event", ("a" * 64,),
        )  # fmt: skip
