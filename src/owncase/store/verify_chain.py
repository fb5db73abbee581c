"""History is sound when every record hashes to what it says, follows the one before, and has the texts it names.

A text may be missing only where a later record redacts it, and one that was redacted is nowhere any more.

Records are read in order and each is parsed, written canonically again and compared with its bytes; its columns must
say what its intent says. What can be understood is handed on, so that the rules can be asked as well.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple, NoReturn

from owncase.domain.event import Event
from owncase.domain.values import REDACTED
from owncase.store.findings import Findings
from owncase.store.heads import Head
from owncase.store.ledger import (
    GENESIS,
    INTENT,
    NESTED,
    RECORD,
    UNSIGNED,
    VERSION,
    canonical,
    commitments,
    read_texts,
)

RECORDS = """
SELECT seq, kind, actor, case_number, subject, at, recorded_at, request, signature, hash, intent FROM event ORDER BY seq
"""
TEXTS = "SELECT event, commitment, salt, body FROM text ORDER BY id"
REDACTION = "text.redacted"
"""An event of this kind names, as `commitments`, the texts that it removed."""
BLOCK = 64
INNER, OUTER = (bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C))
MOMENT = len("2026-11-23T14:00:00Z")
Texts = Mapping[str, str]
About = tuple[int | None, int | None] | None
"""The case, or else the person or customer; None for a redaction, whose reason stays."""


def _no_floats(written: str) -> NoReturn:
    raise ValueError(f"an intent holds no {written}")


_parse = json.JSONDecoder(parse_float=_no_floats, parse_constant=_no_floats).raw_decode


def _canonical_writer() -> Callable[[Any], str]:
    """As `ledger.canonical`, but the C encoder is made once and not for each intent."""
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return canonical
    write = make(None, None, json.encoder.encode_basestring, None, ":", ",", True, False, False)  # noqa: FBT003
    return lambda value: "".join(write(value, 0))


_write = _canonical_writer()


class Lost(NamedTuple):
    """A text that is not there: the event that names it, and what that is about."""

    seq: int
    about: About


class History:
    """The events of a store, verified on the way. What is wrong goes into `findings`."""

    def __init__(self, connection: sqlite3.Connection, findings: Findings, seen: Iterable[Head]) -> None:
        self._connection = connection
        self._findings = findings
        self._seen: dict[int, list[str]] = {}
        for head in seen:
            self._seen.setdefault(head.seq, []).append(head.hash)
        self._store = b""
        self._last_of: dict[int, str] = {}
        self._missing: dict[str, Lost] = {}
        self._texts = self._grouped_texts()
        self._ahead = next(self._texts, None)

    def events(self) -> Iterator[Event]:
        """Every event that can be understood, in order."""
        findings, before, last, moment = self._findings, GENESIS, 0, ""
        for row in self._connection.execute(RECORDS):
            seq, made = row[0], row[9]
            if seq != last + 1:
                findings.add("chain", f"events {last + 1} to {seq - 1} are missing", last + 1)
            if not type(row[6]) is type(made) is type(row[10]) is str:
                findings.add("chain", f"event {seq} is not a record", seq)
                last, before = seq, GENESIS
                continue
            event = self._understood(row, before)
            if row[6] < moment or len(row[6]) != MOMENT:
                findings.add("chain", f"event {seq} was recorded before the one before it", seq)
            last, moment = seq, row[6]
            before = _bytes(made)
            findings.seq, findings.hash = seq, made
            if seq in self._seen:
                self._is_seen(seq, made)
            if event is not None:
                yield event
        self._ends()

    def _understood(self, row: tuple[Any, ...], before: bytes) -> Event | None:
        seq, stated = row[0], row[10]
        texts = self._texts_of(seq)
        try:
            intent = _parse(stated)[0]  # what may follow makes it uncanonical
            if not self._store:
                self._begins(intent)
            self._is_whole(row, intent, before)
            data, request = intent["data"], intent.get("request") or _NOTHING
            if '{"text":' in stated or texts:
                self._read_texts(seq, intent, texts)
            if intent["kind"] == REDACTION:
                self._redacts(seq, intent)
            return Event(
                kind=intent["kind"], actor=intent["actor"], at=intent["at"], data=data, case=intent.get("case"),
                subject=intent.get("subject"), typed_by=intent["typed_by"], claimed=intent.get("claimed", False),
                request=request.get("id"), request_digest=request.get("digest"), seq=seq, recorded_at=row[6],
            )  # fmt: skip
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as trouble:
            self._findings.add("chain", f"event {seq} cannot be understood: {type(trouble).__name__}", seq)
            return None

    def _begins(self, intent: Mapping[str, Any]) -> None:
        self._findings.store = intent["store"]
        self._store = bytes.fromhex(intent["store"])
        if intent["kind"] != "store.created":
            self._findings.add("chain", "event 1 does not make a store", 1)

    def _is_whole(self, row: tuple[Any, ...], intent: Mapping[str, Any], before: bytes) -> None:
        seq, kind, actor, case, subject, at, recorded_at, request, signature, made, stated = row
        add = self._findings.add
        if _write(intent) != stated:
            add("chain", f"event {seq} is not in its canonical form", seq)
        stands = sha256(INTENT + stated.encode("utf-8", "surrogateescape")).digest()
        record = RECORD + self._store + seq.to_bytes(8, "big") + before + stands + UNSIGNED + recorded_at.encode()
        if sha256(record).hexdigest() != made:
            add("chain", f"event {seq} does not hash to what it says: it, or the one before it, was changed", seq)
        said = (
            intent["kind"], intent["actor"], intent.get("case"), intent.get("subject"), intent["at"],
            (intent.get("request") or _NOTHING).get("id"), None, intent["store"], intent["v"],
        )  # fmt: skip
        if said != (kind, actor, case, subject, at, request, signature, self._findings.store, VERSION):
            add("chain", f"event {seq} says something else in its columns than in what was hashed", seq)
        if case is not None:
            if intent["on"] != self._last_of.get(case):
                add("chain", f"event {seq} does not follow the last event of case {case}", seq)
            self._last_of[case] = made

    def _is_seen(self, seq: int, made: str) -> None:
        for known in self._seen.pop(seq):
            if not made.startswith(known):
                self._findings.add("head", f"event {seq} was seen as {known[:16]}, and is {made[:16]} here", seq)

    def _ends(self) -> None:
        findings = self._findings
        for seq in sorted(self._seen):
            findings.add("head", f"event {seq} was seen before; history now ends at {findings.seq}", findings.seq + 1)
        for commitment, lost in self._missing.items():
            findings.add("text", f"event {lost.seq} has lost the text {commitment[:16]}", lost.seq)
        if self._ahead is not None:
            findings.add("text", f"texts are kept for event {self._ahead[0]}, which is not there", findings.seq + 1)

    def _grouped_texts(self) -> Iterator[tuple[int, dict[str, str]]]:
        event, texts = 0, dict[str, str]()
        for row in self._connection.execute(TEXTS):
            self._findings.texts += 1
            if (type(row[0]), type(row[2]), type(row[3])) != (int, bytes, str):
                self._findings.add("text", f"a text after those of event {event} is none", event or None)
                continue
            if row[0] != event:
                if texts:
                    yield event, texts
                if row[0] < event:
                    self._findings.add("text", f"the texts of event {row[0]} are out of order", row[0])
                event, texts = row[0], {}
            if _commitment_to(row[2], row[3].encode("utf-8", "surrogateescape")) != row[1]:
                self._findings.add("text", f"a text of event {event} is not the one that was committed to", event)
            texts[row[1]] = row[3]
        if texts:
            yield event, texts

    def _texts_of(self, seq: int) -> Texts:
        while self._ahead is not None and self._ahead[0] < seq:
            self._findings.add("text", f"texts are kept for event {self._ahead[0]} without reason", self._ahead[0])
            self._ahead = next(self._texts, None)
        if self._ahead is None or self._ahead[0] != seq:
            return _NOTHING
        texts, self._ahead = self._ahead[1], next(self._texts, None)
        return texts

    def _read_texts(self, seq: int, intent: dict[str, Any], texts: Texts) -> None:
        """Put the texts of an event in place of what names them."""
        about = None if intent["kind"] == REDACTION else _about(intent)
        found = 0
        for stated in filter(None, (intent["data"], intent.get("request"))):
            found += self._put_in(stated, texts, Lost(seq, about))
        if found != len(texts):
            self._findings.add("text", f"event {seq} names {found} of the {len(texts)} texts that are kept for it", seq)

    def _put_in(self, stated: dict[str, Any], texts: Texts, lost: Lost) -> int:
        """How many texts there were; most stand at the top, and are put in there."""
        found = 0
        for key, item in stated.items():
            if type(item) is dict and len(item) == 1 and "text" in item:
                stated[key] = body = texts.get(item["text"])
                if body is None:
                    stated[key], self._missing[item["text"]] = REDACTED, lost
                else:
                    found += 1
            elif item and (type(item) is dict or (type(item) is list and type(item[0]) in NESTED)):
                deeper = commitments(item)
                gone = [name for name in deeper if name not in texts]
                self._missing.update(dict.fromkeys(gone, lost))
                stated[key], found = read_texts(item, texts), found + len(deeper) - len(gone)
        return found

    def _redacts(self, seq: int, intent: dict[str, Any]) -> None:
        """What a redaction names is gone, and was said before of what the redaction is about."""
        add, about = self._findings.add, _about(intent)
        for name in intent["data"]["commitments"]:
            lost = self._missing.pop(name, None)
            if lost is None:
                add("text", f"event {seq} redacts the text {name[:16]}, which is still here or never was", seq)
            elif lost.about != about:
                add("text", f"event {seq} redacts the text {name[:16]} of event {lost.seq}, about something else", seq)
            else:
                self._findings.redacted += 1


def _about(intent: Mapping[str, Any]) -> About:
    case = intent.get("case")
    return (case, None) if case is not None else (None, intent.get("subject"))


def _commitment_to(salt: bytes, body: bytes) -> str:
    """As `ledger.commit`: HMAC-SHA-256 written out, for short texts twice as quick as asking OpenSSL for it."""
    padded = salt.ljust(BLOCK, b"\0")
    return sha256(padded.translate(OUTER) + sha256(padded.translate(INNER) + body).digest()).hexdigest()


def _bytes(made: str) -> bytes:
    try:
        return bytes.fromhex(made)
    except ValueError:
        return GENESIS


_NOTHING: Mapping[str, Any] = {}
