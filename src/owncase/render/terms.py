"""On which terms a no would be a yes, and which ETAs the customer has not been told, in words."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

from owncase.render.safe import safe
from owncase.render.words import day_and_time

Row = Mapping[str, Any]


def would_take(about: int | str, no: Row, zone: tzinfo, now: str) -> str:
    """`42: dana would take it with 42.1 by Fri 4 Dec 23:00 CET: owncase handoff 42 --to dana --move 42.1=…`."""
    return (
        f"{safe(str(about))}: {safe(no['by'])} would take it with {terms(no['terms'], zone, now)}: {safe(no['again'])}"
    )


def terms(named: Sequence[Row], zone: tzinfo, now: str | None) -> str:
    """`42.1 by Fri 4 Dec 23:00 CET and 42.2 by …`."""
    return " and ".join(f"{term['promise']} by {day_and_time(term['due'], zone, now=now)}" for term in named)


def declined(no: Row, zone: tzinfo, now: str) -> str:
    """`declined by dana: no-capacity, suggests bob, "too soon"; would take it with 42.1 by …: owncase handoff …`."""
    suggests = f", suggests {safe(no['suggested'])}" if no["suggested"] else ""
    note = f": {safe(no['note'])}" if no["note"] else ""
    on = f"; would take it with {terms(no['terms'], zone, now)}: {safe(no['again'])}" if no["terms"] else ""
    return f"declined by {safe(no['by'])}, {safe(no['reason'])}{suggests}{note}{on}"


def not_told(promise: Row, zone: tzinfo, now: str) -> str:
    """`42.1: the customer was told Wed 25 Nov 17:00 CET, we believe Fri 27 Nov 17:00 CET`."""
    told, due = (day_and_time(promise[name], zone, now=now) for name in ("told_due", "due"))
    return f"{promise['promise']}: the customer was told {told}, we believe {due}"
