"""The daily report tells what happened since a moment, question by question, in words that stay the same."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from owncase.queries.daily import QUESTIONS, span_of
from owncase.store.reader import open_reader

Run = Callable[..., Any]


@pytest.fixture
def day(team: Run, clock: Any) -> Run:
    """A day in which everything happened once; rob, dana and carol are as `team` says, and carol joins at its end."""

    def done(*words: str, by: str = "rob") -> None:
        said = team(*words, by=by)
        assert said.exit == 0, (words, said.stderr)

    clock.set("2026-11-24T08:00:00Z")
    new = ("-c", "norfolk", "-n", "Call Pat", "-d", "2026-12-01", "--keep")
    for title in ("Moves", "Closes", "Duplicate", "Spam", "Same hand", "Asked to void"):
        done("open", title, *new)
    done("handoff", "1", "--to", "dana")
    done("ack", "1", by="dana")
    done("close", "2", "--outcome", "New drives", "--confirmed-by", "Pat", "--to", "dana")
    done("ack", "2", by="dana")
    done("void", "3", "--reason", "duplicate", "--of", "5", "--note", "Pat wrote twice")
    done("void", "4", "--reason", "spam")
    done("handoff", "5", "--to", "carol")
    done("ack", "5", by="carol")  # typed by rob
    done("note", "6", "They called", by="carol")
    done("customer", "handoff", "acme", "--to", "dana")
    done("ack", "acme", by="dana")
    done("reopen", "2", "--because", "One is\nbroken again", "-n", "Call Pat", "-d", "2026-12-01", by="dana")
    assert team("join", "carol", by="cames").exit == 0
    clock.set("2026-11-24T09:00:00Z")
    return team


def told(done: Any) -> list[tuple[Any, ...]]:
    rows = json.loads(done.stdout)
    assert all(
        list(row) == ["what", "case", "customer", "by", "for", "text", "at", "typed_by", "claimed"] for row in rows
    )
    return [(*(row[name] for name in ("what", "case", "customer", "by", "for", "text", "typed_by")),) for row in rows]


def test_everything_is_told_once_under_its_question(day: Run) -> None:
    assert told(day("report", "daily", "--json")) == [
        ("joined", None, None, "carol", None, "is the OS user cames", "cames"),
        ("moved", 1, "norfolk", "dana", "rob", "from rob to dana", "dana"),
        ("moved", 5, "norfolk", "carol", "rob", "from rob to carol", "rob"),
        ("moved", None, "acme", "dana", "rob", "account from rob to dana", "dana"),
        ("closed", 2, "norfolk", "dana", "rob", "New drives", "dana"),
        ("voided", 3, "norfolk", "rob", None, "duplicate of 5: Pat wrote twice", "rob"),
        ("voided", 4, "norfolk", "rob", None, "spam", "rob"),
        ("reopened", 2, "norfolk", "dana", "dana", "One is\nbroken again", "dana"),
        ("same-hand", 5, "norfolk", "carol", "rob", "offered by rob, both typed by rob", "rob"),
        ("claimed", None, None, "carol", None, "2 acts", "rob"),
    ]


def test_a_voiding_that_was_acknowledged_an_account_in_one_hand_and_a_return_are_told(day: Run, tmp_path: Path) -> None:
    day("promise", "make", "6", "A call", "--by", "+1d")
    day("promise", "keep", "6.1")
    assert day("void", "6", "--reason", "mistake", "--to", "dana").exit == 0
    assert day("ack", "6", by="dana").exit == 0
    assert day("person", "add", "eve", "--name", "Eve").exit == 0
    assert day("customer", "handoff", "norfolk", "--to", "eve", by="dana").exit == 0
    assert day("--as", "eve", "ack", "norfolk", by="dana").exit == 0
    log = tmp_path / "log.csv"
    log.write_text("id,at,who,state,customer\n7,2026-11-20T09:00:00Z,Dana Ortiz,open,Acme Tools\n")
    names = {"case": "id", "at": "at", "owner": "who", "status": "state", "customer": "customer", "closed": "done"}
    columns = [word for name, column in names.items() for word in (f"--{name}", column)]
    assert day("import", "log", str(log), *columns, "--next", "Look", "--due-default", "2026-12-01").exit == 0
    assert day("decline", "7", "--reason", "not-my-customer", "--note", "Rob's", by="dana").exit == 0
    since = told(day("report", "daily", "--since", "2026-11-24T10:00", "--json"))
    assert since == [
        ("moved", None, "norfolk", "eve", "dana", "account from dana to eve", "dana"),
        ("voided", 6, "norfolk", "dana", "rob", "mistake", "dana"),
        ("returned", 7, "acme", "dana", "rob", "not-my-customer: Rob's", "dana"),
        (
            "same-hand",
            None,
            "norfolk",
            "eve",
            "dana",
            "offered by dana, both typed by dana",
            "dana",
        ),
        ("claimed", None, None, "eve", None, "1 act", "dana"),
    ]


def test_the_last_day_counts_unless_a_moment_is_named(day: Run, clock: Any) -> None:
    clock.set("2026-11-25T08:00:30Z")
    assert 0 < len(told(day("report", "daily", "--json"))) < 10
    clock.set("2026-11-25T09:00:00Z")
    empty = day("report", "daily", "--json")
    assert (empty.exit, empty.stdout) == (0, "[]\n")
    assert len(told(day("report", "daily", "--since", "2026-11-24", "--json"))) == 10
    assert len(told(day("report", "daily", "--at", "2026-11-24T09:30", "--json"))) == 10
    assert told(day("report", "daily", "--since", "2026-11-23", "--at", "2026-11-23T22:00", "--json")) == []


def test_at_a_past_moment_the_same_is_told_for_ever(day: Run) -> None:
    words = ("report", "daily", "--at", "2026-11-24T09:30", "-f", "md")
    before = day(*words).stdout
    assert day("note", "1", "More").exit == 0
    assert day(*words).stdout == before


def test_people_see_blocks_and_last_the_head_to_keep(day: Run) -> None:
    head = day("store", "head").stdout
    shown = day("report", "daily", terminal=True, environ={"LINES": "99", "NO_COLOR": "1"}).stdout
    assert shown.endswith(f"\n\n{head}")
    assert [line for line in shown.splitlines() if line in QUESTIONS] == [
        "joined", "moved", "closed", "voided", "reopened", "same-hand", "claimed"
    ]  # fmt: skip
    assert "carol (typed by rob)" in shown
    assert "dana (typed by" not in shown
    in_markdown = day("report", "daily", "-f", "md").stdout
    assert in_markdown.endswith(f"\n\n{head}")
    assert "| moved | 1 | dana | norfolk | from rob to dana |" in in_markdown
    nothing = day("report", "daily", "--since", "10:00", "-f", "md").stdout
    assert nothing == f"Nothing to report.\n\n{head}"
    for shape in ("tsv", "csv", "json", "jsonl", "html"):
        assert "owncase-head" not in day("report", "daily", "-f", shape).stdout


@pytest.mark.parametrize(
    ("word", "code"), [("same-hand", 1), ("voided", 1), ("returned", 0), ("overdue", 0), ("lateness", 2)]
)
def test_a_job_may_fail_on_what_it_must_not_hold(day: Run, word: str, code: int) -> None:
    done = day("report", "daily", "--fail-on", word)
    assert done.exit == code
    assert (done.stdout == "") is (code == 2)


def test_a_job_may_fail_on_what_is_overdue(day: Run, clock: Any) -> None:
    clock.set("2026-12-02T09:00:00Z")
    assert day("report", "daily", "--fail-on", "overdue").exit == 1


def test_the_stretch_is_found_by_halving(day: Run, tmp_path: Path) -> None:
    assert day("person", "list").exit == 0
    reader = open_reader(tmp_path / "team.db")
    moments = [row["recorded_at"] for row in reader.rows("SELECT recorded_at FROM event ORDER BY seq")]
    for since in {*moments, "", "9", "2026-11-24T08:00:00Z"}:
        expected = next((seq for seq, moment in enumerate(moments, 1) if moment >= since), len(moments) + 1)
        assert span_of(reader, since) == (expected, len(moments))
    for until in {*moments, "2026-11-24T08:00:00Z"}:
        assert span_of(reader, "", until) == (1, sum(moment <= until for moment in moments))
    reader.close()


def test_the_report_of_handoffs_counts_answers_by_the_same_hand(day: Run) -> None:
    rows = {row["case"]: row["same_hand"] for row in json.loads(day("report", "handoffs", "--json").stdout)}
    assert rows == {1: 0, 2: 0, 3: 0, 4: 0, 5: 1, 6: 0}


def test_an_unconfirmed_closing_is_told_until_it_is_confirmed(day: Run, clock: Any) -> None:
    def done(*words: str, by: str = "rob") -> None:
        assert day(*words, by=by).exit == 0

    clock.set("2026-11-25T08:00:00Z")
    done("close", "6", "--outcome", "Replaced", "--unconfirmed", "Pat is away", "--to", "dana")
    done("ack", "6", by="dana")
    since = ("report", "daily", "--since", "2026-11-25T07:00", "--json")
    assert told(day(*since)) == [
        ("closed", 6, "norfolk", "dana", "rob", "Replaced", "dana"),
        ("unconfirmed", 6, "norfolk", "dana", "rob", "Pat is away", "dana"),
    ]
    assert day("report", "daily", "--since", "2026-11-25T07:00", "--fail-on", "unconfirmed").exit == 1
    clock.set("2026-11-25T10:00:00Z")
    done("confirm", "6", "--by", "Pat Moore")
    assert told(day(*since))[1:] == [("confirmed", 6, "norfolk", "rob", None, "Pat Moore", "rob")]
    assert told(day(*since, "--at", "2026-11-25T09:00Z"))[1][0] == "unconfirmed"
