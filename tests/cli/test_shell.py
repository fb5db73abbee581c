"""A warm shell runs each line as a command of its own: same answers, same exit codes, and nothing left over."""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from owncase.cli.main import run
from owncase.cli.shell.lines import UnclosedQuote, split
from owncase.cli.shell.session import Session
from owncase.store.connection import GUARDS

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture
def shell(team: Callable[..., Any]) -> Callable[..., Any]:
    """Run lines in one shell: `shell("next\\nexit")`; two cases of rob's are there."""
    team("open", "Disks damaged", "-c", "norfolk", "-n", "Call Pat", "-d", "2026-11-24T15:00")
    team("open", "Invoice wrong", "-c", "acme", "-n", "Look it up", "-d", "2026-11-25T15:00")

    def run(text: str, *words: str, **facts: Any) -> Any:
        return team("shell", *words, stdin=text, **facts)

    return run


@pytest.fixture
def session(team: Callable[..., Any], world: Callable[..., Any], tmp_path: Path) -> Iterator[Any]:
    """A session of rob's on the team's store, and its world."""
    team("open", "Disks damaged", "-c", "norfolk", "-n", "Call Pat", "-d", "2026-11-24T15:00")
    made = Session(world(os_user="rob", environ={"OWNCASE_STORE": str(tmp_path / "team.db")}))
    yield made
    made.close()


def said(session: Session) -> str:
    """What was printed since it was asked last."""
    out: Any = session.world.stdout
    text: str = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def test_a_line_of_the_shell_takes_a_call(shell: Callable[..., Any]) -> None:
    done = shell(
        "call 1 \"Where's my disk?\" --whom Pat --answered 'On the truck'\ncall acme Cables? --callback +1d\nwho 1\n"
    )
    assert done.exit == 0
    assert done.stdout.count("Where's my disk?") == 1
    assert "3 acme · rob · Call back: Cables?" in done.stdout


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("note 42 Pat's photo isn't here", ["note", "42", "Pat's", "photo", "isn't", "here"]),
        ("note 42 'Pat's photo' \"isn't\"", ["note", "42", "Pat's photo", "isn't"]),
        ("note 42 the Smiths' 3.5\" disk", ["note", "42", "the", "Smiths'", '3.5"', "disk"]),
        ("open 'Rock ''n'' roll' -n\"Call Pat\"", ["open", "Rock n roll", "-nCall Pat"]),
        ("note 42 --x='a b' --y=\"c d\"", ["note", "42", "--x=a b", "--y=c d"]),
        (r"note 42 C:\temp \"here\" a\ b \\", ["note", "42", r"C:\temp", '"here"', "a b", "\\"]),
        ("owncase show 42\r\n", ["show", "42"]),
        ("show 'owncase' ''", ["show", "owncase", ""]),
        ("note 42 ticket #7", ["note", "42", "ticket", "#7"]),
        ("  # note 42", []),
        ("", []),
        ("find a | b > c *", ["find", "a", "|", "b", ">", "c", "*"]),
    ],
)
def test_a_line_becomes_words(line: str, words: list[str]) -> None:
    assert split(line) == words


@pytest.mark.parametrize(("line", "mark"), [("note 42 \"Pat's", '"'), ("note 42 'Pats", "'"), ('show "', '"')])
def test_an_open_quote_is_named(line: str, mark: str) -> None:
    with pytest.raises(UnclosedQuote, match=f"a {mark} is not closed"):
        split(line)


@given(st.lists(st.text(st.characters(exclude_characters="\0"))))
@example(["Pat's", "a'b'c", "'", '"', "\\'", "é'é", "-n'x", "=\"'"])
def test_what_shlex_writes_is_read_back(words: list[str]) -> None:
    import shlex

    assert split(f"show {shlex.join(words)}") == ["show", *words]


def test_lines_of_a_file_are_run_one_after_the_other(shell: Callable[..., Any]) -> None:
    done = shell("# a day\n\nnote 1 \"Pat's photo isn't here\"\nshow 1 --json\nowncase list -f tsv\n")
    assert (done.exit, done.stderr) == (0, "")
    receipt, case, header, *rows = done.stdout.splitlines()
    assert receipt.startswith("1 norfolk · rob · Call Pat")
    assert json.loads(case)["notes"][0]["text"] == "Pat's photo isn't here"
    assert header.startswith("case\tuid")
    assert len(rows) == 2


def test_it_stops_at_the_first_line_that_fails_with_its_code(shell: Callable[..., Any]) -> None:
    done = shell("show 99\nshow 1\n")
    assert (done.exit, done.stdout) == (66, "")
    assert done.stderr.splitlines()[1] == "line 1 ended with 66; --keep-going goes on"


def test_keep_going_runs_all_and_ends_with_the_first_code(shell: Callable[..., Any]) -> None:
    done = shell("show 99\nnope\nshow 1 -f jsonl\n", "--keep-going")
    assert done.exit == 66
    assert json.loads(done.stdout)["case"] == 1
    assert done.stderr.splitlines()[1::2] == ["line 1 ended with 66", "line 2 ended with 2"]


def test_an_open_quote_is_one_clear_line(shell: Callable[..., Any]) -> None:
    done = shell('note 1 "Pat\n')
    assert done.exit == 2
    assert done.stderr.splitlines()[0] == 'owncase: a " is not closed: "Pat — close it with ", or leave it out'


@pytest.mark.parametrize("line", ["exit", "quit", "owncase exit"])
def test_exit_leaves(line: str, shell: Callable[..., Any]) -> None:
    assert shell(f"{line}\nshow 99\n") == (0, "", "")


def test_a_command_does_not_take_the_lines_after_it_for_its_answers(shell: Callable[..., Any]) -> None:
    done = shell("note 1 -\nshow 2 -f jsonl\n", "--keep-going")
    assert done.exit != 0
    assert json.loads(done.stdout)["case"] == 2


def test_help_tells_how_a_line_is_read_and_what_commands_there_are(shell: Callable[..., Any]) -> None:
    done = shell("help\n")
    assert "Pat's" in done.stdout
    assert "handoff" in done.stdout
    assert "owncase note [OPTIONS]" in shell("help note\n").stdout


def test_a_shell_in_the_shell_is_refused(shell: Callable[..., Any]) -> None:
    done = shell("shell\n")
    assert done.exit == 2
    assert "exit leaves it" in done.stderr


def test_options_of_the_shell_hold_for_its_lines_and_a_line_may_say_otherwise(shell: Callable[..., Any]) -> None:
    done = shell("who carol\nconfig get as\nconfig get as --as dana\nconfig get as", "--as", "carol", by="rob")
    assert done.stdout.splitlines()[-3:] == ["carol", "dana", "carol"]


def test_what_one_line_says_does_not_hold_for_the_next(session: Session) -> None:
    assert session.run_line("note 1 'For her' --as carol --quiet --no-input --json") == 0
    said(session)
    session.run_line("note 1 'For me'")
    session.run_line("history 1 -f jsonl")
    by = [json.loads(line)["by"] for line in said(session).splitlines()[1:]]
    assert by[-2:] == ["carol", "rob"]


def test_who_has_the_login_is_asked_at_each_line(session: Session, team: Callable[..., Any]) -> None:
    assert session.run_line("next") == 0
    assert team("person", "edit", "rob", "--login", "robert", by="dana").exit == 0
    assert session.run_line("next") == 66


def test_what_another_process_wrote_is_seen_at_once(session: Session, team: Callable[..., Any]) -> None:
    session.run_line("show 1 --json")
    before = json.loads(said(session))["version"]
    team("note", "1", "From elsewhere")
    session.run_line("show 1 --json")
    assert json.loads(said(session))["version"] == before + 1


def test_a_store_that_is_gone_or_went_back_is_noticed(session: Session, tmp_path: Path) -> None:
    store, old = tmp_path / "team.db", tmp_path / "old.db"
    shutil.copy(store, old)
    assert session.run_line("note 1 'One more'") == 0
    assert session.run_line("show 1") == 0
    old.replace(store)
    assert session.run_line("show 1") == 5
    store.unlink()
    assert session.run_line("show 1") == 66


def test_a_store_that_is_opened_to_others_is_noticed(session: Session, tmp_path: Path) -> None:
    assert session.run_line("show 1") == 0
    (tmp_path / "team.db").chmod(0o666)
    assert session.run_line("show 1") == 77


def test_a_store_that_a_newer_program_made_its_own_is_noticed(session: Session, tmp_path: Path) -> None:
    assert session.run_line("show 1") == 0
    other = sqlite3.connect(tmp_path / "team.db")
    other.execute("PRAGMA user_version = 99")
    other.close()
    assert session.run_line("show 1") == 76


def test_a_bug_in_one_line_does_not_end_the_shell(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    import owncase.cli.show as module

    with monkeypatch.context() as broken:
        broken.setattr(module, "whole_case", lambda *_: {}["x"])
        assert session.run_line("show 1") == 70
    assert session.run_line("show 1") == 0


def test_the_second_line_opens_nothing_and_imports_nothing(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    opened: list[Any] = []
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *at, **how: opened.append(at) or connect(*at, **how))
    lines = ("next", "show 1", "who 1", "list", "find disks", "inbox", "report owners")
    for line in lines:
        assert session.run_line(line) == 0
    assert len(opened) == 1
    modules = set(sys.modules)
    for line in lines:
        assert session.run_line(line) == 0
    assert len(opened) == 1
    assert set(sys.modules) == modules


def test_a_warm_line_asks_the_store_what_a_cold_one_asks_and_nothing_else(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    connect = sqlite3.connect

    def watched(*at: Any, **how: Any) -> sqlite3.Connection:
        made = connect(*at, **how)
        made.set_trace_callback(lambda sql: asked.append(MOMENT.sub("NOW", sql)))
        return made

    monkeypatch.setattr(sqlite3, "connect", watched)
    for line in ("next", "show 1", "who 1", "list", "inbox", "report owners"):
        asked.clear()
        assert run(line.split(), session.world) == 0
        cold = list(asked)
        assert session.run_line(line) == 0
        asked.clear()
        assert session.run_line(line) == 0
        assert asked == cold[-len(asked) :]
        assert len(cold) - len(asked) == len(GUARDS) + 1
