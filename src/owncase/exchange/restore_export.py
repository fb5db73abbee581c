"""An export becomes a store again: each record hashes as before, and history says anew what stands in the tables."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from sqlalchemy import insert

from owncase.desk import Desk
from owncase.errors import BadData, NotFound, Unsound
from owncase.exchange.export import FORMAT
from owncase.store import derive, heads, schema
from owncase.store.engine import create_tx
from owncase.store.findings import Findings
from owncase.store.heads import Head
from owncase.store.ledger import GENESIS, record_hash
from owncase.store.refold import refold
from owncase.store.rows import EventRow, TextRow
from owncase.store.verify_chain import History
from owncase.store.write import Write

LONGEST_LINE = 4 << 20
PORTION = 5_000
HEX = (32, 64)
"""Characters of a store's id and of a hash."""
OUR_ERRORS = (KeyError, TypeError, ValueError, AttributeError, RecursionError)


class NotAnExport(BadData):
    """The file is not what `owncase export` writes."""


class OlderThanSeen(Unsound):
    """The export ends before an event that was seen in this store; brought back, the store would go back in time."""


class NoSuchFile(NotFound):
    """There is no file of this name."""


class ExportUnsound(Unsound):
    """The history in the file does not verify; no store was made."""


class Line(NamedTuple):
    """One line of the file and what it says."""

    number: int
    said: dict[str, Any]


def bring_back(desk: Desk, path: Path, file: Path) -> None:
    """Make a store at `path` of an export. Nothing is left behind when the export is malformed (65) or unsound (5)."""
    lines = _lines(file)
    first = next(lines, None)
    head = _head(first)
    known = heads.remembered(desk.heads_dir, head.store)
    if known is not None and known.seq > head.seq:
        raise OlderThanSeen(
            f"{file} ends at event {head.seq}, and event {known.seq} of this store was seen here before",
            fix=f"use a newer export; to lose what came after, remove {desk.heads_dir / head.store}",
        )
    seen = [head, known] if known else [head]
    with create_tx(path, desk, store=head.store, enforcing=False) as tx:
        derive.drop_rules(tx.raw)
        _put_history(tx, lines, head)
        findings = Findings()
        records = refold(History(tx.raw, findings, seen).events(), findings)
        if findings.found:
            raise ExportUnsound(f"{file} does not verify: {findings.found[0].message}", fix="export the store again")
        derive.put_rows(tx.session, records)
        derive.fill_index(tx.raw)
        derive.make_rules(tx.raw)
        if tx.raw.execute("PRAGMA foreign_key_check").fetchone() or list(schema.differences(tx.raw)):
            raise ExportUnsound(f"{file} does not make a sound store", fix="export the store again")
        tx.head = head


def _put_history(tx: Write, lines: Iterator[Line], head: Head) -> None:
    store, before, events, texts, number = bytes.fromhex(head.store), GENESIS, [], [], 0
    seq = 0
    for line in lines:
        seq += 1
        try:
            event, kept = _record(line, seq)
            before = record_hash(store, seq, before, event["intent"], event["recorded_at"])
        except OUR_ERRORS as trouble:
            raise NotAnExport(
                f"line {line.number} is no record: {trouble!r}", fix="use the file as it was written"
            ) from None
        if before.hex() != event["hash"]:
            raise ExportUnsound(f"event {seq} (line {line.number}) does not hash to what it says", fix="export again")
        events.append(event)
        for text in kept:
            number += 1
            texts.append({"id": number, "event": seq, **text})
        if len(events) >= PORTION:
            _insert(tx, events, texts)
    _insert(tx, events, texts)
    if (seq, before.hex()) != (head.seq, head.hash):
        raise ExportUnsound(f"the file says {head.seq} events and holds {seq}", fix="use the whole file")


def _insert(tx: Write, events: list[dict[str, Any]], texts: list[dict[str, Any]]) -> None:
    for model, rows in ((EventRow, events), (TextRow, texts)):
        if rows:
            table: Any = model
            tx.session.execute(insert(table.__table__), rows)
            rows.clear()


def _record(line: Line, seq: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    said = line.said
    intent = json.loads(said["intent"])
    if said["seq"] != seq or said["signature"] is not None:
        raise ValueError(f"expected event {seq}")
    event = {
        "seq": seq, "kind": str(intent["kind"]), "actor": intent["actor"], "case_number": intent.get("case"),
        "subject": intent.get("subject"), "at": str(intent["at"]), "recorded_at": str(said["recorded_at"]),
        "request": (intent.get("request") or {}).get("id"), "intent": str(said["intent"]), "hash": str(said["hash"]),
    }  # fmt: skip
    texts = [
        {"commitment": str(commitment), "salt": bytes.fromhex(salt), "body": str(body)}
        for commitment, salt, body in said["texts"]
    ]
    return event, texts


def _head(first: Line | None) -> Head:
    try:
        if first is None or first.said["format"] != FORMAT:
            raise ValueError("another format")
        head = Head(first.said["store"], first.said["seq"], first.said["hash"])
        if (len(head.store), len(head.hash)) != HEX or not isinstance(head.seq, int):
            raise ValueError("no head")
    except OUR_ERRORS:
        raise NotAnExport("the first line is not the head of an export", fix="owncase export FILE writes one") from None
    return head


def _lines(file: Path) -> Iterator[Line]:
    try:
        with file.open("r", encoding="utf-8", newline="\n") as text:
            for number, line in enumerate(iter(lambda: text.readline(LONGEST_LINE), ""), start=1):
                if not line.endswith("\n"):
                    raise NotAnExport(f"line {number} is cut off or too long", fix="use the whole file")
                yield Line(number, _parsed(line, number))
    except FileNotFoundError:
        raise NoSuchFile(f"there is no file {file}", fix="name an export") from None
    except UnicodeDecodeError:
        raise NotAnExport(f"{file} is not UTF-8", fix="use the file as it was written") from None


def _parsed(line: str, number: int) -> dict[str, Any]:
    try:
        said = json.loads(line, object_pairs_hook=_each_once, parse_constant=_refuse, parse_float=_refuse)
    except (ValueError, RecursionError) as trouble:
        raise NotAnExport(f"line {number} is not JSON: {trouble}", fix="use the file as it was written") from None
    if not isinstance(said, dict):
        raise NotAnExport(f"line {number} is no record", fix="use the file as it was written")
    return said


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made


def _refuse(written: str) -> NoReturn:
    raise ValueError(f"{written} is no whole number")
