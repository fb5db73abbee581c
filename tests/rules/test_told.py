"""What a customer was told: by anybody, about open and ended cases, and it changes nothing of what is on offer."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

BY_PHONE = ("--how", "phone", "--whom", "Pat")


def test_the_customer_heard_from_us_when_somebody_told_them(opened: Any, clock: Any) -> None:
    clock.set("2026-11-24T10:00:00Z")
    opened.rob.does("told", "1", "We", "look", "tomorrow", *BY_PHONE)
    told = opened.rob.asks("history", "1")[-1]
    assert (told["kind"], told["by"], told["text"], told["what"]) == (
        "case.told", "rob", "We look tomorrow", "told Pat (phone)",
    )  # fmt: skip


def test_what_another_told_stands_in_the_owners_next_until_seen(opened: Any) -> None:
    opened.dana.does("told", "1", "Parts come Friday", *BY_PHONE)
    opened.carol.does("told", "1", "--how", "chat", "--whom", "Mia")
    notes = opened.rob.asks("show", "1")["notes"][1:]
    assert [(note["author"], note["text"], note["unseen"]) for note in notes] == [
        ("dana", "told Pat (phone): Parts come Friday", True),
        ("carol", "told Mia (chat)", True),
    ]
    opened.rob.does("seen", "1")
    assert not any(note["unseen"] for note in opened.rob.asks("show", "1")["notes"])


def test_telling_supersedes_no_offer(offered: Any) -> None:
    before = offered.case()["pending"]
    offered.rob.does("told", "1", *BY_PHONE)
    offered.dana.does("told", "1", *BY_PHONE)
    assert offered.case()["pending"] == before
    offered.dana.does("ack", "1")
    assert offered.case()["owner"] == "dana"


def test_a_closed_case_is_told_about_too_and_leaves_no_note(opened: Any) -> None:
    opened.rob.does("close", "1", "--outcome", "Replaced", "--confirmed-by", "Pat")
    opened.dana.does("ack", "1")
    opened.carol.does("told", "1", "It is done", *BY_PHONE)
    assert [note["author"] for note in opened.case()["notes"]] == ["rob"]
    assert opened.kinds()[-1] == "case.told"


def test_a_case_of_which_the_customer_heard_is_no_mistake_of_one_alone(opened: Any) -> None:
    opened.rob.does("told", "1", *BY_PHONE)
    assert "1 is NOT void yet: offered to dana" in opened.rob.does("void", "1", "--reason", "mistake")[0]


def test_a_duplicate_ends_alone_whatever_the_customer_was_told(opened: Any) -> None:
    opened.rob.does("open", "Same", "-c", "norfolk", "-n", "Call", "-d", "fri", "--keep")
    opened.rob.does("told", "2", *BY_PHONE)
    opened.rob.does("void", "2", "--reason", "duplicate", "--of", "1")


def test_which_etas_they_know_is_said(opened: Any) -> None:
    opened.rob.does("promise", "make", "1", "New drives", "--by", "thu 15:00")
    said = opened.rob("promise", "told", "1.1", *BY_PHONE).stderr
    assert said.splitlines()[0] == "promise 1.1: they knew already: Thu 26 Nov 2026 15:00 UTC"
    opened.rob.does("promise", "keep", "1.1")
    said = opened.rob.is_told(3, "promise", "told", "1.1", *BY_PHONE)
    assert said.startswith("promise 1.1 is kept: it has no ETA to tell")
    assert "no promise 7" in opened.rob.is_told(66, "told", "1", "--promise", "7", *BY_PHONE)
    assert "not one of case 1" in opened.rob.is_told(2, "told", "1", "--promise", "2.1", *BY_PHONE)


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ((), "--how HOW"),
        (("--how", "phone"), "--whom TEXT"),
        (("--how", "fax", "--whom", "Pat"), "email, phone, visit"),
    ],
)
def test_how_and_whom_have_to_be_said(opened: Any, words: tuple[str, ...], missing: str) -> None:
    assert missing in opened.rob.is_told(2, "told", "1", *words)


def test_on_a_terminal_they_are_asked_for(opened: Any) -> None:
    opened.rob.does("edit", "1", "--contact", "Pat Moss")
    done = opened.rob("told", "1", terminal=True, stdin="fax\nphone\n\n")
    assert done.exit == 0
    assert "how takes no 'fax'" in done.stderr
    assert "told whom [Pat Moss]: " in done.stderr
    assert opened.case()["history"][-1]["data"]["whom"] == "Pat Moss"


def test_a_customer_is_told_what_is_about_no_case(opened: Any) -> None:
    opened.carol.does("told", "norfolk", "We move house", "--account", "--how", "email", "--whom", "everybody")
    told = opened.rob.asks("history", "norfolk")[-1]
    assert (told["kind"], told["case"], told["text"]) == ("customer.told", None, "We move house")
    said = opened.rob.is_told(2, "told", "norfolk", "--account", "--promise", "1.1", *BY_PHONE)
    assert "owncase told CASE --promise 42.1" in said


def test_a_customer_with_one_open_case_is_that_case_and_with_none_the_customer(opened: Any) -> None:
    opened.rob.does("told", "norfolk", *BY_PHONE)
    assert opened.kinds()[-1] == "case.told"
    opened.rob.does("void", "1", "--reason", "mistake", "--to", "dana")
    opened.dana.does("ack", "1")
    opened.rob.does("told", "norfolk", *BY_PHONE)
    assert opened.rob.asks("history", "norfolk")[-1]["kind"] == "customer.told"


def test_with_several_open_cases_the_number_is_needed(opened: Any) -> None:
    opened.rob.does("open", "Other", "-c", "norfolk", "-n", "Call", "-d", "fri", "--keep")
    assert "--account" in opened.rob.is_told(2, "told", "norfolk", *BY_PHONE)


def test_a_request_sent_twice_is_one_telling(opened: Any) -> None:
    for _ in range(2):
        opened.rob.does("told", "1", *BY_PHONE, "--request-id", "r-1")
        opened.rob.does("told", "norfolk", "--account", *BY_PHONE, "--request-id", "r-2")
    assert opened.kinds().count("case.told") == 1
    assert "is never undone" in opened.rob.is_told(3, "undo", "1")


# past the program ----------------------------------------------------------------------------------------------------


@pytest.fixture
def raw(opened: Any, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The store itself, with a promise in debt: the customer knows another ETA."""
    opened.rob.does("promise", "make", "1", "New drives", "--by", "thu 15:00")
    (store,) = (tmp_path / "home").rglob("*.db")
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        rule = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'promise_update'").fetchone()[0]
        connection.execute("BEGIN")
        connection.execute("DROP TRIGGER promise_update")
        connection.execute("UPDATE promise SET due = '2026-11-30T15:00:00Z', debt_since = '2026-11-23T10:00:00Z'")
        connection.execute(rule)
        yield connection


EVENT = """
INSERT INTO event (seq, kind, actor, case_number, at, recorded_at, intent, hash)
SELECT max(seq) + 1, ?, (SELECT id FROM person WHERE handle = ?), ?, max(at), max(recorded_at), ?, ? FROM event
"""
LAST = "(SELECT max(seq) FROM event)"
HEARD = (
    "UPDATE cases SET heard_at = (SELECT max(at) FROM event), contacts = contacts + 1, version = version + 1,"
    f" event = {LAST}"
)
KNOWS = f"UPDATE promise SET told_due = due, debt_since = NULL, event = {LAST}"
TOLD = f"""
INSERT INTO told (id, customer, case_number, teller, how, whom, text, promises, told_at, event)
SELECT {LAST}, customer, 1, (SELECT id FROM person WHERE handle = 'dana'), 'phone', 'Pat', NULL, '[1]', max(at), {LAST}
FROM cases, event WHERE number = 1
"""
NOTE = f"""
INSERT INTO note (id, case_number, author, text, noted_at, unseen, undone, event)
SELECT {LAST}, 1, (SELECT id FROM person WHERE handle = 'dana'), 'told Pat', max(at), 1, 0, {LAST} FROM event
"""


def say(raw: sqlite3.Connection, kind: str = "case.told", promises: str = "[1]", by: str = "dana") -> None:
    raw.execute(EVENT, (kind, by, 1, f'{{"data":{{"how":"phone","promises":{promises}}}}}', "a" * 64))


def test_what_an_event_of_telling_may_change(raw: sqlite3.Connection) -> None:
    say(raw)
    for change in (KNOWS, TOLD, NOTE, HEARD):
        raw.execute(change)


@pytest.mark.parametrize(
    ("event", "change"),
    [
        pytest.param({"kind": "case.noted"}, HEARD, id="a note ends no silence"),
        pytest.param({}, HEARD.replace("(SELECT max(at) FROM event)", "'2027-01-01T00:00:00Z'"), id="another moment"),
        pytest.param({}, HEARD.replace("contacts + 1", "contacts"), id="not counted"),
        pytest.param({"kind": "case.noted"}, KNOWS, id="a note tells no ETA"),
        pytest.param({"promises": "[2,11]"}, KNOWS, id="another promise"),
        pytest.param({}, KNOWS.replace("= due", "= '2026-12-24T00:00:00Z'"), id="another ETA than ours"),
        pytest.param({}, KNOWS.replace("NULL", "'2026-11-24T00:00:00Z'"), id="the debt stays"),
        pytest.param({}, f"UPDATE promise SET debt_since = NULL, event = {LAST}", id="the debt alone"),
        pytest.param({}, KNOWS.replace("SET", "SET due = '2026-12-24T00:00:00Z',"), id="the ETA itself"),
        pytest.param({}, KNOWS.replace("SET", "SET holder = 3,"), id="the holder"),
        pytest.param({}, KNOWS.replace("SET", "SET state = 'kept',"), id="kept by being told"),
        pytest.param({"by": "carol"}, TOLD, id="by somebody else"),
        pytest.param({"promises": "[2]"}, TOLD, id="a row of other promises"),
        pytest.param({}, TOLD.replace("'phone'", "'visit'"), id="told otherwise"),
        pytest.param({}, TOLD.replace("'Pat'", "' '"), id="told nobody"),
        pytest.param({}, TOLD.replace("customer, 1,", "customer, NULL,"), id="about no case"),
        pytest.param({"kind": "case.noted"}, TOLD, id="a note is no telling"),
        pytest.param({}, NOTE.replace("'told Pat', max(at), 1", "'told Pat', max(at), 0"), id="a note that is seen"),
        pytest.param({"by": "rob"}, NOTE.replace("'dana'", "'rob'"), id="a note of the owner's own telling"),
    ],
)
def test_what_no_event_may_change(raw: sqlite3.Connection, event: dict[str, str], change: str) -> None:
    say(raw, **event)
    with pytest.raises(sqlite3.IntegrityError, match="rule"):
        raw.execute(change)


def test_what_was_said_stays(raw: sqlite3.Connection) -> None:
    say(raw)
    raw.execute(TOLD)
    for change in ("UPDATE told SET whom = 'Mia'", "DELETE FROM told", TOLD):
        with pytest.raises(sqlite3.IntegrityError, match="rule 7"):
            raw.execute(change)


def test_a_mistake_is_void_alone_only_before_the_customer_heard(opened: Any, tmp_path: Path) -> None:
    (store,) = (tmp_path / "home").rglob("*.db")
    void = (
        "UPDATE cases SET status = 'void', void_reason = 'mistake', closed_at = heard_at, next_action = NULL,"
        f" next_due = NULL, version = version + 1, event = {LAST}"
    )
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        say(connection, "case.voided", by="rob")
        connection.execute(void)
        connection.execute("ROLLBACK")
    opened.rob.does("told", "1", *BY_PHONE)
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        say(connection, "case.voided", by="rob")
        with pytest.raises(sqlite3.IntegrityError, match="rules 2 and 4"):
            connection.execute(void)
