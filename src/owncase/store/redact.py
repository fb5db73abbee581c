"""What people wrote is removed from the file itself, in one transaction, and all that is derived is told again.

The order is what makes one commit enough. The file is made compact first, so that no free page and no gap in a page
holds what was once moved or deleted. Then, with secure_delete on: the redaction is appended, the texts go, the table
of texts and all that is derived are written anew, and every page they stood on is overwritten. Whoever is killed on
the way leaves the store as it was; a journal is gone with the commit.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from owncase.domain.redaction import may_redact
from owncase.domain.values import Prose
from owncase.errors import Busy
from owncase.store import derive, place, schema
from owncase.store.check import examine
from owncase.store.connection import WAIT_SECONDS, connect
from owncase.store.engine import is_new, rebuild_tx, write_tx
from owncase.store.findings import Findings, not_sound
from owncase.store.heads import Head
from owncase.store.memory import MemoryRecords
from owncase.store.queue import in_line
from owncase.store.refold import refold
from owncase.store.upgrade import seen, typist
from owncase.store.verify_chain import History
from owncase.store.write import Write

if TYPE_CHECKING:
    from owncase.desk import Desk

AT_ONCE = 1_000
"""Texts that one event names at most."""
WHICH = {
    "case": "e.case_number = :id",
    "person": "e.subject = :id AND e.case_number IS NULL",
    "customer": "(e.subject = :id AND e.case_number IS NULL"
    " OR e.case_number IN (SELECT number FROM cases WHERE customer = :id))",
}
TEXTS = """
SELECT e.case_number, CASE WHEN e.case_number IS NULL THEN e.subject END AS subject, t.commitment
FROM event AS e JOIN text AS t ON t.event = e.seq WHERE e.kind <> 'text.redacted' AND {} ORDER BY 1, 2, t.id
"""
GONE = """
DELETE FROM text WHERE commitment IN (SELECT value FROM json_each(:names))
  AND event IN (SELECT seq FROM event WHERE case_number IS :case AND (:case IS NOT NULL OR subject = :subject))
"""


class WrittenMeanwhile(Busy):
    """Something else than owncase wrote to the store while it was made ready."""


class Target(NamedTuple):
    """A case by its number, or a customer or a person by id."""

    what: Literal["case", "customer", "person"]
    id: int


class Part(NamedTuple):
    """The texts of one event: of a case, or else of a customer or person themselves."""

    case: int | None
    subject: int | None
    commitments: list[str]


def would_redact(desk: "Desk", target: Target) -> list[Part]:
    """What a redaction would remove. Raises the refusal of the rule that keeps it; nothing is written."""
    with write_tx(desk) as tx:
        assert tx.who is not None
        may_redact(tx, tx.who.id, **_named(target))
        return list(_parts(tx.raw, target))


def redact(
    desk: "Desk", target: Target, because: Prose, *, request: str | None = None, digest: str | None = None
) -> int | None:
    """Remove the texts of a case, a customer with its cases, or a person, for good. The seq of the first event, if any.

    Raises the refusals of rules, `NotSound` (5) for a store that is not, `AlreadyDone`, `Queue` and `sqlite3.Error`;
    then everything is as before.
    """
    path = place.existing(desk.store)
    desk.close()
    with in_line(path, who=f"{desk.os_user} owncase store redact"):
        findings, records = examine(path, seen=seen(desk, path), alone=True)
        if not findings.sound:
            raise not_sound(findings, "the store")
        who = typist(desk, records)
        may_redact(records, who.id, **_named(target))
        with closing(connect(path, readonly=True)) as connection:
            if request is not None:
                is_new(connection, request, digest)
            parts = list(_parts(connection, target))
        if not parts:
            return None
        _make_compact(path)
        with rebuild_tx(path, desk, who, Head(findings.store, findings.seq, findings.hash)) as tx:
            tx.request = (request, digest or "") if request is not None else None
            _prepare(tx.raw)
            for part in parts:
                _remove(tx, target, part, because)
            _tell_again(tx)
        return findings.seq + 1


def _named(target: Target) -> dict[str, int]:
    return {"case" if target.what == "case" else "subject": target.id}


def _parts(raw: sqlite3.Connection, target: Target) -> Iterator[Part]:
    rows = raw.execute(TEXTS.format(WHICH[target.what]), {"id": target.id}).fetchall()
    for (case, subject), found in groupby(rows, key=lambda row: row[:2]):
        names = [row[2] for row in found]
        for start in range(0, len(names), AT_ONCE):
            yield Part(case, subject, names[start : start + AT_ONCE])


def _make_compact(path: Path) -> None:
    """SQLite copies what is live and nothing else. It attaches its draft, which ordinary connections may not."""
    with closing(
        sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=WAIT_SECONDS, isolation_level=None)
    ) as connection:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("VACUUM")


def _prepare(raw: sqlite3.Connection) -> None:
    raw.execute("PRAGMA secure_delete=ON")
    if raw.execute("PRAGMA freelist_count").fetchone()[0]:
        raise WrittenMeanwhile("something else wrote to the store meanwhile", fix="run it again")


def _remove(tx: Write, target: Target, part: Part, because: Prose) -> None:
    """Say so, then do it: a rule lets a text go only while the redaction that names it is the last thing said."""
    tx.append(
        "text.redacted", case=part.case, subject=part.subject, what=target.what, commitments=part.commitments,
        because=because,
    )  # fmt: skip
    tx.raw.execute(GONE, {"names": json.dumps(part.commitments), "case": part.case, "subject": part.subject})


def _tell_again(tx: Write) -> None:
    findings = Findings()
    records: MemoryRecords = refold(History(tx.raw, findings, []).events(), findings)
    if not findings.history_sound:
        raise not_sound(findings, "the redacted history")
    derive.drop(tx.raw)
    _write_texts_anew(tx.raw)
    derive.make(tx.session, tx.raw, records)
    derive.is_as_told(tx.raw, records)


def _write_texts_anew(raw: sqlite3.Connection) -> None:
    """Deleting overwrites a text where it stands, but not where it stood before pages were joined: so these go too."""
    raw.execute("ALTER TABLE text RENAME TO text_before")
    raw.execute("DROP INDEX text_of_event")
    for statement in schema.statements():
        if derive.about(statement) == "text" and not statement.startswith("CREATE TRIGGER"):
            raw.execute(statement)
    raw.execute("INSERT INTO text SELECT * FROM text_before ORDER BY id")
    raw.execute("DROP TABLE text_before")
