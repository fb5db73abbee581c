"""Anybody writes down whom to ask for at a customer's; a number there is never given again, and history stays."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

Team = Callable[..., Any]
PAT = ("contact", "add", "acme", "Pat", "Doyle", "--role", "Buyer", "--email", "pat@acme.example")


def listed(team: Team, *of: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(team("contact", "list", *of, "--json").stdout)
    return rows


def test_contacts_are_numbered_within_their_customer_and_shown_with_it(team: Team) -> None:
    assert team(*PAT, "--phone", "+1 (757) 555-0100").stdout == (
        "acme.1 · Pat Doyle · Buyer · pat@acme.example · +1 (757) 555-0100\n"
    )
    assert team("contact", "add", "acme tools", "Lee Wu", by="dana").exit == 0  # not her account, and helping is free
    team("contact", "add", "norfolk", "Sam")
    assert [(row["contact"], row["added_by"]) for row in listed(team, "acme")] == [
        ("acme.1", "rob"),
        ("acme.2", "dana"),
    ]
    assert [row["contact"] for row in listed(team)] == ["acme.1", "acme.2", "norfolk.1"]
    shown = json.loads(team("customer", "show", "acme", "--json").stdout)
    assert [row["name"] for row in shown["contacts"]] == ["Pat Doyle", "Lee Wu"]
    assert "Contacts\n" in team("customer", "show", "acme", "-f", "table").stdout
    assert team("store", "check").exit == 0


def test_a_contact_is_edited_and_an_empty_text_clears(team: Team) -> None:
    team(*PAT)
    team("contact", "edit", "acme.1", "--name", "Pat Reed", "--role", "", "--phone", "020 7946 0018 x 3")
    assert listed(team)[0] | {"added_at": ""} == {
        "contact": "acme.1", "customer": "acme", "n": 1, "name": "Pat Reed", "role": None, "email": "pat@acme.example",
        "phone": "020 7946 0018 x 3", "active": True, "added_by": "rob", "added_at": "",
    }  # fmt: skip
    before = team("store", "head").stdout
    assert team("contact", "edit", "acme.1", "--name", "Pat Reed").exit == 0
    assert team("store", "head").stdout == before


def test_who_was_removed_is_not_asked_for_and_the_number_is_not_given_again(team: Team) -> None:
    team(*PAT)
    assert team("contact", "remove", "acme.1").stdout.endswith("· removed\n")
    again = team("contact", "remove", "acme.1")
    assert (again.exit, "removed already" in again.stderr) == (0, True)
    assert listed(team) == []
    refused = team("contact", "edit", "acme.1", "--role", "x")
    assert (refused.exit, "owncase contact add acme NAME" in refused.stderr) == (3, True)
    assert team(*PAT).stdout.startswith("acme.2 ")
    assert "removed contact 1" in team("history", "acme", "-f", "table").stdout


def test_the_same_contact_is_added_once(team: Team) -> None:
    team(*PAT)
    again = team("contact", "add", "acme", "PAT doyle", "--email", "Pat@ACME.example")
    assert (again.exit, "already" in again.stderr, len(listed(team))) == (0, True, 1)
    assert team("contact", "add", "acme", "Pat Doyle", "--email", "doyle@acme.example").stdout.startswith("acme.2 ")


def test_a_request_repeated_is_answered_with_the_contact_as_it_is(team: Team) -> None:
    team("contact", "add", "acme", "Sam")
    for _ in range(2):
        done = team(*PAT, "--request-id", "r1", "--json")
        assert (done.exit, json.loads(done.stdout)["contact"]) == (0, "acme.2")
    assert len(listed(team)) == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "nobody", "Pat"), 66),
        (("add", "acme"), 2),
        (("add", "acme", "Pat", "--email", "pat"), 65),
        (("add", "acme", "Pat", "--phone", "call me"), 65),
        (("add", "acme", "Pat\u202e"), 65),
        (("edit", "acme.1"), 2),
        (("edit", "acme", "--role", "x"), 2),
        (("edit", "acme.0", "--role", "x"), 2),
        (("edit", "acme.9", "--role", "x"), 66),
        (("remove", "acme.1"), 66),
        (("list", "nobody"), 66),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(team: Team, words: tuple[str, ...], code: int) -> None:
    done = team("contact", *words)
    assert (done.exit, len(done.stderr.splitlines())) == (code, 1)


@pytest.fixture
def raw(team: Team, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The store itself, in which acme has Pat, Lee and, removed, Sam."""
    for name in ("Pat", "Lee", "Sam"):
        team("contact", "add", "acme", name)
    team("contact", "remove", "acme.3")
    with closing(sqlite3.connect(tmp_path / "team.db", isolation_level=None)) as connection:
        yield connection


FORGE = """
INSERT INTO event (seq, kind, actor, subject, at, recorded_at, intent, hash)
SELECT max(seq) + 1, ?, 2, (SELECT id FROM customer WHERE key = 'acme'), max(at), max(recorded_at), ?, ? FROM event
"""
ADD = (
    "INSERT INTO contact SELECT customer, 4, 'Eve', role, email, phone, 1, added_by, added_at, {event}"
    " FROM contact WHERE n = 1"
)
CHANGE = "UPDATE contact SET name = 'Eve', event = (SELECT max(seq) FROM event) WHERE n = {n}"
NOTHING, EDIT, REMOVE = "customer.seen", "customer.contact_edited", "customer.contact_removed"


@pytest.mark.parametrize(
    ("kind", "n", "statement"),
    [
        (NOTHING, 1, CHANGE.format(n=1)),
        (EDIT, 2, CHANGE.format(n=1)),
        (EDIT, 12, CHANGE.format(n=1)),
        (EDIT, 3, CHANGE.format(n=3)),
        (REMOVE, 1, CHANGE.format(n=1)),
        (EDIT, 1, "UPDATE contact SET active = 0, event = (SELECT max(seq) FROM event) WHERE n = 1"),
        (EDIT, 1, ADD.format(event="(SELECT max(seq) FROM event)")),
        (NOTHING, 1, ADD.format(event="event")),
        (REMOVE, 1, "DELETE FROM contact WHERE n = 1"),
    ],
)
def test_plain_sql_changes_no_contact_without_an_event_about_them(
    raw: sqlite3.Connection, kind: str, n: int, statement: str
) -> None:
    raw.execute("BEGIN")
    raw.execute(FORGE, (kind, f'{{"data":{{"n":{n}}}}}', "a" * 64))
    with pytest.raises(sqlite3.IntegrityError, match="rule 7"):
        raw.execute(statement)
    raw.execute("ROLLBACK")


def test_plain_sql_may_do_what_an_event_says(raw: sqlite3.Connection) -> None:
    raw.execute("BEGIN")
    raw.execute(FORGE, (EDIT, '{"data":{"n":1}}', "a" * 64))
    raw.execute(CHANGE.format(n=1))
    raw.execute(FORGE, ("customer.contact_added", "{}", "a" * 64))
    raw.execute(ADD.format(event="(SELECT max(seq) FROM event)"))


def test_a_contact_that_history_never_made_is_found_out(team: Team, raw: sqlite3.Connection) -> None:
    raw.execute("DROP TRIGGER contact_update")
    raw.execute("UPDATE contact SET phone = '1234567' WHERE n = 2")
    done = team("store", "check")
    assert (done.exit, "in phone" in done.stdout + done.stderr) == (1, True)
