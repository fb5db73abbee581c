"""Backups are whole or are not there; restoring and rebuilding lose nothing that nobody agreed to lose."""

import json
import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from owncase.store import restore as restoring

Run = Callable[..., Any]


@pytest.fixture
def rob(store: Path, run: Run) -> Run:
    """Run as rob, on the store of the story, a good while after it."""

    def runner(*words: str, **facts: object) -> Any:
        return run(*words, os_user="rob", **facts)

    assert store.exists()
    return runner


def head(rob: Run) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(rob("store", "head", "--json").stdout)
    return found


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_store_its_lock_its_heads_and_its_backups_are_private(rob: Run, store: Path, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        assert rob("note", "2", "hello").exit == 0
        assert rob("store", "backup", str(tmp_path / "copy.db")).exit == 0
    finally:
        os.umask(before)
    heads = [path for path in (tmp_path / "home").rglob("heads/*") if path.is_file()]
    assert len(heads) == 1
    lock = store.with_name(store.name + ".lock")
    assert {mode(path) for path in (store, lock, tmp_path / "copy.db", *heads)} == {0o600}


def test_a_backup_holds_the_head_and_checks_as_a_store(rob: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert rob("store", "backup", str(copy)).exit == 0
    line = rob("store", "head").stdout
    assert line.startswith("owncase-head/v1 ")
    (tmp_path / "heads.txt").write_text(f"some mail\n> {line}")
    checked = rob("store", "check", "--against", str(tmp_path / "heads.txt"), "--store", str(copy))
    assert (checked.exit, checked.stderr) == (0, "")


def test_a_backup_goes_into_no_pipe(rob: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through ssh, where - is this machine's, it would become a file of that name in the home there."""
    monkeypatch.chdir(tmp_path)
    refused = rob("store", "backup", "-")
    assert (refused.exit, refused.stdout, "owncase export -" in refused.stderr) == (2, "", True)
    assert not (tmp_path / "-").exists()


@pytest.mark.parametrize("kind", ["file", "link", "folder", "device"])
def test_a_backup_replaces_nothing_unasked(rob: Run, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "copy.db"
    other = tmp_path / "other"
    other.write_text("precious")
    if kind == "file":
        target.write_text("precious")
    elif kind == "link":
        target.symlink_to(other)
    elif kind == "folder":
        target.mkdir()
    else:
        target = Path("/dev/full")
    assert rob("store", "backup", str(target)).exit == 73
    forced = rob("store", "backup", str(target), "--force").exit
    assert forced == (0 if kind == "file" else 73)
    assert other.read_text() == "precious"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".copy")] == []


def test_a_damaged_store_gives_no_backup(rob: Run, store: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(store, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER text_update")
        raw.execute("UPDATE text SET body = 'x' WHERE id = 5")
    refused = rob("store", "backup", str(tmp_path / "copy.db"))
    assert refused.exit == 5
    assert not (tmp_path / "copy.db").exists()


def test_an_older_backup_comes_back_only_by_the_number_it_loses(rob: Run, store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert rob("store", "backup", str(copy)).exit == 0
    older = head(rob)
    assert rob("note", "2", "one more").exit == 0
    newer = head(rob)
    lost = newer["seq"] - older["seq"]
    assert lost > 0
    for words in ((), ("--lose-events", str(lost + 1))):
        assert rob("store", "restore", str(copy), *words).exit == 3
        assert head(rob) == newer
    done = rob("store", "restore", str(copy), "--lose-events", str(lost), "--json")
    assert done.exit == 0
    assert head(rob)["hash"] == older["hash"]
    assert rob("store", "check").exit == 0
    assert rob("note", "2", "and on it goes").exit == 0
    kept = Path(json.loads(done.stdout)["kept"])
    assert kept == store.with_name(f"{store.name}.before-restore")
    with closing(sqlite3.connect(kept)) as raw:
        assert raw.execute("SELECT max(seq) FROM event").fetchone()[0] == newer["seq"]


def test_a_store_that_is_restored_never_has_two_names(
    rob: Run, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else everybody who reads meanwhile would be refused."""
    names, place_it, before = [], restoring.put_in_place, store.read_bytes()

    def watched(draft: Path, target: Path, *, replacing: bool) -> None:
        names.append(store.stat().st_nlink)
        place_it(draft, target, replacing=replacing)
        names.append(store.stat().st_nlink)

    assert rob("store", "backup", str(tmp_path / "copy.db")).exit == 0
    monkeypatch.setattr(restoring, "put_in_place", watched)
    assert rob("store", "restore", str(tmp_path / "copy.db")).exit == 0
    assert set(names) == {1}
    kept = store.with_name(f"{store.name}.before-restore")
    assert (kept.read_bytes(), mode(kept)) == (before, 0o600)


def test_what_is_no_sound_backup_does_not_come_back(rob: Run, store: Path, tmp_path: Path) -> None:
    before = store.read_bytes()
    (tmp_path / "text.db").write_text("not a database, however long it may be " * 200)
    copy = tmp_path / "copy.db"
    assert rob("store", "backup", str(copy)).exit == 0
    whole = copy.read_bytes()
    copy.write_bytes(whole[: len(whole) // 2])
    assert rob("store", "restore", str(copy)).exit == 5
    assert rob("store", "restore", str(tmp_path / "text.db")).exit == 65
    assert rob("store", "restore", str(tmp_path / "missing.db")).exit == 66
    assert store.read_bytes() == before


def test_an_up_to_date_store_has_nothing_to_upgrade(rob: Run, store: Path) -> None:
    before = store.read_bytes()
    done = rob("store", "upgrade")
    assert (done.exit, "nothing to do" in done.stdout) == (0, True)
    assert store.read_bytes() == before


def test_damaged_tables_are_made_anew_from_sound_history(rob: Run, store: Path) -> None:
    with closing(sqlite3.connect(store, isolation_level=None)) as raw:
        history = raw.execute("SELECT * FROM event").fetchall(), raw.execute("SELECT * FROM text").fetchall()
        for trigger in ("case_update", "person_update", "note_delete"):
            raw.execute(f"DROP TRIGGER {trigger}")
        raw.execute("UPDATE cases SET title = 'lost'")
        raw.execute("UPDATE person SET login = NULL, handle = handle || '-x'")
        raw.execute("DELETE FROM note")
        raw.execute("DROP VIEW person_view")
        raw.execute("CREATE TABLE extra (x)")
        raw.execute("INSERT INTO text_index (text_index) VALUES ('delete-all')")
    assert rob("store", "check").exit == 1
    assert rob("store", "upgrade").exit == 0
    mended = rob("store", "upgrade", "--rebuild")
    assert (mended.exit, mended.stderr) == (0, "")
    assert rob("store", "check").exit == 0
    with closing(sqlite3.connect(store)) as raw:
        events = raw.execute("SELECT * FROM event").fetchall()
        assert (events[:-1], raw.execute("SELECT * FROM text").fetchall()) == history
        assert events[-1][1] == "store.upgraded"


def test_tables_are_not_made_anew_from_history_that_does_not_verify(rob: Run, store: Path) -> None:
    with closing(sqlite3.connect(store, isolation_level=None)) as raw:
        (rule,) = raw.execute("SELECT sql FROM sqlite_schema WHERE name = 'event_update'").fetchone()
        raw.execute("DROP TRIGGER event_update")
        raw.execute("UPDATE event SET at = '2026-01-01T00:00:00Z' WHERE seq = 9")
        raw.execute(rule)
    before = store.read_bytes()
    assert rob("store", "upgrade", "--rebuild").exit == 5
    assert store.read_bytes() == before


def test_reports_on_the_store_need_no_person(store: Path, run: Run, tmp_path: Path) -> None:
    for words in (["info"], ["check"], ["head"], ["backup", str(tmp_path / "copy.db")]):
        assert run("store", *words, os_user="nobody").exit == 0, words
    assert store.exists()
