"""A shared store is its group's: file, lock, folder, and the group that history names; else it is refused."""

import grp
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from owncase.domain.history import is_group
from owncase.store import groups
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


def test_a_folder_with_something_in_it_is_left_as_it_is_until_its_owner_shares_it(ask: Run, store: Path) -> None:
    store.parent.mkdir(mode=0o755)
    (store.parent / "letter").touch()
    before = mode(store.parent)
    refused = ask(*ME)
    assert (refused.exit, mode(store.parent), store.exists()) == (77, before, False)
    commands = re.search(r"— (chgrp .*), or name a store", refused.stderr)
    assert commands
    assert commands[1] == f"chgrp {GROUP} {store.parent} && chmod 2770 {store.parent}"
    runs(commands[1])
    assert ask(*ME).exit == 0


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
    "lock": ("660", 0o600),
    "everybody's lock": ("660", 0o662),
}


@pytest.mark.parametrize("what", LOOSE)
@pytest.mark.parametrize("words", [("list",), ("customer", "add", "x", "--name", "X")], ids=["read", "write"])
def test_what_is_not_wholly_the_groups_is_refused_with_the_commands_to_run(
    ask: Run, shared: Path, what: str, words: tuple[str, ...]
) -> None:
    right, wrong = LOOSE[what]
    lock = shared.with_name("team.db.lock")
    loose = lock if "lock" in what else shared if what == "file" else shared.parent
    loose.chmod(wrong)
    refused = ask(*words)
    assert refused.exit == 77
    commands = re.search(rf"to share it with {re.escape(GROUP)}: (.*)", refused.stderr)
    assert commands
    runs(commands[1])
    assert mode(loose) == right
    assert ask(*words).exit == 0


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


@pytest.mark.parametrize("name", ["support", "_ssh", "domain users", "CORP\\sales", "sales@corp", "x$", "", "a" * 63])
def test_a_group_has_a_name_that_a_group_can_have(name: str) -> None:
    assert is_group(name)


@pytest.mark.parametrize("name", ["-rf", "a:b", "a\nb", "a/b", "é", " x", "a" * 65, 7, None, ["x"]])
def test_history_names_nothing_else_as_a_group(name: object) -> None:
    assert not is_group(name)
