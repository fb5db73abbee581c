"""A case as the contract prints it: one object in which names stand for numbers, and the standing offer is nested."""

import json
from collections.abc import Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from owncase.queries.lookup import NoSuchCase

if TYPE_CHECKING:
    from owncase.store.reader import Reader

_PENDING = (
    "from",
    "to",
    "offered_at",
    "seen_at",
    "answer_by",
    "next_action",
    "next_due",
    "note",
    "outcome",
    "offered_by",
)
_PLAIN = ("promises_open", "handoffs", "opened_at", "opened_by", "closed_at", "outcome", "next_owner", "version")
_MORE = (
    *("cause", "contact", "channel", "source", "imported_by", "confirmed_by", "unconfirmed", "duplicate_of"),
    *("void_reason", "customer_name", "changed_at"),
)

FIELDS = (
    *("case", "uid", "external", "title", "customer", "urgency", "status", "owner", "claimed", "next_action"),
    *("next_due", "waiting_for", "overdue", "replans", "pending", *_PLAIN, *_MORE),
)
"""The fields of the object, in order."""
_VALUES = itemgetter(*("status" if name in ("overdue", "pending") else name for name in FIELDS))
"""A row's values in that order; what is not in the row is put in its place afterwards."""

CASE = 'SELECT * FROM case_view WHERE "case" = :number'

CASES = 'SELECT * FROM case_view WHERE "case" IN (SELECT value FROM json_each(:numbers))'


def case_object(reader: "Reader", number: int, now: str) -> dict[str, Any]:
    """The case of this number as the contract's JSON object. `now` decides what is overdue. Raises NotFound."""
    row = reader.one(CASE, number=number)
    if row is None:
        raise NoSuchCase(f"there is no case {number}", fix="owncase list")
    return shape(row, now)


def case_objects(reader: "Reader", numbers: Sequence[int], now: str) -> list[dict[str, Any]]:
    """The cases of these numbers as the contract's objects, in the order given."""
    found = {row["case"]: row for row in reader.rows(CASES, numbers=json.dumps(numbers))}
    return [shape(found[number], now) for number in numbers]


def shape(row: dict[str, Any], now: str) -> dict[str, Any]:
    """A row of `case_view` as the contract's object: its fields in that order, then the further ones."""
    case = dict(zip(FIELDS, _VALUES(row), strict=True))
    due = row["next_due"]
    case["claimed"] = bool(row["claimed"])
    case["overdue"] = row["status"] == "open" and due is not None and due < now
    case["pending"] = _pending(row, now)
    return case


def _pending(row: dict[str, Any], now: str) -> dict[str, Any] | None:
    """The offer that stands. `lapsed`: its answer-by moment has passed."""
    kind = row["pending_kind"]
    if kind is None:
        return None
    answer_by = row["pending_answer_by"]
    lapsed = answer_by is not None and answer_by < now
    return {"kind": kind} | {name: row[f"pending_{name}"] for name in _PENDING} | {"lapsed": lapsed}
