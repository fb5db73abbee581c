"""Somebody is on duty at every moment that is published: a named human, put there by anybody, and taken back by few."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

Team = Callable[..., Any]
WEEK = ("2026-11-23", "2026-11-30")


def listed(team: Team, *of: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(team("duty", "list", *of, "--json").stdout)
    return rows


def added(team: Team, *words: str, **facts: Any) -> int:
    number: int = json.loads(team("duty", "add", *words, "--json", **facts).stdout)["duty"]
    return number


def test_a_duty_is_published_by_anybody_and_listed_until_it_is_over(team: Team, clock: Any) -> None:
    done = team("duty", "add", "carol", *WEEK, "--note", "Desk 4", by="dana")
    assert done.stdout.endswith("· carol · Mon 23 Nov 00:00 EST until Mon 30 Nov 00:00 EST · Desk 4\n")
    (row,) = listed(team)
    assert (row["person"], row["from_at"], row["until_at"], row["on_duty"]) == (
        "carol", "2026-11-23T05:00:00Z", "2026-11-30T05:00:00Z", True,
    )  # fmt: skip
    clock.move(days=8)
    assert listed(team) == []
    assert [row["on_duty"] for row in listed(team, "--since", "2026-11-24")] == [False]
    assert team("store", "check").exit == 0


def test_who_is_on_duty_at_a_moment_is_found(team: Team) -> None:
    added(team, "dana", "2026-11-24T18:00", "2026-11-25T08:00")
    added(team, "rob", "2026-11-25T08:00", "2026-11-25T18:00")
    assert [row["person"] for row in listed(team, "--at", "2026-11-25T02:00")] == ["dana"]
    assert [row["person"] for row in listed(team, "--at", "2026-11-25T08:00")] == ["rob"]  # the end is nobody's
    assert listed(team, "--at", "2026-11-26") == []
    assert [row["person"] for row in listed(team, "--until", "2026-11-25T08:00")] == ["dana"]


def test_a_gap_in_what_is_published_is_named_with_both_moments(team: Team) -> None:
    nothing = team("duty", "check")
    assert (nothing.exit, "duty add" in nothing.stderr) == (1, True)
    added(team, "dana", *WEEK)
    assert team("duty", "check").exit == 0
    added(team, "rob", "2026-12-01T08:00", "2026-12-07")
    found = team("duty", "check")
    assert found.exit == 1
    assert found.stderr == (
        "owncase: nobody is on duty from Mon 30 Nov 2026 00:00 CET until Tue 1 Dec 2026 08:00 CET — "
        "owncase duty add HANDLE 2026-11-29T23:00:00Z 2026-12-01T07:00:00Z\n"
    )
    added(team, "rob", *found.stderr.split("HANDLE ")[1].split())
    assert (team("duty", "check").exit, team("duty", "check", "--until", "2026-12-08").exit) == (0, 1)
    assert team("duty", "check", "--from", "2026-11-23", "--until", "2026-12-07").exit == 0


def test_a_duty_is_taken_back_by_who_added_it_whose_it_is_or_who_made_the_store(team: Team) -> None:
    of_carol, of_dana = added(team, "carol", *WEEK), added(team, "dana", *WEEK, by="carol")
    refused = team("duty", "remove", str(of_carol), by="dana")
    assert (refused.exit, f"ask carol or rob: owncase duty remove {of_carol}" in refused.stderr) == (77, True)
    assert team("duty", "remove", str(of_carol), by="carol").stdout.endswith("· taken back\n")
    again = team("duty", "remove", str(of_carol))
    assert (again.exit, "already" in again.stderr) == (0, True)
    assert team("duty", "remove", str(of_dana)).exit == 0
    assert listed(team) == []
    assert team("store", "check").exit == 0


def test_nobody_leaves_while_they_are_still_to_be_on_duty(team: Team, clock: Any) -> None:
    number = added(team, "carol", *WEEK)
    refused = team("person", "retire", "carol")
    assert (refused.exit, f"duty {number} (owncase duty remove {number})" in refused.stderr) == (3, True)
    clock.move(days=8)
    assert team("person", "retire", "carol").exit == 0
    left = team("duty", "add", "carol", "2026-12-03", "2026-12-04")
    assert (left.exit, "has left" in left.stderr) == (3, True)
    assert team("store", "check").exit == 0


def test_a_request_repeated_is_answered_with_the_duty(team: Team) -> None:
    said = ("carol", *WEEK, "--request-id", "r1")
    assert added(team, *said) == added(team, *said)
    assert len(listed(team)) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "nobody", *WEEK), 66),
        (("add", "carol", "2026-11-30", "2026-11-29"), 3),
        (("add", "carol", "2026-11-30", "2027-12-30"), 3),
        (("add", "carol", "2026-11-01", "2026-11-02"), 3),
        (("add", "carol", "someday", "2026-11-30"), 65),
        (("add", "carol", *WEEK, "--note", "a\nb"), 65),
        (("remove", "x"), 2),
        (("remove", "1"), 66),
        (("list", "--at", "now", "--since", "now"), 2),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(team: Team, words: tuple[str, ...], code: int) -> None:
    done = team("duty", *words)
    assert (done.exit, len(done.stderr.splitlines())) == (code, 1), done.stderr


@pytest.fixture
def raw(team: Team, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The store itself, in which rob put carol on duty."""
    added(team, "carol", *WEEK)
    with closing(sqlite3.connect(tmp_path / "team.db", isolation_level=None)) as connection:
        yield connection


FORGE = """
INSERT INTO event (seq, kind, actor, subject, at, recorded_at, intent, hash)
SELECT max(seq) + 1, ?, (SELECT id FROM person WHERE handle = ?), (SELECT id FROM person WHERE handle = 'carol'),
  max(at), max(recorded_at), ?, ? FROM event
"""
PUT = (
    "INSERT INTO duty SELECT {id}, person, from_at, {until}, note, 1, added_by, (SELECT max(at) FROM event),"
    " (SELECT max(seq) FROM event) FROM duty"
)
LAST = "(SELECT max(seq) FROM event)"
GONE = "UPDATE duty SET active = 0, event = (SELECT max(seq) FROM event)"
ADDED, REMOVED = "duty.added", "duty.removed"
SAID = '{"data":{"from_at":"2026-11-22T23:00:00Z","until_at":"%s"}}'
ENDS = "2026-11-29T23:00:00Z"


@pytest.mark.parametrize(
    ("kind", "by", "intent", "statement"),
    [
        (REMOVED, "dana", '{"data":{"n":%d}}', GONE),
        (REMOVED, "rob", '{"data":{"n":1%d}}', GONE),
        (ADDED, "rob", '{"data":{"n":%d}}', GONE),
        (REMOVED, "rob", '{"data":{"n":%d}}', f"{GONE}, note = 'another'"),
        (REMOVED, "rob", '{"data":{"n":%d}}', f"{GONE}, until_at = '2026-11-24T23:00:00Z'"),
        (REMOVED, "rob", '{"data":{"n":%d}}', "DELETE FROM duty"),
        (REMOVED, "rob", '{"data":{"n":%d}}', PUT.format(id=LAST, until="until_at")),
        (ADDED, "dana", SAID % ENDS, PUT.format(id=LAST, until="until_at")),
        (ADDED, "rob", SAID % ENDS, PUT.format(id=LAST, until="'2026-11-30T00:00:00Z'")),
        (ADDED, "rob", SAID % "2026-11-01T00:00:00Z", PUT.format(id=LAST, until="'2026-11-01T00:00:00Z'")),
        (ADDED, "rob", SAID % "2028-11-01T00:00:00Z", PUT.format(id=LAST, until="'2028-11-01T00:00:00Z'")),
        (ADDED, "rob", SAID % ENDS, PUT.format(id=f"{LAST} + 1", until="until_at")),
    ],
)
def test_plain_sql_puts_nobody_on_duty_and_takes_nobody_off(
    raw: sqlite3.Connection, kind: str, by: str, intent: str, statement: str
) -> None:
    number = raw.execute("SELECT id FROM duty").fetchone()[0]
    raw.execute("BEGIN")
    raw.execute(FORGE, (kind, by, intent % number if "%d" in intent else intent, "a" * 64))
    with pytest.raises(sqlite3.IntegrityError, match=r"rule 7|a duty is"):
        raw.execute(statement)
    raw.execute("ROLLBACK")


def test_plain_sql_may_do_what_an_event_says(raw: sqlite3.Connection) -> None:
    number = raw.execute("SELECT id FROM duty").fetchone()[0]
    raw.execute("BEGIN")
    raw.execute(FORGE, (REMOVED, "carol", f'{{"data":{{"n":{number}}}}}', "a" * 64))
    raw.execute(GONE)
    raw.execute(FORGE, (ADDED, "rob", SAID % ENDS, "a" * 64))
    raw.execute(PUT.format(id=LAST, until="until_at"))


def test_plain_sql_lets_nobody_leave_who_is_on_duty(raw: sqlite3.Connection) -> None:
    raw.execute("BEGIN")
    raw.execute(FORGE, ("person.retired", "rob", "{}", "a" * 64))
    with pytest.raises(sqlite3.IntegrityError, match="rule 9"):
        raw.execute("UPDATE person SET active = 0, event = (SELECT max(seq) FROM event) WHERE handle = 'carol'")


def test_a_duty_that_history_never_published_is_found_out(team: Team, raw: sqlite3.Connection) -> None:
    raw.execute("DROP TRIGGER duty_update")
    raw.execute("UPDATE duty SET until_at = '2026-12-24T00:00:00Z'")
    done = team("store", "check")
    assert (done.exit, "in until_at" in done.stdout + done.stderr) == (1, True)
