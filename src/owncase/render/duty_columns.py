"""Which fields a duty has, and a gap between duties, and which of them people see."""

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from owncase.render.safe import ascii_only, safe
from owncase.render.sheet import Column, Columns
from owncase.render.words import day_and_time

DUTIES = Columns(
    shown=(
        Column("duty", "Duty", "number"),
        Column("person", "Who", "person"),
        Column("from_at", "From", "moment"),
        Column("until_at", "Until", "moment", under="from_at"),
        Column("on_duty", "Now", "flag"),
        Column("phone", "Phone"),
        Column("note", "Note", grows=True),
    ),
    fields=(
        *("duty", "person", "name", "phone", "email", "zone", "from_at", "until_at", "note", "on_duty", "active"),
        *("added_by", "added_at"),
    ),
)

GAPS = Columns(
    shown=(Column("from_at", "Nobody from", "moment"), Column("until_at", "Until", "moment")),
    fields=("from_at", "until_at"),
)


def duty_line(duty: Mapping[str, Any], zone: tzinfo, now: str, *, unicode: bool = True) -> str:
    """`duty 12 · dana · Fri 27 Nov 18:00 CET until Sat 28 Nov 08:00 CET · +1 757 555 0100`."""
    begins, ends = (day_and_time(duty[name], zone, now=now) for name in ("from_at", "until_at"))
    known = [safe(duty[name]) for name in ("phone", "note") if duty[name]]
    gone = [] if duty["active"] else ["taken back"]
    line = " · ".join([f"duty {duty['duty']}", safe(duty["person"]), f"{begins} until {ends}", *known, *gone])
    return line if unicode else ascii_only(line)
