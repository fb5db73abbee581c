"""What is redacted is nowhere in the store's files any more, and history still verifies and says that it was."""

import io
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from owncase.bootstrap import World
from owncase.cli.main import run as run_in
from owncase.domain.event import Event
from owncase.domain.wordless import digest_in
from owncase.store.heads import head_of
from owncase.store.ledger import record_hash, write_intent

WORD = b"quokka"
"""In no name, key or command of the story but where a text holds it."""
Team = Callable[..., Any]
START = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


W = WORD.decode().title()
STORY = (
    ("rob", "open", f"{W} title", "-c", "acme", "-n", f"{W} action", "-d", "+3d", "--cause", f"{W} cause",
     "--contact", W, "--promise", f"{W} promised", "--by", "+4d", "--request-id", "r1"),
    ("carol", "note", "1", f"{W} noted\n" + f"a long one about the {W} " * 400),
    ("rob", "done", "1", "-n", f"{W} next", "-d", "+3d", "--did", f"{W} did", "--waiting-for", W),
    ("rob", "handoff", "1", "--to", "dana", "--note", f"{W} packet"),
    ("dana", "decline", "1", "--reason", "other", "--note", f"{W} no"),
    ("rob", "promise", "keep", "1.1", "--confirmed-by", W),
    ("rob", "close", "1", "--outcome", f"{W} outcome", "--confirmed-by", W, "--to", "dana"),
    ("dana", "ack", "1"),
    ("dana", "open", "Belt slips", "-c", "norfolk", "-n", "Call", "-d", "+3d", "--keep"),
)  # fmt: skip
"""The texts of case 1 of acme hold the word, and it ends; case 2 of norfolk stays open."""


@pytest.fixture(scope="session")
def ended_store(team_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The team's store after the story, made once."""
    home = tmp_path_factory.mktemp("ended")
    store, moments = home / "team.db", count()
    shutil.copyfile(team_store, store)
    for by, *words in STORY:
        streams = (io.StringIO(), io.StringIO(), io.StringIO())
        user = "rob" if by == "carol" else by
        world = World({"HOME": str(home)}, home, user, lambda: START + timedelta(minutes=next(moments)), lambda: "UTC",
                      *streams)  # fmt: skip
        assert run_in(["--store", str(store), "--as", by, *words], world) == 0, (words, streams[2].getvalue())
    return store


@pytest.fixture
def ended(team: Team, ended_store: Path, tmp_path: Path, clock: Any) -> Team:
    """A copy of it, an hour later."""
    shutil.copyfile(ended_store, tmp_path / "team.db")
    clock.move(hours=1)
    return team


def redact(team: Team, *words: str, code: int = 0, **facts: Any) -> dict[str, Any]:
    """Redact for a reason, with `--json`; what it printed."""
    done = team("store", "redact", *words, "--because", "They asked", "--json", **facts)
    assert done.exit == code, done
    return dict(json.loads(done.stdout or done.stderr))


def holding(folder: Path, word: bytes = WORD) -> list[str]:
    """The files that hold a word, however it is written in them: in upper or lower case, of a text or of the index."""
    found = [path for path in folder.rglob("*") if path.is_file() and word in path.read_bytes().lower()]
    return sorted(path.name for path in found)


def sound(team: Team) -> dict[str, Any]:
    done = team("store", "check", "--json")
    assert done.exit == 0, done.stdout
    return dict(json.loads(done.stdout))


def test_what_a_case_said_is_in_no_file_any_more(ended: Team, tmp_path: Path) -> None:
    assert holding(tmp_path) == ["team.db"]
    done = redact(ended, "1", "--yes")
    assert (done["what"], done["cases"], done["because"], done["texts"]) == ("case", [1], "They asked", 15)
    assert holding(tmp_path) == []
    checked = sound(ended)
    assert checked["redacted"] == done["texts"]


def test_history_says_that_it_was_removed_by_whom_and_why(ended: Team) -> None:
    redact(ended, "1", "--yes")
    events = json.loads(ended("history", "1", "--json").stdout)
    assert {event["text"] for event in events[:-1]} <= {"[redacted]", None}
    last = events[-1]
    assert (last["kind"], last["by"], last["text"]) == ("text.redacted", "rob", "They asked")
    case = json.loads(ended("show", "1", "--json").stdout)
    assert (case["title"], case["outcome"], case["status"]) == ("[redacted]", "[redacted]", "closed")
    assert [note["text"] for note in case["notes"]] == ["[redacted]"]
    assert json.loads(ended("find", "quokka", "--json").stdout) == []
    assert json.loads(ended("show", "2", "--json").stdout)["title"] == "Belt slips"


def test_work_goes_on_after_a_redaction(ended: Team) -> None:
    redact(ended, "1", "--yes")
    assert ended("reopen", "1", "--because", "Again", "-n", "Call", "-d", "+1d").exit == 0
    assert ended("note", "2", "Hello").exit == 0
    assert ended("find", "Hello", "--json").stdout.count('"case": 2') == 1
    assert ended("done", "1", "-n", "Look", "-d", "+1d", by="dana").exit == 0
    sound(ended)


def test_a_customer_goes_with_its_cases_and_keeps_its_key(ended: Team, tmp_path: Path) -> None:
    assert ended("customer", "edit", "acme", "--name", "Quokka Tools", "--email", "quokka@example.com").exit == 0
    assert ended("contact", "add", "acme", "Quokka Pat", "--role", "Quokka").exit == 0
    done = redact(ended, "acme", "--yes")
    assert (done["what"], done["cases"], len(done["events"])) == ("customer", [1], 2)
    assert holding(tmp_path) == []
    shown = json.loads(ended("customer", "show", "acme", "--json").stdout)
    assert (shown["key"], shown["name"], shown["email"]) == ("acme", "[redacted]", "[redacted]")
    events = json.loads(ended("history", "acme", "--json").stdout)
    assert [event["kind"] for event in events].count("text.redacted") == 2
    sound(ended)


def test_of_who_has_left_the_handle_stays(team: Team, tmp_path: Path) -> None:
    added = ("--name", "Quokka Low", "--email", "quokka@example.com", "--place", "Quokka Bay")
    assert team("person", "add", "erin", *added).exit == 0
    assert redact(team, "erin", "--yes", code=3)["error"]["fix"] == "owncase person retire erin"
    assert team("person", "retire", "erin").exit == 0
    assert redact(team, "erin", "--yes")["texts"] == 3
    assert holding(tmp_path) == []
    shown = json.loads(team("person", "show", "erin", "--json").stdout)
    assert (shown["handle"], shown["name"], shown["email"]) == ("erin", "[redacted]", "[redacted]")
    sound(team)


def test_a_redacted_store_comes_back_from_an_export(ended: Team, run: Any, tmp_path: Path) -> None:
    redact(ended, "1", "--yes")
    before = json.loads(ended("history", "1", "--json").stdout)
    assert ended("export", str(tmp_path / "all.jsonl")).exit == 0
    for path in (tmp_path / "home").rglob("heads/*"):
        path.unlink()
    other = ("--store", str(tmp_path / "back" / "again.db"))
    assert run(*other, "init", "--from", str(tmp_path / "all.jsonl"), os_user="rob").exit == 0
    assert json.loads(run(*other, "history", "1", "--json", os_user="rob").stdout) == before
    assert run(*other, "store", "check", os_user="rob").exit == 0
    assert holding(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "words", "says", "fix"),
    [
        ("2", [], "case 2 is open", "owncase close 2 --outcome TEXT --confirmed-by TEXT"),
        ("norfolk", [], "case 2 is open", "owncase close 2 --outcome TEXT --confirmed-by TEXT"),
        ("2", ["handoff 2 --to rob"], "on offer to rob",
         "owncase withdraw 2, then owncase close 2 --outcome TEXT --confirmed-by TEXT"),
        ("norfolk", ["void 2 --reason mistake", "customer handoff norfolk --to rob"], "the account norfolk is on offer",
         "owncase withdraw norfolk"),
        ("2",
         ["promise make 2 Soon --by +2d", "close 2 --outcome x --confirmed-by x --to rob", "ack 2 --take 1 --as rob"],
         "promise 2.1 is open", "owncase promise keep 2.1"),
        ("dana", [], "dana has not left", "owncase person retire dana"),
    ],
)  # fmt: skip
def test_what_is_still_needed_is_not_redacted(ended: Team, name: str, words: list[str], says: str, fix: str) -> None:
    for line in words:
        assert ended(*line.split(), by="rob" if "--as rob" in line else "dana").exit == 0
    for how in ("--yes", "--dry-run"):
        refused = redact(ended, name, how, code=3)["error"]
        assert (refused["code"], refused["fix"], says in refused["message"]) == ("still-needed", fix, True)


def test_only_who_made_the_store_redacts(ended: Team, tmp_path: Path) -> None:
    assert redact(ended, "1", "--yes", code=77, by="dana")["error"]["code"] == "founder-redacts"
    assert holding(tmp_path) == ["team.db"]


def test_nothing_goes_without_a_word(ended: Team, tmp_path: Path) -> None:
    before = (tmp_path / "team.db").read_bytes()
    assert redact(ended, "1", code=2)["error"]["fix"] == "say it with --yes"
    assert ended("store", "redact", "1", "--yes").exit == 2
    assert ended("store", "redact", "1", "--because", "x", terminal=True, stdin="no\n").exit == 0
    assert redact(ended, "1", "--yes", "--dry-run", code=2)
    assert redact(ended, "nobody", "--yes", code=66)
    assert redact(ended, "1", "--dry-run")["texts"] == 15
    assert (tmp_path / "team.db").read_bytes() == before
    assert ended("store", "redact", "1", "--because", "x", terminal=True, stdin="yes\n").exit == 0
    assert holding(tmp_path) == []


def test_a_second_time_there_is_nothing_left(ended: Team) -> None:
    redact(ended, "1", "--yes")
    again = redact(ended, "1", "--yes")
    assert (again["texts"], again["events"]) == (0, [])
    assert ended("store", "redact", "1", "--because", "x", "--yes").stdout == "no text of case 1 is left\n"


def test_a_request_is_done_once_also_after_it_was_redacted(ended: Team, clock: Any) -> None:
    first = redact(ended, "1", "--yes", "--request-id", "gone")
    assert redact(ended, "1", "--yes", "--request-id", "gone")["events"] == first["events"]
    opening = ("open", "x", "-c", "acme", "-n", "y", "-d", "+3d", "--request-id", "r1")
    done = ended(*opening)
    assert (done.exit, "already done" in done.stderr) == (0, True)
    assert len(json.loads(ended("list", "--status", "all", "--json").stdout)) == 2


def test_older_copies_and_typed_lines_are_told_of(ended: Team, tmp_path: Path) -> None:
    assert ended("store", "backup", str(tmp_path / "copy.db")).exit == 0
    assert ended("export", str(tmp_path / "all.jsonl")).exit == 0
    (tmp_path / "other.txt").write_text("quokka")
    identity = json.loads(ended("store", "head", "--json").stdout)["store"]
    lines = next((tmp_path / "home").rglob("heads")).parent / "lines" / identity
    lines.parent.mkdir()
    lines.write_text("note 1 quokka\n")
    done = redact(ended, "1", "--yes")
    assert [Path(path).name for path in done["copies"]] == ["all.jsonl", "copy.db"]
    assert (done["lines_forgotten"], lines.exists()) == (True, False)


def raw(tmp_path: Path) -> Any:
    return closing(sqlite3.connect(tmp_path / "team.db", isolation_level=None))


def test_a_lost_text_is_no_redacted_one(ended: Team, tmp_path: Path) -> None:
    redact(ended, "1", "--yes")
    with raw(tmp_path) as connection:
        connection.execute("DROP TRIGGER text_delete")
        connection.execute("DELETE FROM text WHERE body = 'Belt slips'")
    done = ended("store", "check")
    assert (done.exit, "has lost the text" in done.stdout) == (5, True)


def test_a_redacted_text_that_is_put_back_is_found(ended: Team, tmp_path: Path) -> None:
    with raw(tmp_path) as connection:
        kept = connection.execute("SELECT * FROM text WHERE body LIKE '%title'").fetchone()
    redact(ended, "1", "--yes")
    with raw(tmp_path) as connection:
        put = "INSERT INTO text VALUES (?, ?, ?, ?, ?)"
        with pytest.raises(sqlite3.IntegrityError, match="rule 7: a text belongs to its event"):
            connection.execute(put, kept)
        connection.execute("DROP TRIGGER text_insert")
        connection.execute(put, kept)
    done = ended("store", "check")
    assert (done.exit, "still here" in done.stdout) == (5, True)


EVENT = """
INSERT INTO event (seq, kind, actor, case_number, subject, at, recorded_at, intent, hash)
SELECT max(seq) + 1, 'text.redacted', (SELECT id FROM person WHERE handle = :by), :case, :subject, max(at),
  max(recorded_at), :intent, :hash FROM event
"""
OF_CASE = "DELETE FROM text WHERE event IN (SELECT seq FROM event WHERE case_number = {})"


def forge(raw: sqlite3.Connection, by: str, case: int | None, names: str = "SELECT commitment FROM text") -> None:
    """Put a redaction of these texts at the end of history, past the program."""
    named = [name for (name,) in raw.execute(names)]
    intent = json.dumps({"data": {"commitments": named}})
    raw.execute(EVENT, {"by": by, "case": case, "subject": None, "intent": intent, "hash": "a" * 64})


@pytest.mark.parametrize(
    ("said", "of"),
    [
        pytest.param((), 1, id="without a redaction"),
        pytest.param(("dana", 1), 1, id="by somebody else"),
        pytest.param(("rob", 2), 2, id="of an open case"),
        pytest.param(("rob", 1), 2, id="of another case"),
        pytest.param(("rob", None), 1, id="of nothing"),
        pytest.param(("rob", 1, "SELECT commitment FROM text ORDER BY id LIMIT 1"), 1, id="that does not name it"),
    ],
)
def test_plain_sql_removes_no_text(ended: Team, tmp_path: Path, said: tuple[Any, ...], of: int) -> None:
    with raw(tmp_path) as connection:
        if said:
            forge(connection, *said)
        with pytest.raises(sqlite3.IntegrityError, match="rule 7: a text goes only by the redaction"):
            connection.execute(OF_CASE.format(of))


def test_plain_sql_that_says_the_whole_truth_is_still_seen(ended: Team, tmp_path: Path) -> None:
    with raw(tmp_path) as connection:
        forge(connection, "rob", 1)
        assert connection.execute(OF_CASE.format(1)).rowcount == 15
    assert ended("store", "check").exit == 5


def test_a_redaction_by_somebody_else_is_found_however_well_it_is_forged(ended: Team, tmp_path: Path) -> None:
    with raw(tmp_path) as connection:
        head, names = head_of(connection), connection.execute("SELECT commitment FROM text WHERE event = 9").fetchall()
        last = connection.execute("SELECT hash FROM event WHERE case_number = 1 ORDER BY seq DESC LIMIT 1").fetchone()
        dana = connection.execute("SELECT id FROM person WHERE handle = 'dana'").fetchone()[0]
        said = {"what": "case", "commitments": [name for (name,) in names], "because": "x"}
        then = "2026-11-23T10:00:00Z"
        forged = Event(kind="text.redacted", actor=dana, at=then, case=1, typed_by="dana", data=said, seq=head.seq + 1,
                       recorded_at=then)  # fmt: skip
        intent, _ = write_intent(forged, store=head.store, on=last[0])
        store, before = bytes.fromhex(head.store), bytes.fromhex(head.hash)
        made = record_hash(store, forged.seq, before, intent, forged.recorded_at)
        values = (forged.seq, forged.kind, dana, 1, forged.at, forged.recorded_at, intent, made.hex())
        connection.execute("INSERT INTO event (seq, kind, actor, case_number, at, recorded_at, intent, hash)"
                           " VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)  # fmt: skip
        connection.execute("DROP TRIGGER text_delete")
        assert connection.execute("DELETE FROM text WHERE event = 9").rowcount == len(names) > 0
    done = ended("store", "check")
    assert (done.exit, "breaks a rule (founder-redacts)" in done.stdout) == (5, True)


@pytest.mark.slow
def test_whoever_is_killed_redacting_leaves_all_or_nothing(ended_store: Path, run: Any, tmp_path: Path) -> None:
    folder = tmp_path / "killed"
    folder.mkdir(mode=0o700)
    script = str(Path(__file__).with_name("redact_killed.py"))
    command = [sys.executable, script, str(ended_store), str(folder), "12"]
    answers = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert answers[0]
    done = 0
    for number, answered in enumerate(answers):
        here = folder / str(number)
        store = ("--store", str(here / "team.db"))
        its = {"os_user": "rob", "environ": {"XDG_STATE_HOME": str(here)}}
        checked = json.loads(run(*store, "store", "check", "--json", **its).stdout)
        assert (checked["findings"], checked["redacted"]) in (([], 0), ([], 15))
        assert (holding(here)[:1] == []) is bool(checked["redacted"])
        assert checked["redacted"] or not answered
        done += bool(checked["redacted"])
        again = run(*store, "store", "redact", "1", "--because", "x", "--yes", **its)
        assert (again.exit, holding(here)) == (0, [])
    assert 0 < done < len(answers)


def test_no_digest_of_what_was_typed_stands_in_the_chain(ended: Team, tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("title,customer,owner,next,due\nQuokka,acme,rob,Call,2026-12-24\n")
    assert ended("import", "cases", str(tmp_path / "old.csv"), "--yes").exit == 0
    (tmp_path / "old.csv").unlink()
    with raw(tmp_path) as connection:
        digests = "SELECT json_extract(intent, '$.request.digest'), json_extract(intent, '$.data.digest') FROM event"
        stated = [one for row in connection.execute(digests) for one in row if one]
        kept = [digest_in(body) for (body,) in connection.execute("SELECT body FROM text")]
    assert len(stated) == 2
    assert all(one.startswith('{"text":') for one in stated)
    found = [digest for digest in kept if re.fullmatch("[0-9a-f]{64}", digest)]
    assert len(found) == 2
    for digest in found:
        assert json.loads(ended("find", digest[:6], "--json").stdout) == []


def test_a_redacted_case_is_not_imported_again_where_it_has_an_id(ended: Team, tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    bring = ("import", "cases", str(file), "--yes", "--json")
    head = "external,title,customer,owner,next,due"
    file.write_text(f"{head}\nT-1,Quokka,acme,rob,Call,2026-12-24\n,Quokka,acme,rob,Call,2026-12-24\n")
    assert [row["outcome"] for row in json.loads(ended(*bring).stdout)] == ["new", "new"]
    assert [row["outcome"] for row in json.loads(ended(*bring).stdout)] == ["present", "present"]
    for number in ("3", "4"):
        assert ended("void", number, "--reason", "mistake").exit == 0
        redact(ended, number, "--yes")
    assert [row["outcome"] for row in json.loads(ended(*bring).stdout)] == ["present", "new"]


def test_a_redacted_log_is_present_and_not_called_changed(team: Team, tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text("id,at,who,state,of\nL-1,2026-01-02,dana,open,acme\nL-1,2026-01-03,rob,done,acme\n")
    columns = ("--case", "id", "--at", "at", "--owner", "who", "--status", "state", "--customer", "of")
    bring = ("import", "log", str(file), *columns, "--closed", "done", "--json")
    assert json.loads(team(*bring).stdout)["cases"] == 1
    redact(team, "1", "--yes")
    found = json.loads(team(*bring).stdout)
    assert (found["cases"], found["present"], found["changed"]) == (0, 1, 0)
    sound(team)


def test_events_of_an_older_owncase_keep_their_digests_and_count(
    ended: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("owncase.store.write.wordless", str)
    opening = ("open", "Drum", "-c", "acme", "-n", "Call", "-d", "+3d", "--keep", "--request-id", "old")
    assert ended(*opening).exit == 0
    monkeypatch.undo()
    with raw(tmp_path) as connection:
        connection.execute("PRAGMA user_version = 2")
    assert ended("store", "upgrade").exit == 0
    assert "already done" in ended(*opening).stderr
    assert ended("open", "Other", *opening[2:]).exit == 4
    assert ended("void", "3", "--reason", "mistake").exit == 0
    assert redact(ended, "3", "--yes")["digests_left"] == 1
    assert "already done" in ended(*opening).stderr
    sound(ended)
