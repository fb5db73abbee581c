"""Which fields somebody who can help has, and which of them people see: why, and what time it is where they are."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from owncase.render.safe import safe
from owncase.render.sheet import Column, Columns
from owncase.render.words import DAYS, zone_name

HELPERS = Columns(
    shown=(
        Column("handle", "Who", "person"),
        Column("name", "Name"),
        Column("phone", "Phone"),
        Column("there_now", "Their time"),
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
    return {**row, "there_now": clock, "because": safe(", ".join(row["why"]))}
