"""Which fields somebody who can help has, and which of them people see: why, and what time it is where they are."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from owncase.domain.helping import span
from owncase.render.safe import safe
from owncase.render.sheet import Column, Columns
from owncase.render.words import DAYS, zone_name

HELPERS = Columns(
    shown=(
        Column("handle", "Who", "person"),
        Column("name", "Name", under="handle"),
        Column("there_now", "Their time"),
        Column("phone", "Phone", under="there_now"),
        Column("left", "In hours for"),
        Column("open", "Cases", "number"),
        Column("because", "Why", grows=True),
    ),
    fields=(
        *("handle", "name", "phone", "email", "place", "zone", "local_time", "in_hours", "minutes_left", "topics"),
        *("languages", "there", "knows_customer", "open", "on_duty", "why"),
    ),
)


def helper_lines(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with its clock and its reasons in words."""
    from owncase.domain.wallclock import zone_named  # an answer for scripts needs none

    local = datetime.fromisoformat(row["local_time"]).astimezone(zone_named(row["zone"]))
    clock = f"{DAYS[local.weekday()]} {local:%H:%M} {zone_name(local)}"
    left = "" if row["minutes_left"] is None else span(row["minutes_left"])
    return {**row, "there_now": clock, "left": left, "because": safe(", ".join(row["merits"]))}
