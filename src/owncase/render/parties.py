"""One line that says who a person or a customer is, as they stand now. Text of users passes through `safe`."""

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from owncase.render.safe import ascii_only, safe
from owncase.render.words import day_and_time

_SKILLS = (("topics", "knows "), ("languages", "speaks "))


def person_line(person: Mapping[str, Any], *, unicode: bool = True) -> str:
    """`dana · Dana Reed · Europe/Berlin, mon-fri 09:00-17:00 · login dana · manager carol`."""
    parts = [
        *_parts(person, ("handle", ""), ("name", "")),
        f"{person['zone']}, {person['hours']}",
        *_parts(person, ("place", ""), ("email", ""), ("phone", ""), ("login", "login "), ("manager", "manager ")),
        *(f"{label}{safe(', '.join(person[name]))}" for name, label in _SKILLS if person[name]),
        *([] if person["active"] else ["has left"]),
    ]
    return _joined(parts, unicode=unicode)


def customer_line(customer: Mapping[str, Any], zone: tzinfo, now: str, *, unicode: bool = True) -> str:
    """`norfolk · Norfolk Harbour · account owner dana (claimed) · offered to dana, answer by Fri 27 Nov 15:00 CET`."""
    parts = [
        *_parts(customer, ("key", ""), ("name", "")),
        f"account owner {safe(customer['account_owner'])}" + (" (claimed)" if customer["claimed"] else ""),
        *_parts(customer, ("second", "second "), ("contact", ""), ("email", ""), ("phone", "")),
        *_touch(customer, zone, now),
        *_offer(customer["pending"], zone, now),
    ]
    return _joined(parts, unicode=unicode)


def contact_line(contact: Mapping[str, Any], *, unicode: bool = True) -> str:
    """`norfolk.1 · Pat Doyle · Buyer · pat@norfolk.example · +1 757 555 0100`."""
    parts = [
        *_parts(contact, ("contact", ""), ("name", ""), ("role", ""), ("email", ""), ("phone", "")),
        *([] if contact["active"] else ["removed"]),
    ]
    return _joined(parts, unicode=unicode)


def _offer(pending: Mapping[str, Any] | None, zone: tzinfo, now: str) -> list[str]:
    if pending is None:
        return []
    return [f"offered to {safe(pending['to'])}, answer by {day_and_time(pending['answer_by'], zone, now=now)}"]


def _touch(customer: Mapping[str, Any], zone: tzinfo, now: str) -> list[str]:
    if not customer["next_touch_due"]:
        return []
    return [f"next touch {safe(customer['next_touch'])}, {day_and_time(customer['next_touch_due'], zone, now=now)}"]


def _parts(row: Mapping[str, Any], *fields: tuple[str, str]) -> list[str]:
    return [f"{label}{safe(row[field])}" for field, label in fields if row[field]]


def _joined(parts: list[str], *, unicode: bool) -> str:
    line = " · ".join(parts)
    return line if unicode else ascii_only(line)
