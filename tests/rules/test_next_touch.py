"""A customer has a next touch of its account owner, open case or not, and whoever takes a closing on may say it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

CLOSE = ("close", "1", "--outcome", "Loan unit runs", "--confirmed-by", "Pat")
TOUCH = ("customer", "touch", "norfolk", "-n", "Ask how it runs", "-d", "fri 15:00")
CLEAR = "norfolk · Norfolk Freight · account owner dana · second carol"
STANDS = f"{CLEAR} · next touch Ask how it runs, Fri 27 Nov 15:00 UTC"


def stands(people: Any) -> tuple[Any, Any]:
    """The next touch of norfolk, and its due."""
    found = people.rob.asks("customer", "show", "norfolk")
    return found["next_touch"], found["next_touch_due"]


def test_the_account_owner_or_the_second_says_what_comes_next(people: Any) -> None:
    assert people.dana.does(*TOUCH) == [STANDS]
    assert people.carol.does("customer", "touch", "norfolk", "-n", "Ring Pat", "-d", "mon 10:00") == [
        f"{CLEAR} · next touch Ring Pat, Mon 30 Nov 10:00 UTC"
    ]
    assert people.rob.asks("customer", "list")[0]["next_touch_due"] == "2026-11-30T10:00:00Z"


def test_nobody_else_says_it_and_who_would_is_named(people: Any) -> None:
    told = people.rob.is_told(3, *TOUCH)
    assert told == (
        "the account norfolk is dana's (second carol), not rob's"
        " — ask dana to run: owncase customer touch norfolk -n ACTION -d WHEN"
    )
    assert stands(people) == (None, None)


def test_what_was_done_is_told_into_history_and_the_next_may_be_none(people: Any) -> None:
    people.dana.does(*TOUCH)
    people.dana.does("customer", "touch", "norfolk", "--did", "Rang Pat", "-n", "Ring again", "-d", "mon 10:00")
    assert people.dana.does("customer", "touch", "norfolk", "--did", "All is well", "--none") == [CLEAR]
    events = [event for event in people.rob.asks("history", "norfolk") if event["kind"] == "customer.planned"]
    assert [(event["what"], event["text"]) for event in events] == [
        ("plans the next touch", "Ask how it runs"),
        ("was in touch, and plans the next", "Rang Pat"),
        ("was in touch; no next touch", "All is well"),
    ]
    people.rob.does("store", "check")


def test_to_clear_what_is_not_there_is_done_already(people: Any) -> None:
    done = people.dana("customer", "touch", "norfolk", "--none")
    assert (done.exit, done.stdout, done.stderr) == (0, f"{CLEAR}\n", "no next touch to clear\n")
    assert "customer.planned" not in [event["kind"] for event in people.rob.asks("history", "norfolk")]


@pytest.mark.parametrize(
    ("code", "words", "told"),
    [
        (2, (), "missing: next touch for norfolk — say it with -n ACTION -d WHEN, or --none"),
        (2, ("--did", "Rang"), "missing: next touch for norfolk — say it with -n ACTION -d WHEN, or --none"),
        (2, ("-n", "Ring"), "missing: due — say it with -n ACTION -d WHEN, or --none"),
        (2, ("-n", "Ring", "--none"), "--none says that nothing comes next — leave out --none, or -n and -d"),
        (65, ("-n", "...", "-d", "fri"), "needs a next action: '...' says nothing — say what happens next in words"),
        (3, ("-n", "Ring", "-d", "2026-11-01"),
         "due Sun 1 Nov 2026 23:59 UTC has passed — give a later -d WHEN, or say --allow-past"),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_named(people: Any, code: int, words: tuple[str, ...], told: str) -> None:
    assert people.dana.is_told(code, "customer", "touch", "norfolk", *words) == told


def test_one_request_is_one_touch(people: Any) -> None:
    words = (*TOUCH, "--request-id", "touch-1")
    assert people.dana.does(*words) == people.dana.does(*words) == [STANDS]
    assert len([e for e in people.rob.asks("history", "norfolk") if e["kind"] == "customer.planned"]) == 1


def test_it_moves_with_the_account(people: Any, clock: Any) -> None:
    people.dana.does(*TOUCH)
    people.dana.does("customer", "handoff", "norfolk", "--to", "rob")
    clock.set("2026-11-27T09:00:00Z")
    assert [row["kind"] for row in people.dana.asks("next")] == ["touch"]
    people.rob.does("ack", "norfolk")
    assert people.dana.asks("next") == []
    assert [(row["kind"], row["customer"], row["block"]) for row in people.rob.asks("next")] == [
        ("touch", "norfolk", "Today")
    ]


def test_who_takes_a_closing_on_says_the_next_touch_with_it(opened: Any) -> None:
    opened.rob.does(*CLOSE)
    opened.dana.does("ack", "1", "-n", "Ask how it runs", "-d", "fri 15:00", "--request-id", "a-1")
    assert stands(opened) == ("Ask how it runs", "2026-11-27T15:00:00Z")
    assert opened.case()["next_action"] is None
    assert opened.dana("ack", "1", "-n", "Ask how it runs", "-d", "fri 15:00", "--request-id", "a-1").exit == 0
    opened.rob.does("store", "check")


def test_a_closing_without_one_leaves_the_touch_that_stands(opened: Any) -> None:
    opened.dana.does(*TOUCH)
    opened.rob.does(*CLOSE)
    opened.dana.does("ack", "1")
    assert stands(opened)[0] == "Ask how it runs"


def test_who_has_no_say_in_the_account_takes_the_closing_on_without(opened: Any) -> None:
    opened.dana.does("customer", "edit", "norfolk", "--second", "")
    opened.rob.does(*CLOSE, "--to", "carol")
    told = opened.carol.is_told(3, "ack", "1", "-n", "Ring Pat", "-d", "fri")
    assert told == (
        "the account norfolk is dana's, not carol's"
        " — owncase ack 1; then ask dana to run: owncase customer touch norfolk -n ACTION -d WHEN"
    )
    assert opened.case()["status"] == "open"
    assert opened.carol.is_told(2, "ack", "1", "-n", "Ring Pat") == "missing: due — say it with -d WHEN"
    assert opened.carol.is_told(2, "ack", "1", "-d", "fri") == "missing: next touch for norfolk — say it with -n ACTION"


def test_a_terminal_asks_for_the_next_touch_of_a_closing(opened: Any) -> None:
    opened.rob.does(*CLOSE)
    done = opened.dana("ack", "1", terminal=True, stdin="Ask how it runs\nfri 15:00\n", environ={"NO_COLOR": "1"})
    assert done.exit == 0
    assert "Next touch for norfolk? (Enter: none): due: " in done.stderr
    assert stands(opened) == ("Ask how it runs", "2026-11-27T15:00:00Z")


def test_enter_leaves_the_touch_as_it_is(opened: Any) -> None:
    opened.dana.does(*TOUCH)
    opened.rob.does(*CLOSE)
    done = opened.dana("ack", "1", terminal=True, stdin="\n", environ={"NO_COLOR": "1"})
    assert "Next touch for norfolk? (Enter: Ask how it runs, Fri 27 Nov 2026 15:00 UTC): " in done.stderr
    assert (done.exit, stands(opened)[0]) == (0, "Ask how it runs")


def test_nobody_is_asked_for_what_is_not_theirs_to_say(opened: Any) -> None:
    opened.dana.does("customer", "edit", "norfolk", "--second", "")
    opened.rob.does(*CLOSE, "--to", "carol")
    done = opened.carol("ack", "1", terminal=True, stdin="", environ={"NO_COLOR": "1"})
    assert (done.exit, "Next touch" in done.stderr) == (0, False)


def test_a_terminal_asks_what_was_done_where_a_touch_stands(people: Any) -> None:
    people.dana.does(*TOUCH)
    said = "Rang Pat, all is well\nRing again\nmon 10:00\n"
    done = people.dana("customer", "touch", "norfolk", terminal=True, stdin=said, environ={"NO_COLOR": "1"})
    assert done.stderr.startswith("What was done? Next touch for norfolk? (Enter: none): due: ")
    assert stands(people) == ("Ring again", "2026-11-30T10:00:00Z")
    people.dana("customer", "touch", "norfolk", terminal=True, stdin="Rang\n\n", environ={"NO_COLOR": "1"})
    assert stands(people) == (None, None)


def test_the_letter_that_tells_the_customer_is_named_after_the_acknowledgement_only(offered: Any) -> None:
    offered.dana.does("customer", "edit", "norfolk", "--email", "pat@norfolk.example")
    line = "tell norfolk: owncase letter 1 --kind new-owner --send"
    assert line not in offered.rob("note", "1", "x", terminal=True, stdin="").stderr
    done = offered.dana("ack", "1", terminal=True, stdin="\n")
    assert done.stderr.endswith(f": {line}\n")
    assert "letter" not in offered.dana("ack", "1", terminal=True, stdin="").stderr
    offered.dana.does(*CLOSE, "--to", "carol")
    assert "owncase letter 1 --kind resolved --send" in offered.carol("ack", "1", terminal=True, stdin="").stderr
    offered.dana.does("customer", "handoff", "norfolk", "--to", "rob")
    done = offered.rob("ack", "norfolk", terminal=True, stdin="y\n")
    assert done.stderr.endswith("tell norfolk: owncase letter norfolk --account --kind new-owner --send\n")


def test_a_script_and_a_customer_without_an_address_are_told_of_no_letter(offered: Any) -> None:
    assert "letter" not in offered.dana("ack", "1", terminal=True, stdin="\n").stderr
    offered.dana.does("customer", "edit", "norfolk", "--contact", "Pat Moore")
    offered.dana.does("handoff", "1", "--to", "rob")
    assert "letter" not in offered.rob("ack", "1").stderr


def test_a_list_of_customers_fits_on_eighty_columns(people: Any) -> None:
    people.dana.does("customer", "touch", "norfolk", "-n", "Ask how the three loan units run", "-d", "fri 15:00")
    people.dana.does("customer", "handoff", "norfolk", "--to", "rob")
    shown = people.dana("customer", "list", terminal=True, environ={"NO_COLOR": "1", "COLUMNS": "80"}).stdout
    assert shown.splitlines() == [
        "Customer  Name                        Account owner         Second          Open",
        "          Next touch                  Due                   Notice",
        "norfolk   Norfolk Freight             dana                  carol              0",
        "          Ask how the three loan un…  Fri 27 Nov 15:00 UTC  offered to rob",
    ]


@pytest.fixture
def raw(people: Any, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The store itself, in which norfolk has a next touch."""
    people.dana.does(*TOUCH)
    (store,) = (tmp_path / "home").rglob("*.db")
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        yield connection


EVENT = """
INSERT INTO event (seq, kind, actor, subject, at, recorded_at, intent, hash)
SELECT max(seq) + 1, ?, (SELECT id FROM person WHERE handle = ?), (SELECT id FROM customer), max(at), max(recorded_at),
  '{}', ? FROM event
"""
CHANGE = "UPDATE customer SET {}, event = (SELECT max(seq) FROM event)"
PLANNED = "customer.planned"


@pytest.mark.parametrize(
    ("kind", "by", "change"),
    [
        pytest.param(PLANNED, "rob", "next_touch = 'Ring'", id="by somebody else"),
        pytest.param("customer.edited", "dana", "next_touch = 'Ring'", id="by an edit"),
        pytest.param(PLANNED, "dana", "next_touch = NULL", id="a due without an action"),
        pytest.param(PLANNED, "dana", "next_touch_due = NULL", id="an action without a due"),
        pytest.param(PLANNED, "dana", "next_touch = char(9, 32)", id="an action that says nothing"),
        pytest.param(PLANNED, "dana", "next_touch_due = 'soon'", id="a due that is no moment"),
        pytest.param(PLANNED, "dana", "next_touch = 'Ring', name = 'Else'", id="the name on the way"),
        pytest.param(PLANNED, "dana", "account_owner = 2, claimed = 0", id="the account"),
    ],
)
def test_plain_sql_says_no_other_next_touch(raw: sqlite3.Connection, kind: str, by: str, change: str) -> None:
    raw.execute("BEGIN")
    raw.execute(EVENT, (kind, by, "a" * 64))
    with pytest.raises(sqlite3.IntegrityError, match="rule"):
        raw.execute(CHANGE.format(change))


@pytest.mark.parametrize("by", ["dana", "carol"])
@pytest.mark.parametrize(
    "change", ["next_touch = NULL, next_touch_due = NULL", "next_touch = 'x', next_touch_due = '2026-12-01T10:00:00Z'"]
)
def test_plain_sql_may_say_what_they_may(raw: sqlite3.Connection, by: str, change: str) -> None:
    raw.execute("BEGIN")
    raw.execute(EVENT, (PLANNED, by, "a" * 64))
    assert raw.execute(CHANGE.format(change)).rowcount == 1


def test_a_customer_begins_without_one(raw: sqlite3.Connection) -> None:
    raw.execute("BEGIN")
    raw.execute(EVENT.replace("(SELECT id FROM customer)", "max(seq) + 1"), ("customer.added", "dana", "a" * 64))
    with pytest.raises(sqlite3.IntegrityError, match="rule 7"):
        raw.execute(
            "INSERT INTO customer (id, key, name, account_owner, claimed, via, added_by, added_at, next_touch,"
            " next_touch_due, event) SELECT max(seq), 'acme', 'Acme', actor, 0, 0, actor, at, 'Ring', at, max(seq)"
            " FROM event"
        )
