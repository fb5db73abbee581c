"""Three real OS users of one group work in one store, each as themselves; who is not in the group stays out."""

import json
import stat
import subprocess
from pathlib import Path
from secrets import token_hex
from shutil import chown
from typing import NamedTuple

import pytest

from .os_users import Somebody, Team

pytestmark = pytest.mark.slow
EACH = 20
WRITER = """
import sys
from owncase.bootstrap import real_world
from owncase.cli.main import run
for number in range(int(sys.argv[2])):
    assert run(["--store", sys.argv[1], "note", "1", f"{sys.argv[3]} {number}", "--quiet"], real_world()) == 0
"""
HALF_WAY = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("CREATE TABLE half_done AS SELECT hex(randomblob(400)) AS junk FROM event, event, event LIMIT 500")
print("half way", flush=True)
time.sleep(60)
"""


class Desk(NamedTuple):
    """A store shared by ada, who made it, bob and cy, who joined; case 1 of acme is ada's, and offered to bob."""

    store: Path
    ada: Somebody
    bob: Somebody
    cy: Somebody

    @property
    def everybody(self) -> tuple[Somebody, ...]:
        return self.ada, self.bob, self.cy


@pytest.fixture(scope="module")
def begun(machine: Team) -> Path:
    """The folder of such a store, made by the users' own commands."""
    ada, bob, cy = machine.members
    place = machine.place / "begun"
    place.mkdir(mode=0o755)
    chown(place, ada.login, ada.login)
    at = ("--store", str(place / "shared" / "team.db"))
    ada.does(*at, "init", "--me", "ada", "--name", "Ada Byron", "--group", machine.group)
    for who, handle in ((bob, "bob"), (cy, "cy")):
        ada.does(*at, "person", "add", handle, "--name", handle.title())
        who.does(*at, "join", handle)
    ada.does(*at, "customer", "add", "acme", "--name", "Acme")
    ada.does(*at, "open", "Drives fail", "-c", "acme", "-n", "Call Pat", "-d", "+1d", "--to", "bob")
    return place / "shared"


@pytest.fixture
def desk(machine: Team, begun: Path) -> Desk:
    """A copy of it, with owner, group and mode of every file, and users who have never seen another copy."""
    place = machine.place / token_hex(4)
    subprocess.run(["cp", "-a", str(begun), str(place)], check=True)
    own = {"OWNCASE_STORE": str(place / "team.db")}
    fresh = [
        who._replace(environ={**who.environ, **own, "XDG_STATE_HOME": str(who.home / place.name)})
        for who in machine.members
    ]
    return Desk(place / "team.db", *fresh)


def rights(path: Path) -> tuple[str, str, str]:
    facts = path.stat()
    return f"{stat.S_IMODE(facts.st_mode):o}", path.owner(), path.group()


def is_sound(who: Somebody) -> bool:
    found: bool = json.loads(who.does("store", "check", "--json"))["sound"]
    return found


def test_each_acts_as_themselves_and_nobody_as_another(desk: Desk) -> None:
    assert desk.ada("--as", "bob", "ack", "1").exit == 77
    assert desk.cy("--as", "bob", "note", "1", "x").exit == 77
    assert desk.bob.does("ack", "1").startswith("1 acme · bob · Call Pat")
    told = json.loads(desk.cy.does("history", "1", "--json"))
    assert [(event["kind"], event["by"], event["typed_by"], event["claimed"]) for event in told] == [
        ("case.opened", "ada", desk.ada.login, False),
        ("handoff.offered", "ada", desk.ada.login, False),
        ("handoff.acknowledged", "bob", desk.bob.login, False),
    ]
    assert all(map(is_sound, desk.everybody))


def test_a_contested_claim_is_for_whoever_may_change_a_login(desk: Desk) -> None:
    desk.ada.does("person", "add", "dee", "--name", "Dee")
    contested = desk.cy("join", "bob")
    assert contested.exit == 77
    assert f"bob is the OS user {desk.bob.login} since 20" in contested.stderr
    assert f"whoever made the store runs: owncase person edit bob --login {desk.cy.login}" in contested.stderr
    assert desk.cy("join", "dee").exit == 3
    desk.ada.does("person", "edit", "cy", "--login", "")
    desk.cy.does("join", "dee")
    assert desk.cy.does("note", "1", "Hello", "--json")
    assert is_sound(desk.bob)


def test_who_is_not_in_the_group_stays_out(machine: Team, desk: Desk) -> None:
    eve, at = machine.outsider, ("--store", str(desk.store))
    assert eve(*at, "join", "bob").exit == 77
    desk.store.parent.chmod(0o2775)
    desk.store.chmod(0o664)
    refused = eve(*at, "list")
    assert (refused.exit, f"sudo usermod -aG {machine.group} {eve.login}" in refused.stderr) == (77, True)
    assert eve("--store", str(desk.store.parent / "other.db"), "init", "--me", "eve", "--name", "Eve").exit == 77
    assert eve("init", "--me", "eve", "--name", "Eve", "--group", machine.group).exit == 77


def test_who_left_the_group_stays_out_also_as_the_owner(desk: Desk) -> None:
    refused = desk.ada._replace(groups=())("list")
    assert (refused.exit, "you are not in it" in refused.stderr) == (77, True)
    desk.bob.does("list")


def test_nobody_keeps_a_private_store_in_the_folder_of_another_user(machine: Team) -> None:
    ada, eve = machine.members[0], machine.outsider
    folder = machine.place / token_hex(4)
    folder.mkdir(mode=0o755)
    chown(folder, ada.login)
    at = ("--store", str(folder / "team.db"))
    ada.does(*at, "init", "--me", "ada", "--name", "Ada Byron")
    chown(folder, eve.login)
    refused = ada(*at, "list")
    assert (refused.exit, "belongs to another OS user" in refused.stderr) == (77, True)


def test_every_file_has_the_rights_that_are_written_down(machine: Team, desk: Desk) -> None:
    store, lock, group = desk.store, desk.store.with_name("team.db.lock"), machine.group
    ada, bob, cy = (who.login for who in desk.everybody)
    assert (rights(store.parent), rights(store), rights(lock)) == (
        ("2770", ada, group), ("660", ada, group), ("660", ada, group)
    )  # fmt: skip
    lock.unlink()
    desk.bob.does("note", "1", "Hello")
    assert rights(lock) == ("660", bob, group)
    (head,) = Path(desk.bob.environ["XDG_STATE_HOME"], "owncase", "heads").iterdir()
    assert rights(head) == ("600", bob, bob)
    backup = desk.bob.home / "backup.db"
    desk.bob.does("store", "backup", str(backup))
    assert (rights(backup), rights(store)) == (("600", bob, bob), ("660", ada, group))
    desk.bob.does("store", "restore", str(backup))
    assert rights(store) == ("660", bob, group)
    desk.cy.does("store", "upgrade", "--rebuild")
    assert (rights(store), rights(store.with_name("team.db.before-upgrade"))) == (
        ("660", bob, group), ("600", cy, group)
    )  # fmt: skip
    assert json.loads(desk.ada.does("store", "info", "--json"))["may_write"] == sorted((ada, bob, cy))
    desk.ada.does("note", "1", "And on it goes")
    assert all(map(is_sound, desk.everybody))


def test_a_default_store_that_the_others_cannot_reach_is_warned_of(machine: Team) -> None:
    ada = machine.members[0]
    warned = ada("init", "--me", "ada", "--name", "Ada", "--group", machine.group)
    assert (warned.exit, f"{ada.home} lets nobody else in" in warned.stderr) == (0, True)


def test_what_one_user_was_killed_at_the_next_user_takes_back(machine: Team, desk: Desk) -> None:
    writer = desk.bob.start("-c", HALF_WAY, str(desk.store))
    assert writer.stdout.readline() == "half way\n"
    journal = desk.store.with_name("team.db-journal")
    assert rights(journal) == ("660", desk.bob.login, machine.group)
    writer.kill()
    writer.communicate()
    assert journal.stat().st_size > 0
    desk.cy.does("note", "1", "Still here")
    assert not journal.exists()
    assert is_sound(desk.bob)


def test_users_who_write_at_once_lose_nothing(desk: Desk) -> None:
    writers = [who.start("-c", WRITER, str(desk.store), str(EACH), who.login) for who in desk.everybody]
    ended = [(writer.communicate(timeout=100), writer.returncode) for writer in writers]
    assert [code for _, code in ended] == [0, 0, 0], ended
    notes = json.loads(desk.ada.does("show", "1", "--json"))["notes"]
    wanted = [f"{who.login} {number}" for who in desk.everybody for number in range(EACH)]
    assert sorted(note["text"] for note in notes) == sorted(wanted)
    assert is_sound(desk.cy)
