"""Only a private, regular file of this program is opened; nothing is ever made by a typing error."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from owncase.store import place, queue
from owncase.store.connection import FORBIDDEN_PRAGMAS, connect
from owncase.store.place import file_system
from owncase.store.queue import Queue, in_line

Run = Callable[..., Any]
READ, WRITE = ("list",), ("note", "2", "hello")
EITHER = pytest.mark.parametrize("words", [READ, WRITE], ids=["read", "write"])


@EITHER
def test_a_path_without_a_store_stays_without_one(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    for name in ("typo.db", "no/such/folder.db", "question?mode=rwc.db", "per%63ent#.db"):
        assert run("--store", str(tmp_path / name), *words, os_user="rob").exit == 66
        assert not (tmp_path / name).exists()


@EITHER
@pytest.mark.parametrize("kind", ["empty", "folder", "device", "pipe"])
def test_what_is_not_a_file_with_something_in_it_is_no_store(
    run: Run, tmp_path: Path, words: tuple[str, ...], kind: str
) -> None:
    path = tmp_path / "thing"
    if kind == "empty":
        path.touch(0o600)
    elif kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path, 0o600)
    else:
        path = Path("/dev/null")
    assert run("--store", str(path), *words, os_user="rob").exit == 66


def test_another_programs_database_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE t (x)")
    path.chmod(0o600)
    assert run("--store", str(path), "list", os_user="rob").exit == 65
    path.write_bytes(os.urandom(5000))
    assert run("--store", str(path), "list", os_user="rob").exit == 65


@EITHER
def test_a_store_of_a_newer_program_is_refused(run: Run, store: Path, words: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(store)) as raw:
        raw.execute("PRAGMA user_version = 99")
    assert run(*words, os_user="rob").exit == 76
    assert run("store", "check", os_user="rob").exit == 76


@EITHER
def test_a_store_of_an_older_program_says_how_it_is_made_anew(run: Run, store: Path, words: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(store)) as raw:
        raw.execute("DROP VIEW undone_view")
        raw.execute("DROP VIEW note_view")
        raw.execute("PRAGMA user_version = 1")
    refused = run(*words, os_user="rob")
    assert (refused.exit, refused.stdout) == (78, "")
    assert "has schema 1" in refused.stderr
    assert "owncase store upgrade" in refused.stderr
    assert run("store", "upgrade", os_user="rob").exit == 0
    assert run(*words, os_user="rob").exit == 0
    assert run("store", "check", os_user="rob").exit == 0


@EITHER
def test_a_truncated_store_is_refused(run: Run, store: Path, words: tuple[str, ...]) -> None:
    store.write_bytes(store.read_bytes()[:50])
    assert run(*words, os_user="rob").exit in {5, 65}
    store.write_bytes(b"SQLite format 3\0" + bytes(84))
    assert run(*words, os_user="rob").exit in {5, 65}


def test_a_link_is_followed_and_the_file_behind_it_is_locked(run: Run, store: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(store)
    assert run("--store", str(link), *WRITE, os_user="rob").exit == 0
    assert store.with_name(f"{store.name}.lock").exists()
    assert not (tmp_path / "link.db.lock").exists()


@EITHER
def test_a_store_with_two_names_is_refused(run: Run, store: Path, words: tuple[str, ...]) -> None:
    os.link(store, store.with_name("second.db"))
    assert run(*words, os_user="rob").exit == 77


@EITHER
@pytest.mark.parametrize("bits", [0o020, 0o002])
@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_others_may_write_is_refused_with_the_chmod_to_run(
    run: Run, store: Path, words: tuple[str, ...], bits: int, what: str
) -> None:
    loose = store if what == "file" else store.parent
    loose.chmod(loose.stat().st_mode | bits)
    refused = run(*words, os_user="rob")
    assert refused.exit == 77
    assert f"chmod go-w {loose}" in refused.stderr


def test_the_disk_under_a_path_is_read_from_the_systems_own_list(tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "1 0 8:1 / / rw - ext4 /dev/sda rw\n2 1 0:5 / /mnt/team\\040share rw shared:1 - nfs4 host:/x rw\n"
        "3 1 0:6 / /mnt/team\\040share/local rw - ext4 /dev/sdb rw\n4 1 0:7 / /srv rw - overlay overlay rw\n"
    )
    table = str(mounts)
    assert file_system(Path("/home/rob/cases.db"), table) == "ext4"
    assert file_system(Path("/mnt/team share/cases.db"), table) == "nfs4"
    assert file_system(Path("/mnt/team share/local/cases.db"), table) == "ext4"
    assert file_system(Path("/mnt/team sharex/cases.db"), table) == "ext4"
    assert file_system(Path("/srv/cases.db"), table) == "overlay"
    assert "nfs4" in place.NETWORK
    assert "overlay" in place.LAYERED
    assert file_system(Path("/"), str(tmp_path / "missing")) == ""


def test_a_held_lock_is_waited_for_and_then_named(store: Path) -> None:
    """Somebody pressed Ctrl-Z in the middle of a write."""
    code = (
        "import sys; from pathlib import Path; from owncase.store.queue import in_line\n"
        "with in_line(Path(sys.argv[1]), who='rob owncase'):\n print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        holder.send_signal(signal.SIGSTOP)
        with (
            pytest.raises(Queue, match=rf"process {holder.pid} rob owncase") as refused,
            in_line(store, who="test", seconds=0.2),
        ):
            pass
        assert refused.value.exit == 75
    finally:
        holder.kill()
        holder.communicate()
    with in_line(store, who="test", seconds=0.2):
        pass


def test_a_lock_that_was_removed_is_waited_for_under_its_name(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else two would each hold a lock, and a restore could take the store from under a write."""
    lock, has_opened, got, order = store.with_name(f"{store.name}.lock"), threading.Event(), threading.Event(), []
    wait = queue._wait

    def waits(*facts: Any) -> None:
        has_opened.set()
        wait(*facts)

    def second() -> None:
        with in_line(store, who="second"):
            order.append("second")
            got.set()

    with ExitStack() as first, ExitStack() as third:
        first.enter_context(in_line(store, who="first"))
        monkeypatch.setattr(queue, "_wait", waits)
        waiting = threading.Thread(target=second)
        waiting.start()
        assert has_opened.wait(10)
        lock.unlink()
        third.enter_context(in_line(store, who="third"))
        first.close()
        assert not got.wait(0.3)
        order.append("third")
        third.close()
        waiting.join(10)
    assert order == ["third", "second"]


def test_a_connection_attaches_nothing_and_switches_no_guard_off(store: Path) -> None:
    for readonly in (True, False):
        with closing(connect(store, readonly=readonly)) as connection:
            for statement in (
                "ATTACH ':memory:' AS other",
                *(f"PRAGMA {name} = 1" for name in FORBIDDEN_PRAGMAS),
                "SELECT load_extension('x')",
            ):
                with pytest.raises(sqlite3.DatabaseError, match=r"not authorized|no such function|too many"):
                    connection.execute(statement)
            assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
            assert connection.execute("PRAGMA synchronous").fetchone() == (3,)
    with (
        closing(connect(store, readonly=True)) as connection,
        pytest.raises(sqlite3.Error, match="readonly"),
    ):
        connection.execute("DELETE FROM note")


def test_a_store_that_went_back_is_refused_and_left_alone(run: Run, store: Path) -> None:
    older = store.read_bytes()
    assert run(*WRITE, os_user="rob").exit == 0
    store.write_bytes(older)
    for words in (READ, WRITE):
        refused = run(*words, os_user="rob")
        assert refused.exit == 5
        assert "went back" in refused.stderr
    assert store.read_bytes() == older
    assert run("store", "check", os_user="rob").exit == 5


def test_a_store_in_a_read_only_folder_can_be_read(run: Run, store: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    store.chmod(0o400)
    store.parent.chmod(0o500)
    try:
        assert run(*READ, os_user="rob").exit == 0
        assert run(*WRITE, os_user="rob").exit in {74, 77}
    finally:
        store.parent.chmod(0o700)


def test_a_request_is_done_once_and_its_id_stands_for_nothing_else(run: Run, store: Path) -> None:
    words = ("note", "2", "hello", "--request-id", "night-7")
    assert run(*words, os_user="rob").exit == 0
    before = store.read_bytes()
    again = run(*words, os_user="rob")
    assert again.exit == 0
    assert "already done" in again.stderr
    assert run("note", "2", "other", "--request-id", "night-7", os_user="rob").exit == 4
    assert store.read_bytes() == before


def test_a_clock_that_jumps_back_never_writes_before_history(run: Run, store: Path, clock: Any) -> None:
    clock.set("2026-11-23T07:59:00Z")
    assert run(*WRITE, os_user="rob").exit == 0
    with closing(sqlite3.connect(store)) as raw:
        moments = [row[0] for row in raw.execute("SELECT recorded_at FROM event ORDER BY seq")]
    assert moments == sorted(moments)
    clock.set("2001-01-01T00:00:00Z")
    refused = run(*WRITE, os_user="rob")
    assert (refused.exit, "set the clock right" in refused.stderr) == (3, True)
    assert run("store", "check", os_user="rob").exit == 0


def test_a_misspelt_time_zone_of_the_machine_is_refused(run: Run, store: Path) -> None:
    assert store.exists()
    assert run(*READ, os_user="rob", environ={"TZ": "Europe/Berlni"}).exit == 78
