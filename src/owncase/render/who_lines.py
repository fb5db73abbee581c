"""The card of who is accountable, in lines that can be read out on the phone: who, how to reach them, what comes next,
what was promised and by whom, and what the customer knows.
"""

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any, NamedTuple

from owncase.domain.moment import from_text
from owncase.domain.wallclock import zone_named
from owncase.render.safe import safe
from owncase.render.sheet import Column, Columns
from owncase.render.words import DAYS, day_and_time, how_long, silence, zone_name

Row = Mapping[str, Any]

LONGEST = 240
"""Characters of a text on the card; `show` has the whole of it."""

WHO_LINES = Columns(
    shown=(
        Column("owner_line", "Owner", "person"),
        Column("reach", "Reach"),
        Column("hours_line", "Hours"),
        Column("duty_line", "On duty now"),
        Column("offered_line", "On offer to", "person"),
        Column("cover", "Cover", "person"),
        Column("status_line", "Status"),
        Column("next_action", "Next"),
        Column("next_due", "Due", "due"),
        Column("waiting_for", "Waiting for"),
        Column("safe_line", "Anybody can"),
        Column("promised", "Promised"),
        Column("told_line", "Last told"),
        Column("call_line", "Last call"),
        Column("silence_line", "Silence"),
        Column("customer_line", "Customer"),
        Column("contact_line", "Contact"),
        Column("account_line", "Account"),
        Column("acknowledgement", "Acknowledged", "act"),
        Column("cases_line", "Open cases"),
    ),
    fields=(),
)


class Room(NamedTuple):
    """How many lines of which width the open cases of a card may take."""

    lines: int
    width: int


ENDLESS = Room(10_000, 10_000)


def who_lines(found: Row, zone: tzinfo, now: str, room: Room = ENDLESS) -> dict[str, Any]:
    """The card with its lines, for a reader in this zone. What people wrote in them is `safe`."""
    clock = _Clock(zone, now, found["at"])
    return dict(found) | {
        "owner_line": _person(found["owner"], found["owner_name"]) or "nobody",
        "reach": _joined(found["phone"], found["email"], found["place"]),
        "hours_line": clock.hours(found),
        "duty_line": _on_duty(found["duty"]),
        "offered_line": found["until_acknowledged_by"],
        "told_line": _told(found, clock) if found["customer"] else None,
        "silence_line": _silence(found),
        "call_line": _called(found["last_call"], clock),
        "contact_line": "\n".join(_contacts(found)),
        "safe_line": "\n".join(_short(step["action"]) for step in found["safe_steps"]),
        **(_of_case(found, clock) if found["kind"] == "case" else _of_many(found, clock, room)),
    }


def _silence(found: Row) -> str | None:
    seconds, days = found["silent_seconds"], found["silent_days"]
    return None if seconds is None else f"heard from us {silence(seconds, days)}"


def _of_case(found: Row, clock: "_Clock") -> dict[str, Any]:
    return {
        "status_line": found["status"] if found["status"] != "open" else None,
        "promised": "\n".join(line for one in found["promises"] for line in clock.promise(one, found["owner"])),
        "customer_line": _joined(_person(found["customer"], found["customer_name"]), found["customer_phone"]),
        "account_line": _account(found),
    }


def _of_many(found: Row, clock: "_Clock", room: Room) -> dict[str, Any]:
    """The open cases one below the other, each with its promises, as far as there is room."""
    second = f"second {safe(found['second'])}" if found["second"] else None
    lines: list[str] = []
    taken = shown = 0
    for case in found["cases"]:
        block = clock.case(case, found["owner"])
        taken += sum(1 + len(line) // room.width for line in block)
        if shown and taken > room.lines:
            break
        lines += block
        shown += 1
    more = found["open"] - shown
    return {
        "cases_line": "\n".join([*lines, *([f"and {more} more"] if more else [])]) or "none",
        "customer_line": _joined(found["customer_phone"], second),
    }


class _Clock:
    """The reader's zone and moment, and the moment that the card is of."""

    def __init__(self, zone: tzinfo, now: str, then: str) -> None:
        self.zone = zone
        self.now = now
        self.then = then

    def at(self, moment: str) -> str:
        return day_and_time(moment, self.zone, now=self.now)

    def hours(self, found: Row) -> str:
        """`Mon 04:12 EST there, not working now (mon-fri 09:00-17:00)`; their clock only where it differs."""
        if not found["zone"]:
            return ""
        local = from_text(self.now).astimezone(zone_named(found["zone"]))
        same = local.utcoffset() == from_text(self.now).astimezone(self.zone).utcoffset()
        there = [] if same else [f"{DAYS[local.weekday()]} {local:%H:%M} {zone_name(local)} there"]
        works = {True: ["works now"], False: ["not working now"]}.get(found["working"], [])
        hours = f" ({safe(found['hours'])})" if found["working"] is not None else ""
        return ", ".join([*there, *works]) + hours if there or works else ""

    def case(self, case: Row, owner: str | None) -> list[str]:
        """Number, title and whose it is; then what comes next, and the promises."""
        whose = [] if case["accountable"] == owner else [case["accountable"] or "nobody", case["accountable_phone"]]
        offered = [f"offered to {case['until_acknowledged_by']}"] if case["until_acknowledged_by"] else []
        late = ", overdue" if case["overdue"] else ""
        due = f", {self.at(case['next_due'])}{late}" if case["next_due"] else ""
        promises = [line for one in case["promises"] for line in self.promise(one, case["owner"])]
        return [
            _joined(f"{case['case']} {_short(case['title'])}", *whose, *offered),
            f"  {_short(case['next_action'] or '')}{due}",
            *(f"  {line}" for line in promises),
        ]

    def promise(self, one: Row, owner: str | None) -> list[str]:
        """The ETA as we believe it, as the customer was told where that differs, and who made the promise."""
        late = how_long(from_text(self.then) - from_text(one["due"])) if one["due"] < self.then else None
        due = self.at(one["due"]) + (f", overdue {late}".rstrip() if late is not None else "")
        debt = [f"  NOT TOLD: they know {self.at(one['told_due'])}"] if one["eta_debt"] else []
        maker = [] if one["made_by"] == owner else [f"  made by {_maker(one)}"]
        return [f"{one['promise']} {_short(one['text'])}, by {due}", *debt, *maker]


def _maker(one: Row) -> str:
    left = "" if one["made_by_active"] else " (has left)"
    return _joined(_person(one["made_by"], one["made_by_name"]) + left, one["made_by_phone"] or one["made_by_email"])


def _told(found: Row, clock: _Clock) -> str:
    told = found["told"]
    if told is None:
        return "nothing yet"
    said = f": {_short(told['text'])}" if told["text"] else ""
    etas = f", ETA of {', '.join(told['promises'])}" if told["promises"] else ""
    return f"{clock.at(told['at'])}, {safe(told['whom'])} by {told['how']} ({safe(told['by'])}){etas}{said}"


def _called(call: Row | None, clock: _Clock) -> str:
    if call is None:
        return ""
    whom = f"{safe(call['whom'])}: " if call["whom"] else ""
    said = f"answered: {_short(call['answer'])}" if call["answer"] else f"call back by {clock.at(call['callback'])}"
    return f"{clock.at(call['at'])}, {whom}{_short(call['question'])} ({safe(call['by'])})\n{said}"


def _contacts(found: Row) -> list[str]:
    listed = [
        _joined(safe(one["name"]) + (f" ({safe(one['role'])})" if one["role"] else ""), one["phone"], one["email"])
        for one in found["contacts"]
    ]
    known = "\n".join([*listed, found["customer_phone"] or ""])
    if found["contact"] and found["contact"] not in known:
        listed.insert(0, safe(found["contact"]))
    more = [f"and {len(listed) - SEVERAL} more"] if len(listed) > SEVERAL else []
    return [*listed[:SEVERAL], *more]


SEVERAL = 3
"""Contacts on a card."""


def _on_duty(duty: Row | None) -> str | None:
    return _joined(_person(duty["person"], duty["name"]), duty["phone"] or duty["email"]) if duty else None


def _account(found: Row) -> str:
    if not found["account_owner"]:
        return ""
    phone = found["account_owner_phone"] if found["account_owner"] != found["owner"] else None
    second = f"second {safe(found['second'])}" if found["second"] else None
    return _joined(_person(found["account_owner"], found["account_owner_name"]), phone, second)


def _person(handle: str | None, name: str | None) -> str:
    if not handle:
        return ""
    return f"{safe(handle)} ({safe(name)})" if name and name != handle else safe(handle)


def _joined(*parts: str | None) -> str:
    return " · ".join(safe(part) for part in parts if part)


def _short(text: str) -> str:
    shown = safe(text, one_line=True)
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"
