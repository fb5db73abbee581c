"""A check finds nothing in a sound store, and names whatever is not as history says."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from owncase.errors import OwncaseError
from owncase.store import ledger
from owncase.store.check import check
from owncase.store.findings import Findings
from owncase.store.heads import Head

Copy = Callable[[], Path]
FLIPS = 150


def tamper(path: Path, *statements: str) -> None:
    """Change a store past all its rules: the triggers go first, and come back unchanged."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        rules = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in rules:
            raw.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            raw.execute(statement)
        for _, sql in rules:
            raw.execute(sql)


def rehash(path: Path, first: int) -> None:
    """Recompute the chain from an event on, as whoever edits a store and knows the format would."""
    with closing(sqlite3.connect(path)) as raw:
        store = raw.execute("SELECT json_extract(intent, '$.store') FROM event WHERE seq = 1").fetchone()[0]
        (before,) = raw.execute("SELECT hash FROM event WHERE seq = ?", (first - 1,)).fetchone()
        rows = raw.execute(
            "SELECT seq, intent, recorded_at FROM event WHERE seq >= ? ORDER BY seq", (first,)
        ).fetchall()
    hashes = []
    for seq, intent, recorded_at in rows:
        before = ledger.record_hash(bytes.fromhex(store), seq, bytes.fromhex(before), intent, recorded_at).hex()
        hashes.append(f"UPDATE event SET hash = '{before}' WHERE seq = {seq}")
    tamper(path, *hashes)


def last_event(path: Path, where: str = "1") -> tuple[int, str]:
    with closing(sqlite3.connect(path)) as raw:
        seq, made = raw.execute(f"SELECT seq, hash FROM event WHERE {where} ORDER BY seq DESC LIMIT 1").fetchone()
        return seq, made


def kinds(findings: Findings) -> set[str]:
    return {finding.kind for finding in findings.found}


def test_a_sound_store_is_sound(store: Path) -> None:
    findings = check(store)
    assert (findings.found, findings.notes) == ([], [])
    assert findings.sound
    assert findings.texts > 20
    assert findings.verdict().startswith("sound: ")


@pytest.mark.parametrize(
    ("tampering", "named"),
    [
        ("UPDATE person SET name = 'Eve' WHERE handle = 'dana'", "person"),
        ("UPDATE customer SET account_owner = 2", "customer"),
        ("UPDATE customer_offer SET taker = 2", "customer offer"),
        ("UPDATE cases SET owner = 3 WHERE number = 1", "case 1 is not what history says in owner"),
        ("DELETE FROM tenure WHERE case_number = 2", "tenure 2.1 is missing"),
        ("UPDATE handoff SET state = 'withdrawn'", "handoff"),
        ("UPDATE promise SET due = '2027-01-01T00:00:00Z'", "promise 1.1 is not what history says in due"),
        ("UPDATE note SET text = 'something else'", "in text"),
        ("UPDATE tenure SET owner = NULL WHERE n = 1 AND case_number = 1", "tenure 1.1"),
        ("UPDATE setting SET value = 'true'", "setting require-login is not what history says in value"),
        ("INSERT INTO setting VALUES ('more', 'x', 1)", "setting more is in its table, and history never made it"),
    ],
)
def test_every_table_is_held_against_history(copy: Copy, tampering: str, named: str) -> None:
    path = copy()
    tamper(path, tampering)
    findings = check(path)
    assert kinds(findings) == {"row"}
    assert any(named in finding.message for finding in findings.found), findings.found
    assert findings.history_sound
    assert findings.sound_to == findings.seq


@pytest.mark.parametrize(
    ("tampering", "named"),
    [
        ("CREATE TRIGGER extra AFTER INSERT ON note BEGIN SELECT 1; END", "the trigger extra does not belong"),
        ("CREATE VIEW extra AS SELECT 1", "the view extra does not belong"),
        ("DROP VIEW note_view", "the view note_view is missing"),
        ("DROP TRIGGER event_update", "the trigger event_update is missing"),
        ("CREATE TABLE extra (x)", "the table extra does not belong"),
        ("DROP INDEX case_due", "the index case_due is missing"),
    ],
)
def test_the_schema_is_held_against_the_programs(copy: Copy, tampering: str, named: str) -> None:
    path = copy()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute(tampering)
    findings = check(path)
    assert kinds(findings) == {"schema"}
    assert named in findings.found[0].message


def test_an_edited_event_is_named(copy: Copy) -> None:
    path = copy()
    seq, _ = last_event(path, "kind = 'case.reopened'")
    tamper(path, f"UPDATE event SET intent = replace(intent, '2026-11-27', '2026-12-27') WHERE seq = {seq}")
    findings = check(path)
    assert findings.first is not None
    assert findings.first.seq == seq
    assert findings.sound_to == seq - 1
    assert f"up to event {seq - 1} of" in findings.verdict()


def test_an_event_edited_and_hashed_again_is_seen_by_who_remembers(copy: Copy) -> None:
    path = copy()
    seq, made = last_event(path)
    first, _ = last_event(path, "kind = 'case.replanned'")
    tamper(path, f"UPDATE event SET intent = replace(intent, '2026-11-27', '2026-12-27') WHERE seq = {first}")
    rehash(path, first)
    assert not check(path).sound
    findings = check(path, seen=[Head("", seq, made)])
    assert "head" in kinds(findings)


def test_an_event_that_breaks_a_rule_is_named_though_every_hash_is_right(copy: Copy) -> None:
    path = copy()
    seq, _ = last_event(path, "kind = 'handoff.acknowledged'")
    with closing(sqlite3.connect(path)) as raw:
        (actor,) = raw.execute("SELECT actor FROM event WHERE seq = ?", (seq,)).fetchone()
    other = 2 if actor != 2 else 3
    edit = f"replace(intent, '\"actor\":{actor},', '\"actor\":{other},')"
    tamper(path, f"UPDATE event SET actor = {other}, intent = {edit} WHERE seq = {seq}")
    rehash(path, seq)
    findings = check(path)
    broken = [finding for finding in findings.found if finding.kind == "rule"]
    assert broken[0].seq == seq
    assert "next-owner-must-acknowledge" in broken[0].message


def test_a_forged_event_is_named(copy: Copy) -> None:
    path = copy()
    seq, _ = last_event(path)
    forged = sha256(b"anything").hexdigest()
    tamper(
        path,
        f"INSERT INTO event SELECT {seq + 1}, kind, actor, case_number, subject, at, recorded_at, NULL, intent, NULL,"
        f" '{forged}' FROM event WHERE seq = {seq}",
    )
    findings = check(path)
    assert findings.first is not None
    assert findings.first.seq == seq + 1


def test_swapped_events_are_named(copy: Copy) -> None:
    path = copy()
    tamper(
        path, "UPDATE event SET seq = 1000000 WHERE seq = 8", "UPDATE event SET seq = 8 WHERE seq = 9",
        "UPDATE event SET seq = 9 WHERE seq = 1000000",
    )  # fmt: skip
    findings = check(path)
    assert findings.first is not None
    assert findings.first.seq == 8


def test_a_cut_off_tail_is_seen_by_who_remembers_it(copy: Copy) -> None:
    path = copy()
    seq, made = last_event(path)
    tamper(path, f"DELETE FROM event WHERE seq = {seq}", "DELETE FROM setting")
    assert check(path).history_sound
    findings = check(path, seen=[Head("", seq, made)])
    assert [finding.kind for finding in findings.found] == ["head"]
    assert f"event {seq} was seen before; history now ends at {seq - 1}" in findings.found[0].message


@pytest.mark.parametrize(
    ("tampering", "named"),
    [
        ("UPDATE text SET body = 'x' WHERE id = 5", "is not the one that was committed to"),
        ("DELETE FROM text WHERE id = 5", "has lost the text"),
        ("INSERT INTO text SELECT max(id) + 1, event, commitment, salt, body FROM text", ""),
    ],
)
def test_a_changed_a_lost_and_an_added_text_are_named(copy: Copy, tampering: str, named: str) -> None:
    path = copy()
    tamper(path, tampering)
    findings = check(path)
    assert not findings.sound
    assert "text" in kinds(findings) or "index" in kinds(findings)
    assert any(named in finding.message for finding in findings.found)


def test_an_index_that_lost_a_text_is_named(copy: Copy) -> None:
    path = copy()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("INSERT INTO text_index (text_index, rowid, body) SELECT 'delete', id, body FROM text WHERE id = 5")
    assert kinds(check(path)) == {"index"}


def test_every_flipped_bit_that_changes_what_is_read_is_found(copy: Copy) -> None:
    """A seeded sample; a flip in what nothing refers to changes nothing and may stay unseen."""
    path = copy()
    whole, told = path.read_bytes(), dump(path)
    chance = random.Random(20261123)
    written = [place for place, byte in enumerate(whole) if byte]
    unseen, changed = [], 0
    for _ in range(FLIPS):
        place, bit = chance.choice(written), 1 << chance.randrange(8)
        path.write_bytes(whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :])
        if dump(path) == told:
            continue
        changed += 1
        try:
            sound = check(path, alone=True).sound
        except OwncaseError:
            sound = False
        if sound:
            unseen.append((place, bit))
    assert changed > FLIPS // 2
    assert unseen == []


def dump(path: Path) -> object:
    """All that can be read from the tables of a store, or what went wrong.

    The pages of the full-text index are its own affair: it checks its words, and not each byte that speeds it up.
    """
    try:
        with closing(sqlite3.connect(path)) as raw:
            raw.text_factory = bytes
            named = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'text_index_*'"
            tables = [row[0] for row in raw.execute(named)]
            return [raw.execute(f'SELECT * FROM "{table.decode()}"').fetchall() for table in tables]
    except (sqlite3.Error, UnicodeDecodeError) as trouble:
        return repr(trouble)


@pytest.mark.parametrize("column", ["at", "recorded_at", "intent", "hash", "kind"])
@pytest.mark.parametrize("value", ["NULL", "7", "x'00ff'"])
def test_a_record_of_other_types_is_named(copy: Copy, column: str, value: str) -> None:
    """A damaged page may read as anything, whatever the schema says of its columns."""
    path = copy()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        (rules,) = raw.execute("SELECT sql FROM sqlite_schema WHERE name = 'event'").fetchone()
        raw.execute("DROP TRIGGER event_update")
        raw.execute("PRAGMA writable_schema = ON")
        loose = rules.replace("NOT NULL", "").replace(") STRICT", ")").replace(" TEXT", " BLOB")
        raw.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'event'", (loose,))
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute(f"UPDATE event SET {column} = {value} WHERE seq = 9")
    findings = check(path)
    assert findings.first is not None
    assert findings.first.seq == 9
    assert not findings.history_sound


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_truncated_store_is_found(copy: Copy, share: float) -> None:
    path = copy()
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share) // 4096 * 4096])
    findings = check(path)
    assert not findings.history_sound
    assert findings.sound_to < 30
