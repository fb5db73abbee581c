"""The first OS user to say so is an unclaimed person from then on; nobody claims for another, and nobody twice."""

import json
import shlex
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from owncase.domain import history
from owncase.domain.event import Event
from owncase.domain.person import ClaimedAlready, JoinsForAnother, LoginTaken
from owncase.domain.values import Person
from owncase.store.check import check
from owncase.store.memory import MemoryRecords

Run = Callable[..., Any]


def login_of(team: Run, handle: str) -> str | None:
    found: str | None = json.loads(team("person", "show", handle, "--json").stdout)["login"]
    return found


def kinds(team: Run, tmp_path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(tmp_path / "team.db")) as raw:
        return raw.execute("SELECT kind, actor, intent FROM event ORDER BY seq").fetchall()


def test_the_first_to_join_is_that_person_and_acts_as_them(team: Run, tmp_path: Path) -> None:
    joined = team("join", "carol", by="cames")
    assert (joined.exit, joined.stdout) == (
        0,
        "carol · Carol Ames · Europe/London, mon-fri 09:00-17:00 · login cames\n",
    )
    assert "you act as carol from now on" in joined.stderr
    kind, actor, intent = kinds(team, tmp_path)[-1]
    said = json.loads(intent)
    assert (kind, said["typed_by"], said["data"], said["subject"]) == ("person.joined", "cames", {}, actor)
    assert "claimed" not in said
    team("open", "Devices", "-c", "norfolk", "-n", "Call", "-d", "+1d", "--keep", by="cames")
    assert json.loads(team("show", "1", "--json").stdout)["owner"] == "carol"
    assert team("note", "1", "Hello", by="carol").exit == 77  # typed by rob, as before
    assert check(tmp_path / "team.db").found == []


def test_joining_again_is_done_already(team: Run, tmp_path: Path) -> None:
    assert team("join", "carol", by="cames").exit == 0
    before = len(kinds(team, tmp_path))
    again = team("join", "carol", by="cames")
    assert (again.exit, "already done" in again.stderr) == (0, True)
    assert team("join", by="cames").exit == 0
    assert len(kinds(team, tmp_path)) == before


def test_a_contested_claim_names_who_holds_it_since_when_and_who_decides(team: Run) -> None:
    assert team("join", "carol", by="cames").exit == 0
    assert team("person", "edit", "carol", "--manager", "dana", by="rob").exit == 0
    refused = team("join", "carol", "--json", by="mallory")
    told = json.loads(refused.stderr)["error"]
    assert (refused.exit, told["code"]) == (77, "claimed-already")
    assert told["message"] == "carol is the OS user cames since 2026-11-23T09:00:01Z"
    assert told["fix"] == "if that is wrong, dana runs: owncase person edit carol --login mallory"
    assert team("person", "edit", "carol", "--login", "mallory", by="dana").exit == 0
    assert team("note", "1", "x", by="cames").exit == 66
    assert team("join", "carol", by="cames").exit == 77


def test_who_was_given_a_login_by_others_is_held_since_then(team: Run) -> None:
    refused = team("join", "dana", by="mallory")
    assert (refused.exit, "dana is the OS user dana since 2026-11-23T09:00:00Z" in refused.stderr) == (77, True)
    assert "carol runs: owncase person edit dana --login mallory" in refused.stderr
    assert "whoever made the store" not in refused.stderr


def test_an_os_user_is_one_person(team: Run) -> None:
    refused = team("join", "carol", by="dana")
    assert refused.exit == 3
    assert "the OS user dana is dana" in refused.stderr
    assert "owncase person edit dana --login ''" in refused.stderr
    assert login_of(team, "carol") is None


def test_nobody_unknown_or_gone_is_joined(team: Run) -> None:
    assert team("join", "carla", by="cames").exit == 66
    assert team("person", "add", "gone", "--name", "Gone").exit == 0
    assert team("person", "retire", "gone").exit == 0
    assert team("join", "gone", by="cames").exit == 77
    assert team("join", "norfolk", by="cames").exit == 66


def test_joining_is_allowed_where_a_login_is_required(team: Run) -> None:
    assert team("config", "set", "require-login", "true").exit == 0
    assert team("join", "carol", by="cames").exit == 0
    assert login_of(team, "carol") == "cames"


def test_joining_is_for_yourself(team: Run) -> None:
    refused = team("--as", "dana", "join", "carol", by="cames")
    assert (refused.exit, "--as" in refused.stderr) == (2, True)
    assert team("--as", "carol", "join", "carol", by="cames").exit == 0


def test_the_same_request_joins_once_and_is_answered_again(team: Run, tmp_path: Path) -> None:
    words = ("join", "carol", "--request-id", "r1")
    first, again = team(*words, by="cames"), team(*words, by="cames")
    assert (first.exit, again.exit, first.stdout) == (0, 0, again.stdout)
    assert "already done" in again.stderr
    assert team(*words, by="mallory").exit == 4
    assert [kind for kind, *_ in kinds(team, tmp_path)].count("person.joined") == 1


def test_alone_it_lists_the_unclaimed_and_asks_at_a_terminal(team: Run) -> None:
    assert team("person", "add", "bob", "--name", "Bob Kerr").exit == 0
    refused = team("join", by="cames")
    assert refused.exit == 2
    assert "unclaimed: bob, carol" in refused.stderr
    asked = team("join", by="cames", terminal=True, stdin="carol\n")
    assert asked.exit == 0
    assert "  bob  Bob Kerr\n  carol  Carol Ames\nwhich of them are you: " in asked.stderr
    assert login_of(team, "carol") == "cames"
    assert team("join", by="bkerr", terminal=True, stdin="\n").exit == 0  # the only one left is proposed
    nobody = team("join", by="mallory", terminal=True)
    assert (nobody.exit, "owncase person add HANDLE --name NAME --login mallory" in nobody.stderr) == (66, True)


def test_a_stranger_is_told_how_to_join_before_anything_else(team: Run, run: Run, tmp_path: Path) -> None:
    for number in range(6):
        assert team("person", "add", f"p{number}", "--name", f"P {number}").exit == 0
    refused = team("customer", "add", "x", "--name", "X", by="cames")
    assert refused.exit == 66
    assert "owncase join HANDLE (unclaimed: carol, p0, p1, p2, p3, …), or owncase person add" in refused.stderr
    missing = run("--store", str(tmp_path / "none.db"), "next")
    assert missing.exit == 66
    assert (
        "if your team has one: owncase --store PATH join HANDLE; to start one: owncase init --me HANDLE --name NAME"
        in missing.stderr
    )


def test_how_to_keep_the_store_is_told_where_only_the_line_named_it(team: Run, tmp_path: Path) -> None:
    told = team("join", "carol", by="cames").stderr
    assert f"to keep using it: owncase config set store {tmp_path / 'team.db'}" in told
    kept = team("join", "carol", by="cames", environ={"OWNCASE_STORE": str(tmp_path / "team.db")})
    assert (kept.exit, "config set store" in kept.stderr) == (0, False)


@pytest.mark.parametrize(
    "login",
    ["uid-4242", "CORP\\\\cames", "c.ames", "CAmes", "c ames", 'c"ames', "c'ames", "--as", "$(id)", "c" * 40, "ümit"],
)
def test_whatever_an_os_user_may_be_called_can_join_and_be_told_from_others(
    team: Run, tmp_path: Path, login: str
) -> None:
    stranger = team("next", by=login)
    assert stranger.exit == 66
    assert f"--login {shlex.quote(login)}" in stranger.stderr
    assert team("join", "carol", by=login).exit == 0
    assert login_of(team, "carol") == login
    again = team("join", "dana", by=login)
    assert "dana is the OS user dana" in again.stderr
    words = shlex.split(again.stderr.partition("runs: owncase ")[2])
    assert words == ["person", "edit", "dana", "--login", login]
    assert check(tmp_path / "team.db").found == []


@pytest.mark.parametrize("login", ["c\x1b[31mames", "c\names", "c\u202eames", "c" * 65])
def test_who_has_a_name_that_cannot_be_seen_whole_joins_as_nobody(team: Run, login: str) -> None:
    refused = team("join", "carol", by=login)
    assert (refused.exit, "login" in refused.stderr) == (65, True)
    assert login_of(team, "carol") is None


def test_who_left_gives_their_login_back_and_comes_again_as_somebody_else(team: Run, tmp_path: Path) -> None:
    assert team("join", "carol", by="cames").exit == 0
    assert team("customer", "edit", "norfolk", "--second", "", by="dana").exit == 0
    assert team("person", "retire", "carol").exit == 0
    assert team("person", "add", "carol2", "--name", "Carol Ames").exit == 0
    told = team("join", "carol2", by="cames").stderr
    command = told.partition("runs: owncase ")[2]
    assert team(*shlex.split(command)).exit == 0
    assert team("join", "carol2", by="cames").exit == 0
    assert team("person", "show", "carol", "--json").stdout
    assert check(tmp_path / "team.db").found == []


def test_where_a_login_is_required_it_says_how_to_get_one(team: Run) -> None:
    assert team("config", "set", "require-login", "true").exit == 0
    refused = team("customer", "add", "x", "--name", "X", by="carol")
    assert (refused.exit, "if you are carol: owncase join carol;" in refused.stderr) == (77, True)


# past the program -----------------------------------------------------------------------------------------------------

FORGED = """
INSERT INTO event (seq, kind, actor, subject, at, recorded_at, intent, hash)
SELECT max(seq) + 1, 'person.joined', :actor, :who, max(at), max(recorded_at),
  json_object('typed_by', :typed, 'data', json('{}')), printf('%064d', 0) FROM event
"""
CHANGE = "UPDATE person SET login = :login, event = (SELECT max(seq) FROM event) WHERE id = :who"


@pytest.fixture
def raw(team: Run, tmp_path: Path) -> Any:
    assert team("person", "list").exit == 0
    with closing(sqlite3.connect(tmp_path / "team.db", isolation_level=None)) as connection:
        yield connection


def ids(raw: sqlite3.Connection) -> dict[str, int]:
    return dict(raw.execute("SELECT handle, id FROM person").fetchall())


@pytest.mark.parametrize(
    ("who", "actor", "typed", "login"),
    [
        ("dana", "dana", "eve", "eve"),  # has a login
        ("carol", "rob", "eve", "eve"),  # for another
        ("carol", "carol", "eve", "mallory"),  # another login than that of who typed it
        ("carol", "carol", "eve", None),
        ("carol", "carol", "dana", "dana"),  # who is somebody else
        ("carol", "carol", None, "eve"),
    ],
)
def test_the_database_refuses_a_join_that_is_none(
    raw: sqlite3.Connection, who: str, actor: str, typed: str | None, login: str | None
) -> None:
    people = ids(raw)
    raw.execute("BEGIN")
    raw.execute(FORGED, {"actor": people[actor], "who": people[who], "typed": typed})
    with pytest.raises(sqlite3.IntegrityError, match=r"rule 11|taken"):
        raw.execute(CHANGE, {"login": login, "who": people[who]})


def test_the_database_lets_nobody_come_back_by_joining_or_by_an_edit(team: Run, raw: sqlite3.Connection) -> None:
    team("customer", "edit", "norfolk", "--second", "", by="dana")
    assert team("person", "retire", "carol").exit == 0
    carol, dana = ids(raw)["carol"], ids(raw)["dana"]
    for kind, change in (
        ("person.joined", "login = 'eve'"),
        ("person.edited", "active = 1"),
        ("person.joined", "active = 1, login = 'eve'"),
        ("person.retired", "active = 0"),
    ):
        raw.execute("BEGIN")
        raw.execute(FORGED.replace("person.joined", kind), {"actor": dana, "who": carol, "typed": "eve"})
        with pytest.raises(sqlite3.IntegrityError, match="rule"):
            raw.execute(CHANGE.replace("login = :login", change), {"login": None, "who": carol})
        raw.execute("ROLLBACK")


def test_the_database_changes_nothing_else_by_joining_and_no_login_by_leaving(raw: sqlite3.Connection) -> None:
    carol = ids(raw)["carol"]
    raw.execute("BEGIN")
    raw.execute(FORGED, {"actor": carol, "who": carol, "typed": "eve"})
    for also in ("name = 'Eve'", "manager = 2", "handle = 'eve'", "place = 'Rome'"):
        with pytest.raises(sqlite3.IntegrityError, match="rule 11"):
            raw.execute(CHANGE.replace("login = :login", f"login = :login, {also}"), {"login": "eve", "who": carol})
    raw.execute(CHANGE, {"login": "eve", "who": carol})  # a forged record, which `store check` finds
    raw.execute("ROLLBACK")
    raw.execute(FORGED.replace("person.joined", "person.retired"), {"actor": carol, "who": carol, "typed": "eve"})
    with pytest.raises(sqlite3.IntegrityError, match="rule 11"):
        raw.execute(CHANGE.replace("login = :login", "active = 0, login = :login"), {"login": "eve", "who": carol})


def test_a_forged_join_is_found(raw: sqlite3.Connection, tmp_path: Path) -> None:
    carol = ids(raw)["carol"]
    raw.execute(FORGED, {"actor": carol, "who": carol, "typed": "eve"})
    raw.execute(CHANGE, {"login": "eve", "who": carol})
    assert {finding.kind for finding in check(tmp_path / "team.db").found} >= {"chain"}


@pytest.fixture
def records() -> MemoryRecords:
    """Ada, who made the store, has a login; Bob has none."""
    made = MemoryRecords()
    known = {"email": None, "phone": None, "place": None, "zone": "UTC", "hours": "mon-fri 09:00-17:00"}
    for number, handle, login in ((2, "ada", "ada"), (3, "bob", None)):
        made.put(
            Person(id=number, handle=handle, name=handle, manager=None, login=login, active=1, added_by=2,
                   added_at="2026-11-23T09:00:00Z", event=number, **known)
        )  # fmt: skip
    return made


JOINED = Event(kind="person.joined", actor=3, subject=3, at="2026-11-23T10:00:00Z", typed_by="bkerr", seq=4)


def test_the_login_is_who_typed_it_and_never_what_is_stated(records: MemoryRecords) -> None:
    with pytest.raises(Exception, match=r"no person\.joined states this"):
        history.apply(records, replace(JOINED, data={"login": "mallory"}))
    history.apply(records, JOINED)
    assert records.person(3).login == "bkerr"
    with pytest.raises(ClaimedAlready, match="bob is the OS user bkerr"):
        history.apply(records, replace(JOINED, typed_by="mallory", seq=5))


@pytest.mark.parametrize("wrong", [{"actor": 2}, {"claimed": True}, {"typed_by": ""}, {"typed_by": 7}, {"subject": 2}])
def test_the_fold_lets_nobody_join_for_another(records: MemoryRecords, wrong: dict[str, Any]) -> None:
    with pytest.raises(JoinsForAnother):
        history.apply(records, replace(JOINED, **wrong))
    with pytest.raises(LoginTaken):
        history.apply(records, replace(JOINED, typed_by="ada"))
