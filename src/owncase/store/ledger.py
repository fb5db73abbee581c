"""History as bytes: the canonical intent of an event, the chain it is tied into, and the salted texts it commits to.

An intent is JSON in the canonical form of RFC 8785, kept to a domain where the standard encoder writes exactly that
form: keys of lower-case ASCII, no floats, integers within 2^53, valid Unicode. What is hashed is what is stored, byte
for byte. A record hash covers, in fixed-width fields: the store, the seq, the hash before, the intent, the signature
and the moment of recording. A text is named in the intent by HMAC-SHA-256(salt, text), so that it can be removed and
the chain still holds.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from hmac import digest as hmac_digest
from os import urandom
from typing import Any, NamedTuple

from owncase.domain.event import Event
from owncase.domain.values import REDACTED, Prose

VERSION = 1
GENESIS = bytes(32)
INTENT = b"owncase/intent/v1\n"
RECORD = b"owncase/record/v1\n"
UNSIGNED = sha256(b"").digest()
SALT_BYTES = 32
NESTED = (dict, list)

canonical = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False
).encode


class Text(NamedTuple):
    """A text that an intent commits to."""

    commitment: str
    salt: bytes
    body: str


def commit(salt: bytes, body: str) -> str:
    """The commitment to a text: HMAC-SHA-256 in hex."""
    return hmac_digest(salt, body.encode(), "sha256").hex()


def seal(body: str) -> Text:
    """Commit to a text with a fresh salt."""
    salt = urandom(SALT_BYTES)
    return Text(commit(salt, body), salt, body)


def write_intent(event: Event, *, store: str, on: str | None) -> tuple[str, list[Text]]:
    """The canonical intent of an event, and the texts to keep beside it. `on` is the hash of the case's last event."""
    texts: list[Text] = []
    intent: dict[str, Any] = {
        "v": VERSION, "store": store, "kind": event.kind, "actor": event.actor, "at": event.at,
        "typed_by": event.typed_by, "data": _commit_to(event.data, texts), "on": on,
    }  # fmt: skip
    if event.case is not None:
        intent["case"] = event.case
    if event.subject is not None:
        intent["subject"] = event.subject
    if event.claimed:
        intent["claimed"] = True
    if event.request is not None:
        intent["request"] = {"id": event.request, "digest": _commit_to(event.request_digest, texts)}
    return canonical(intent), texts


def read_intent(intent: Mapping[str, Any], texts: Mapping[str, str], *, seq: int, recorded_at: str) -> Event:
    """The event that a parsed intent states; a text that is not among `texts` reads as redacted."""
    request = intent.get("request") or {}
    return Event(
        kind=intent["kind"], actor=intent["actor"], at=intent["at"], data=read_texts(intent["data"], texts),
        case=intent.get("case"), subject=intent.get("subject"), typed_by=intent["typed_by"],
        claimed=intent.get("claimed", False), request=request.get("id"),
        request_digest=read_texts(request.get("digest"), texts),
        seq=seq, recorded_at=recorded_at,
    )  # fmt: skip


def record_hash(store: bytes, seq: int, before: bytes, intent: str, recorded_at: str) -> bytes:
    """The hash of a record; `store` is 16 bytes, `before` the 32 of the record before (zeros for the first)."""
    stated = sha256(INTENT + intent.encode()).digest()
    return sha256(
        RECORD + store + seq.to_bytes(8, "big") + before + stated + UNSIGNED + recorded_at.encode("ascii")
    ).digest()


def commitments(value: Any) -> list[str]:
    """Every commitment in the data of a parsed intent."""
    if isinstance(value, dict):
        if name := _commitment_in(value):
            return [name]
        return [found for item in value.values() if type(item) in NESTED for found in commitments(item)]
    if isinstance(value, list):
        return [found for item in value for found in commitments(item)]
    return []


def read_texts(value: Any, texts: Mapping[str, str]) -> Any:
    """The data of a parsed intent with its texts in place; one that is not among `texts` reads as redacted."""
    if isinstance(value, dict):
        if name := _commitment_in(value):
            return Prose(texts.get(name, REDACTED))
        return {key: read_texts(item, texts) if type(item) in NESTED else item for key, item in value.items()}
    if isinstance(value, list):
        return [read_texts(item, texts) for item in value]
    return value


def _commitment_in(value: dict[str, Any]) -> str | None:
    """A text is stated as an object of its commitment alone; data whose one key is `text` holds such an object."""
    name = value.get("text") if len(value) == 1 else None
    return name if isinstance(name, str) else None


def _commit_to(value: Any, texts: list[Text]) -> Any:
    if isinstance(value, Prose):
        text = seal(str(value))
        texts.append(text)
        return {"text": text.commitment}
    if isinstance(value, Mapping):
        return {key: _commit_to(item, texts) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_commit_to(item, texts) for item in value]
    return value
