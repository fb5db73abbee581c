"""A case as the contract prints it: one object in which names stand for numbers, and the standing offer is nested."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from owncase.queries.lookup import NoSuchCase
from owncase.queries.silence import FIELDS as SILENT
from owncase.queries.silence import silent

if TYPE_CHECKING:
    from owncase.store.reader import Reader

_PENDING = (
    *("from", "to", "offered_at", "seen_at", "answer_by", "next_action", "next_due", "note", "outcome", "offered_by"),
    "eta_debt",
)
_PLAIN = ("promises_open", "handoffs", "opened_at", "opened_by", "closed_at", "outcome", "next_owner", "version")
_MORE = (
    *("cause", "contact", "channel", "source", "imported_by", "confirmed_by", "unconfirmed", "duplicate_of"),
    *("void_reason", "customer_name", "changed_at", "eta_debt", "eta_debt_since", "heard_at", *SILENT),
)

FIELDS = (
    *("case", "uid", "external", "title", "customer", "urgency", "status", "owner", "claimed", "next_action"),
    *("next_due", "waiting_for", "overdue", "replans", "pending", *_PLAIN, *_MORE),
)
"""The fields of the object, in order."""
_MADE = ("overdue", "pending", *SILENT)
_OF_OWNER = ("owner_zone", "owner_hours")
_OFFER = {"kind": "pending_kind"} | {name: f"pending_{name}" for name in _PENDING}

COLUMNS = ", ".join(
    [f"NULL AS {name}" if name in _MADE else f'"{name}"' for name in FIELDS] + [*_OF_OWNER, *_OFFER.values()]
)
"""What a row of `case_view` has to have to become the object: its fields, in order, its owner's clock, the offer."""

CASE = f'SELECT {COLUMNS} FROM case_view WHERE "case" = :number'  # noqa: S608 - the program's own words

CASES = f'SELECT {COLUMNS} FROM case_view WHERE "case" IN (SELECT value FROM json_each(:numbers))'  # noqa: S608 - own words


def case_object(reader: "Reader", number: int, now: str) -> dict[str, Any]:
    """The case of this number as the contract's JSON object. `now` decides what is overdue. Raises NotFound."""
    row = reader.one(CASE, number=number)
    if row is None:
        raise NoSuchCase(f"there is no case {number}", fix="owncase list")
    return shape(row, now)


def case_objects(reader: "Reader", numbers: Sequence[int], now: str) -> list[dict[str, Any]]:
    """The cases of these numbers as the contract's objects, in the order given."""
    found = {row["case"]: shape(row, now) for row in reader.rows(CASES, numbers=json.dumps(numbers))}
    return [found[number] for number in numbers]


def shape(row: dict[str, Any], now: str) -> dict[str, Any]:
    """The contract's object, made of a row with these COLUMNS, which is used up: there may be very many."""
    due = row["next_due"]
    row["claimed"] = bool(row["claimed"])
    row["overdue"] = row["status"] == "open" and due is not None and due < now
    row["pending"] = _pending(row, now) if row["pending_kind"] is not None else None
    zone, hours = row.pop("owner_zone"), row.pop("owner_hours")
    if row["status"] == "open":
        row |= silent(row["heard_at"], zone, hours, now)
    for column in _OFFER.values():
        del row[column]
    return row


def _pending(row: dict[str, Any], now: str) -> dict[str, Any]:
    """The offer that stands. `lapsed`: its answer-by moment has passed. `eta_debt`: see `names`."""
    answer_by = row["pending_answer_by"]
    lapsed = answer_by is not None and answer_by < now
    told = {name: row[column] for name, column in _OFFER.items()} | {"lapsed": lapsed}
    return told | {"eta_debt": names(told["eta_debt"])}


def names(debt: str | None) -> list[str]:
    """The promises that an offer mentions because the customer was not told their ETA, and still is not: `42.1`."""
    return debt.split(",") if debt else []
