"""What happened, event by event: who said it, when, and in which words, with names in place of numbers?"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from owncase.errors import Unsound

if TYPE_CHECKING:
    from owncase.store.reader import Reader

REDACTED = "[redacted]"
LATEST = "9"
"""After every moment as text."""

_EVENTS = """
SELECT e.seq, e."case", e.kind, e.at, e.recorded_at, e."by", coalesce(hf.handle, cf.handle) AS "for", e.intent
FROM event_view AS e
LEFT JOIN handoff AS h ON h.id = e.seq AND h.giver <> h.offered_by LEFT JOIN person AS hf ON hf.id = h.giver
LEFT JOIN customer_offer AS o ON o.id = e.seq AND o.giver <> o.offered_by LEFT JOIN person AS cf ON cf.id = o.giver
"""
_WHOLE = f"""
SELECT q.*, coalesce(sp.handle, sc.key) AS subject
FROM ({_EVENTS} WHERE e.seq > :after AND e.seq <= :last ORDER BY e.seq LIMIT :most) AS q
JOIN event AS s ON s.seq = q.seq
LEFT JOIN person AS sp ON sp.id = s.subject LEFT JOIN customer AS sc ON sc.id = s.subject
ORDER BY q.seq
"""  # noqa: S608 - the program's own words
STRETCH = 1_000
OF_CASE = 'e."case" = :of'
OF_CUSTOMER = (
    "(e.subject = :of AND (e.kind LIKE 'customer.%' OR e.kind LIKE 'letter.%' OR e.kind = 'text.redacted'))"
    ' OR e."case" IN (SELECT number FROM cases WHERE customer = :of)'
)
TEXTS = "SELECT commitment, body FROM text WHERE event IN (SELECT value FROM json_each(:events))"
PEOPLE = ("to", "suggested", "account_owner", "second", "manager", "owner", "owner_default")
_ACTION, _REST = ("did", "next_action", "next_touch"), ("name", "reason", "confirmed_by")
MAIN = ("text", "question", "note", "because", "outcome", "title", *_ACTION, *_REST)
"""Where the words of an event stand, the most telling first."""


class Unreadable(Unsound):
    """An event was put into history by something else than owncase."""


def events_of_case(
    reader: "Reader", number: int, *, since: str = "", until: str = LATEST, latest: int = 0
) -> list[dict[str, Any]]:
    """The events of a case that happened between two moments, in order; with `latest`, the last so many."""
    return _events(reader, OF_CASE, of=number, since=since, until=until, latest=latest)


def events_of_customer(reader: "Reader", customer: int, *, since: str = "", latest: int = 0) -> list[dict[str, Any]]:
    """The events of a customer and of its cases."""
    return _events(reader, OF_CUSTOMER, of=customer, since=since, until=LATEST, latest=latest)


def events_of_subject(reader: "Reader", subject: int, *, until: str = LATEST) -> list[dict[str, Any]]:
    """The events of a person or a customer themselves, up to a moment."""
    return _events(reader, "e.subject = :of", of=subject, since="", until=until, latest=0)


def every_event(reader: "Reader") -> Iterator[dict[str, Any]]:
    """The whole history in order, in stretches; `subject` is the person or customer that an event is about."""
    newest = reader.one("SELECT coalesce(max(seq), 0) AS seq FROM event")
    after, last = 0, newest["seq"] if newest else 0
    while rows := reader.rows(_WHOLE, after=after, last=last, most=STRETCH):
        bodies = reader.rows(TEXTS, events=json.dumps([row["seq"] for row in rows]))
        names = _Names(reader, {row["commitment"]: row["body"] for row in bodies})
        after = rows[-1]["seq"]
        for row in rows:
            subject = row.pop("subject")
            yield _event(row, names) | {"subject": subject}


def _events(reader: "Reader", which: str, *, of: int, since: str, until: str, latest: int) -> list[dict[str, Any]]:
    sql = f"{_EVENTS} WHERE ({which}) AND e.at >= :since AND e.at <= :until ORDER BY e.seq DESC LIMIT :most"
    rows = reader.rows(sql, of=of, since=since, until=until, most=latest or -1)[::-1]
    bodies = reader.rows(TEXTS, events=json.dumps([row["seq"] for row in rows]))
    names = _Names(reader, {row["commitment"]: row["body"] for row in bodies})
    return _marked([_event(row, names) for row in rows])


def _marked(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The events with `undone` where a later one among them took them back."""
    undone = {event["data"].get("undoes") for event in events}
    return [event | {"undone": event["seq"] in undone} for event in events]


def _event(row: dict[str, Any], names: "_Names") -> dict[str, Any]:
    try:
        intent = json.loads(row.pop("intent"))
        said, typed_by = names.resolved(intent["data"]), intent["typed_by"]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unreadable(f"event {row['seq']} does not say what an event says", fix="owncase store check") from None
    imported = row["kind"].startswith("log.") or row["kind"] == "case.imported"
    return {
        **row,
        "claimed": bool(intent.get("claimed") or imported),
        "text": next((said[name] for name in MAIN if said.get(name)), None),
        "typed_by": typed_by or None,
        "data": said,
    }


class _Names:
    """The words that commitments stand for, and the names that numbers stand for; each asked for once."""

    def __init__(self, reader: "Reader", bodies: dict[str, str]) -> None:
        self.reader = reader
        self.bodies = bodies
        self.known: dict[tuple[str, int], str | None] = {}

    def resolved(self, said: dict[str, Any]) -> dict[str, Any]:
        return {name: self._value(name, value) for name, value in said.items()}

    def _value(self, name: str, value: Any) -> Any:
        if isinstance(value, dict) and value.keys() == {"text"}:
            return self.bodies.get(value["text"], REDACTED)
        if isinstance(value, list):
            return [self._value(name, item) for item in value]
        if isinstance(value, int) and name in PEOPLE:
            return self._name("SELECT handle AS name FROM person WHERE id = :id", value)
        if isinstance(value, int) and name == "customer":
            return self._name("SELECT key AS name FROM customer WHERE id = :id", value)
        return value

    def _name(self, sql: str, number: int) -> str | None:
        if (sql, number) not in self.known:
            row = self.reader.one(sql, id=number)
            self.known[sql, number] = row["name"] if row else None
        return self.known[sql, number]
