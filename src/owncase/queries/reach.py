"""How is a person reached, and do they work just now?"""

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from owncase.store.reader import Reader

Row = dict[str, Any]

FIELDS = ("owner_name", "email", "phone", "place", "zone", "hours", "working")
REACHED = "SELECT name AS owner_name, email, phone, place, zone, hours FROM person WHERE handle = :handle"
ACCOUNT = "SELECT name AS account_owner_name, phone AS account_owner_phone FROM person WHERE handle = :handle"
CONTACTS = "SELECT name, role, email, phone FROM contact WHERE customer = :id AND active = 1 ORDER BY n LIMIT :most"
PHONES = "SELECT handle, phone FROM person WHERE handle IN (SELECT value FROM json_each(:handles))"
MAKERS = """
SELECT p.n, m.handle AS made_by, m.name AS made_by_name, m.email AS made_by_email, m.phone AS made_by_phone,
  m.active AS made_by_active, p.made_at
FROM promise AS p JOIN person AS m ON m.id = p.made_by WHERE p.case_number = :number
"""
MOST_CONTACTS = 20


def reached(reader: "Reader", handle: str | None, now: str | None) -> Row:
    """Name and ways to reach a person. `working` says whether they are in their hours now, null without hours."""
    found = reader.one(REACHED, handle=handle) if handle else None
    if found is None:
        return dict.fromkeys(FIELDS)
    return found | {"working": works(found["hours"], found["zone"], now) if now else None}


def works(hours: str, zone: str, now: str) -> bool | None:
    """Whether a moment is within somebody's hours, by their clock; None for who has none."""
    from owncase.domain.moment import from_text  # a question about nobody needs no clock
    from owncase.domain.wallclock import zone_named
    from owncase.domain.worktime import WorkingHours, is_working

    kept = WorkingHours.parse(hours)
    return is_working(from_text(now), kept, zone_named(zone)) if kept.days else None


def account_owner(reader: "Reader", handle: str | None) -> Row:
    """Name and phone of an account owner."""
    found = reader.one(ACCOUNT, handle=handle) if handle else None
    return found or {"account_owner_name": None, "account_owner_phone": None}


def with_phones(reader: "Reader", cases: list[Row]) -> list[Row]:
    """The cases with the phone of who is accountable for each."""
    handles = sorted({case["accountable"] for case in cases if case["accountable"]})
    phones = {row["handle"]: row["phone"] for row in reader.rows(PHONES, handles=json.dumps(handles))}
    return [case | {"accountable_phone": phones.get(case["accountable"])} for case in cases]


def contacts(reader: "Reader", customer: int) -> list[Row]:
    """Whom to talk to at a customer's."""
    return reader.rows(CONTACTS, id=customer, most=MOST_CONTACTS)


def with_makers(reader: "Reader", number: int, promises: list[Row]) -> list[Row]:
    """The promises of a case with who made each, and how to reach them: also when they own nothing here any more."""
    if not promises:
        return promises
    makers = {f"{number}.{row.pop('n')}": row for row in reader.rows(MAKERS, number=number)}
    return [
        row | makers[row["promise"]] | {"made_by_active": bool(makers[row["promise"]]["made_by_active"])}
        for row in promises
    ]
