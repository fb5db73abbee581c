"""A shared store is its group's: file, lock, folder, and the group that history names; else it is refused."""

import grp
import json
import os
import re
import shlex
import sqlite3
import stat
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from owncase.domain.history import is_group
from owncase.store import groups, sharing
from owncase.store.kept import KeptReader
from owncase.store.place import UnsafePlace
from owncase.store.queue import in_line

Run = Callable[..., Any]
GROUP = grp.getgrgid(os.getegid()).gr_name
ME = ("init", "--me", "ada", "--name", "Ada Byron", "--group", GROUP)


def mode(path: Path) -> str:
    return f"{stat.S_IMODE(path.stat().st_mode):o}"


@pytest.fixture(autouse=True)
def _strict_umask() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "shared" / "team.db"


@pytest.fixture
def ask(run: Run, store: Path) -> Run:
    return lambda *words, **facts: run("--store", str(store), *words, **facts)


@pytest.fixture
def shared(ask: Run, store: Path) -> Path:
    assert ask(*ME).exit == 0
    return store


def runs(commands: str) -> None:
    """What a refusal says to run can be run."""
    subprocess.run(["/bin/sh", "-euc", commands], check=True)


def test_file_lock_and_folder_are_the_groups_whatever_the_umask(ask: Run, store: Path) -> None:
    made = ask(*ME, "--json")
    assert (made.exit, json.loads(made.stdout)["group"]) == (0, GROUP)
    lock = store.with_name("team.db.lock")
    assert {file: mode(file) for file in (store, lock, store.parent)} == {
        store: "660", lock: "660", store.parent: "2770"
    }  # fmt: skip
    assert {path.stat().st_gid for path in (store, lock, store.parent)} == {os.getegid()}
    assert ask("config", "get", "group").stdout == f"{GROUP}\n"
    assert ask("store", "check").exit == 0


def test_who_may_write_is_shown(ask: Run, shared: Path, run: Run) -> None:
    facts = json.loads(ask("store", "info", "--json").stdout)
    me = groups.login_of(os.geteuid())
    assert (facts["group"], me in facts["may_write"]) == (GROUP, True)
    assert facts["may_write"] == sorted(groups.members_of(os.getegid()) | {me})
    run("init", "--me", "ada", "--name", "Ada")
    alone = json.loads(run("store", "info", "--json").stdout)
    assert (alone["group"], alone["may_write"]) == (None, [me])


@pytest.mark.parametrize("kind", ["unknown", "foreign"])
def test_a_group_that_there_is_not_or_we_are_not_in_makes_nothing(
    ask: Run, store: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(groups, "may_act_in", lambda _: False)
    refused = ask(*ME[:-1], "no-such-group-here" if kind == "unknown" else GROUP)
    assert refused.exit == (66 if kind == "unknown" else 77)
    assert ("sudo groupadd" if kind == "unknown" else "sudo usermod -aG") in refused.stderr
    assert not store.parent.exists()


def test_a_folder_with_something_in_it_is_left_as_it_is_and_one_of_its_own_proposed(
    ask: Run, store: Path, run: Run
) -> None:
    """Such as a home, or /tmp: nobody is told to give these to a group."""
    store.parent.mkdir(mode=0o755)
    (store.parent / "letter").touch()
    before = mode(store.parent)
    refused = ask(*ME)
    assert (refused.exit, mode(store.parent), store.exists()) == (77, before, False)
    assert "chmod" not in refused.stderr
    said = re.search(r"as in (--store .*)", refused.stderr)
    assert said
    assert run(*shlex.split(said[1]), *ME).exit == 0


def test_a_store_among_other_files_is_shared_in_a_folder_of_its_own(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "own" / "team.db"
    at = ("--store", str(store))
    assert run(*at, *ME[:-2]).exit == 0
    (store.parent / "letter").touch()
    before = mode(store.parent)
    runs(run(*at, "config", "set", "group", GROUP).stderr.partition("say so: ")[2])
    assert (mode(store.parent), store.exists()) == (before, False)
    moved = store.parent / "shared" / "team.db"
    assert run("--store", str(moved), "customer", "add", "x", "--name", "X").exit == 0
    assert (mode(moved), mode(moved.parent)) == ("660", "2770")


@pytest.mark.parametrize("bits", [0o700, 0o2770, 0o2775])
def test_an_empty_folder_of_ours_is_shared(ask: Run, store: Path, bits: int) -> None:
    store.parent.mkdir()
    store.parent.chmod(bits)
    assert ask(*ME).exit == 0
    assert mode(store.parent) == ("2775" if bits == 0o2775 else "2770")


def test_a_store_that_only_some_of_the_group_reach_is_warned_of(ask: Run, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    warned = ask(*ME)
    assert (warned.exit, "lets nobody else in" in warned.stderr) == (0, True)
    assert "owncase --store /srv/owncase/owncase.db init" in warned.stderr


def test_an_export_says_itself_with_whom_it_is_shared(ask: Run, tmp_path: Path) -> None:
    refused = ask("init", "--from", str(tmp_path / "export"), "--group", GROUP)
    assert (refused.exit, "owncase config set group GROUP" in refused.stderr) == (2, True)


LOOSE = {
    "file": ("660", 0o662),
    "folder": ("2770", 0o2777),
    "not setgid": ("2770", 0o770),
    "sticky": ("2770", 0o3770),
    "members keep out": ("2770", 0o2750),
}


@pytest.mark.parametrize("what", LOOSE)
@pytest.mark.parametrize("words", [("list",), ("customer", "add", "x", "--name", "X")], ids=["read", "write"])
def test_what_is_not_wholly_the_groups_is_refused_with_the_commands_to_run(
    ask: Run, shared: Path, what: str, words: tuple[str, ...]
) -> None:
    right, wrong = LOOSE[what]
    loose = shared if what == "file" else shared.parent
    loose.chmod(wrong)
    refused = ask(*words)
    assert refused.exit == 77
    commands = re.search(rf"to share it with {re.escape(GROUP)}: (.*)", refused.stderr)
    assert commands
    runs(commands[1])
    assert mode(loose) == right
    assert ask(*words).exit == 0


NO_LOCKS: dict[str, Callable[[Path], object]] = {
    "only its owner's": lambda lock: lock.touch(0o600),
    "everybody's": lambda lock: (lock.touch(), lock.chmod(0o662)),
    "a pipe": lambda lock: (os.mkfifo(lock), lock.chmod(0o660)),
    "a folder": lambda lock: lock.mkdir(),
    "a link to nowhere": lambda lock: lock.symlink_to("nowhere"),
    "a link to somebody's letter": lambda lock: lock.symlink_to("letter"),
}


@pytest.mark.parametrize("planted", NO_LOCKS)
@pytest.mark.parametrize("words", [("list",), ("customer", "add", "x", "--name", "X")], ids=["read", "write"])
def test_a_lock_that_some_member_planted_is_refused_and_any_member_may_clear_it_away(
    ask: Run, shared: Path, planted: str, words: tuple[str, ...]
) -> None:
    lock, letter = shared.with_name("team.db.lock"), shared.with_name("letter")
    letter.write_text("Dear Pat")
    letter.chmod(0o660)
    lock.unlink()
    NO_LOCKS[planted](lock)
    refused = ask(*words)
    assert (refused.exit, f"{lock} is not the lock of everybody in the group" in refused.stderr) == (77, True)
    runs(refused.stderr.partition(" — ")[2])
    assert ask(*words).exit == 0
    assert letter.read_text() == "Dear Pat"


@pytest.mark.parametrize("planted", ["a pipe", "a folder", "a link to nowhere"])
def test_what_is_no_lock_in_the_place_of_a_private_one_is_named(run: Run, tmp_path: Path, planted: str) -> None:
    at = ("--store", str(tmp_path / "own" / "team.db"))
    assert run(*at, *ME[:-2]).exit == 0
    NO_LOCKS[planted](tmp_path / "own" / "team.db.lock")
    refused = run(*at, "customer", "add", "x", "--name", "X")
    assert (refused.exit, "in the place of the store's lock" in refused.stderr) == (77, True)
    runs(refused.stderr.partition(" — ")[2])
    assert run(*at, "customer", "add", "x", "--name", "X").exit == 0


@pytest.mark.parametrize("name", ["team.db", "", "team.db.lock"])
@pytest.mark.parametrize("tag", [0x02, 0x08], ids=["a user", "a group"])
def test_an_access_control_list_that_lets_others_write_is_refused(ask: Run, shared: Path, name: str, tag: int) -> None:
    listed = shared.parent / name
    entries = [(0x01, 7, -1), (tag, 6, 4242), (0x04, 7 if not name else 6, -1), (0x10, 7 if not name else 6, -1)]
    if tag == 0x08:
        entries[1], entries[2] = entries[2], entries[1]
    raw = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in [*entries, (0x20, 0, -1)])
    if name:
        raw = raw.replace(struct.pack("<HHi", 0x01, 7, -1), struct.pack("<HHi", 0x01, 6, -1))
    try:
        os.setxattr(listed, "system.posix_acl_access", raw)
    except OSError as none_here:
        pytest.skip(str(none_here))
    refused = ask("list")
    assert refused.exit == 77
    assert f"lets others than the group {GROUP} write" in refused.stderr
    assert refused.stderr.endswith(f"setfacl -b {listed}\n")
    os.removexattr(listed, "system.posix_acl_access")
    assert ask("list").exit == 0


def test_what_somebody_exchanged_is_not_given_to_the_group(shared: Path) -> None:
    """Root may be who gives, in a folder where every member may plant a second name of a file."""
    letter, draft = shared.parent.parent / "letter", shared.with_name("draft")
    letter.touch(0o600)
    os.link(letter, draft)
    with pytest.raises(UnsafePlace, match="exchanged"):
        sharing.give(draft, shared, os.getegid())
    draft.unlink()
    draft.symlink_to(letter)
    with pytest.raises(OSError, match="symbolic links"):
        sharing.give(draft, shared, os.getegid())
    assert mode(letter) == "600"


def test_a_group_that_got_another_name_is_followed_by_its_founder(
    ask: Run, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "number_of", lambda _name: None)
    refused = ask("list")
    assert (refused.exit, "this machine has no such group" in refused.stderr) == (77, True)
    private, _, rest = refused.stderr.partition(" — ")[2].partition(" && owncase ")
    runs(private)
    monkeypatch.undo()
    assert ask(*shlex.split(rest)).exit == 0
    assert ask("list").exit == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes files for others")
def test_what_root_makes_beside_the_store_of_somebody_is_theirs(run: Run, tmp_path: Path) -> None:
    """Else a `sudo owncase` would lock the owner out."""
    store, lock, somebody = tmp_path / "own" / "team.db", tmp_path / "own" / "team.db.lock", (4242, 4243)
    at = ("--store", str(store))
    assert run(*at, *ME[:-2]).exit == 0
    for path in (store.parent, store):
        os.chown(path, *somebody)
    assert run(*at, "store", "backup", str(tmp_path / "backup.db")).exit == 0
    assert run(*at, "customer", "add", "x", "--name", "X").exit == 0
    assert run(*at, "store", "restore", str(tmp_path / "backup.db"), "--lose-events", "1").exit == 0
    assert {(path.stat().st_uid, path.stat().st_gid, mode(path)) for path in (store, lock)} == {(*somebody, "600")}


@pytest.mark.parametrize("bits", [0o775, 0o1777])
def test_a_private_store_is_not_made_where_others_may_write(run: Run, tmp_path: Path, bits: int) -> None:
    """On a machine where everybody has a group of their own, folders are often like this."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own").chmod(bits)
    refused = run("--store", str(tmp_path / "own" / "team.db"), *ME[:-2])
    assert (refused.exit, "others may write the folder" in refused.stderr) == (77, True)
    assert "is saved" not in refused.stderr
    assert list((tmp_path / "own").iterdir()) == []


def test_a_group_that_history_does_not_name_is_refused(ask: Run, shared: Path) -> None:
    assert ask("config", "set", "group", "").exit == 0
    refused = ask("list")
    assert (refused.exit, "shared with no group" in refused.stderr) == (77, True)
    commands = re.search(r"— (chmod .*)", refused.stderr)
    assert commands
    runs(commands[1])
    assert ask("list").exit == 0
    assert mode(shared) == "600"


def test_a_store_whose_group_changed_is_refused_until_its_permissions_follow(ask: Run, shared: Path) -> None:
    if os.geteuid():
        pytest.skip("only root may give a file to any group")
    other = next(group for group in grp.getgrall() if group.gr_gid != os.getegid())
    said = ask("config", "set", "group", other.gr_name)
    assert said.exit == 0
    refused = ask("list")
    assert refused.exit == 77
    assert f"the group {GROUP} may write {shared}, which is shared with {other.gr_name}" in refused.stderr
    for line in (said.stderr.partition("say so: ")[2], refused.stderr.partition(" — ")[2].partition("; or ")[0]):
        runs(line)
        assert ask("list").exit == 0
    assert shared.stat().st_gid == shared.parent.stat().st_gid == other.gr_gid


def test_a_private_store_is_shared_by_its_founder_and_two_commands(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "own" / "team.db"
    assert run("--store", str(store), *ME[:-2]).exit == 0
    said = run("--store", str(store), "config", "set", "group", GROUP)
    assert (said.exit, run("--store", str(store), "list").exit) == (0, 0)
    runs(said.stderr.partition("say so: ")[2])
    assert run("--store", str(store), "list").exit == 0
    assert (mode(store), mode(store.parent)) == ("660", "2770")
    assert run("--store", str(store), "config", "set", "group", "no-such-group-here").exit == 66
    assert run("--store", str(store), "config", "set", "group", GROUP, os_user="mallory").exit == 66


def test_the_lock_is_made_the_groups_by_whoever_needs_it_first(shared: Path) -> None:
    lock = shared.with_name("team.db.lock")
    lock.unlink()
    with in_line(shared, who="test"):
        assert mode(lock) == "660"
    assert sorted(path.name for path in shared.parent.iterdir()) == ["team.db", "team.db.lock"]


def test_what_is_restored_or_made_anew_stays_the_groups_and_a_backup_is_private(
    ask: Run, shared: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.db"
    assert ask("store", "backup", str(backup)).exit == 0
    assert mode(backup) == "600"
    assert ask("store", "restore", str(backup)).exit == 0
    assert (mode(shared), shared.stat().st_gid) == ("660", os.getegid())
    assert ask("store", "upgrade", "--rebuild").exit == 0
    assert mode(shared) == "660"
    assert mode(shared.with_name("team.db.before-upgrade")) == "600"
    shared.unlink()
    assert ask("store", "restore", str(backup), "--lose-events", "1").exit == 0
    assert mode(shared) == "660"
    assert ask("store", "check").exit == 0


def test_a_private_store_pays_nothing_for_sharing(run: Run, tmp_path: Path) -> None:
    assert run("--store", str(tmp_path / "own.db"), *ME[:-2]).exit == 0
    script = (
        "import sys\nfrom owncase import bootstrap\nfrom owncase.cli.main import run\n"
        "world = bootstrap.real_world()._replace(os_user='ada')\n"
        f"assert run(['--store', {str(tmp_path / 'own.db')!r}, 'list'], world) == 0\n"
        "assert not {'grp', 'owncase.store.sharing', 'owncase.store.groups'} & set(sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_kept_connection_notices_that_the_group_is_another_one(ask: Run, shared: Path, tmp_path: Path) -> None:
    kept = KeptReader()
    try:
        assert kept.lend(shared, tmp_path / "heads").one("SELECT count(*) AS people FROM person") == {"people": 1}
        assert ask("config", "set", "group", "").exit == 0
        with pytest.raises(UnsafePlace, match="shared with no group"):
            kept.lend(shared, tmp_path / "heads")
    finally:
        kept.close()


FORGED = """
INSERT INTO event (seq, kind, actor, at, recorded_at, intent, hash)
SELECT max(seq) + 1, 'store.set', :actor, max(at), max(recorded_at), :intent, printf('%064d', 0) FROM event
"""


@pytest.mark.parametrize("verb", ["UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"])
@pytest.mark.parametrize(("who", "said"), [("bob", "others"), ("ada", "another value")])
def test_the_database_takes_a_choice_only_from_the_founder_and_as_it_was_said(
    ask: Run, shared: Path, verb: str, who: str, said: str
) -> None:
    assert ask("person", "add", "bob", "--name", "Bob").exit == 0
    change = f"{verb} setting SET value = 'others', event = (SELECT max(seq) FROM event) WHERE name = 'group'"
    with closing(sqlite3.connect(shared, isolation_level=None)) as raw:
        (actor,) = raw.execute("SELECT id FROM person WHERE handle = ?", (who,)).fetchone()
        raw.execute("BEGIN")
        raw.execute(FORGED, {"actor": actor, "intent": f'{{"data":{{"name":"group","value":"{said}"}}}}'})
        with pytest.raises(sqlite3.IntegrityError, match="an event of the founder"):
            raw.execute(change)


@pytest.mark.parametrize("name", ["support", "_ssh", "domain users", "CORP\\sales", "sales@corp", "x$", "", "a" * 63])
def test_a_group_has_a_name_that_a_group_can_have(name: str) -> None:
    assert is_group(name)


@pytest.mark.parametrize("name", ["-rf", "a:b", "a\nb", "a/b", "é", " x", "a" * 65, 7, None, ["x"]])
def test_history_names_nothing_else_as_a_group(name: object) -> None:
    assert not is_group(name)
