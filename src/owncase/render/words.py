"""What people read about cases, in plain English whatever the locale: moments, dues, receipts, and what waits for them.

Moments come as stored (`2026-11-27T14:00:00Z`) and are told in the reader's zone. Text of users passes through `safe`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any

from owncase.domain.moment import from_text
from owncase.render.safe import ascii_only, safe

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
IMPORTED = ("log.", "case.imported")
_LISTED = 5


def day_and_time(moment: str, zone: tzinfo, *, now: str | None = None) -> str:
    """`Fri 27 Nov 15:00 CET`, with the year unless it is the reader's current one."""
    local = from_text(moment).astimezone(zone)
    year = "" if now and from_text(now).astimezone(zone).year == local.year else f" {local.year}"
    return f"{DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]}{year} {local:%H:%M} {zone_name(local)}"


def zone_name(local: datetime) -> str:
    """`CET`, or `UTC+03` where the zone has no name."""
    name = local.tzname() or "UTC"
    return f"UTC{name}" if name[0] in "+-" else name


def relative(moment: str, now: str) -> str:
    """`in 3 d`, `2 h ago` or `now`: minutes up to an hour, hours up to two days, then days; always rounded down."""
    apart = from_text(moment) - from_text(now)
    span = how_long(abs(apart))
    if not span:
        return "now"
    return f"in {span}" if apart > timedelta(0) else f"{span} ago"


def how_long(span: timedelta) -> str:
    """`5 min`, `26 h` or `3 d`, and nothing for less than a minute."""
    minutes = int(span.total_seconds()) // 60
    if minutes < 60:
        return f"{minutes} min" if minutes else ""
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} d"


def silence(seconds: int, days: int) -> str:
    """`2 working days ago`, `3 working hours ago`, `20 working minutes ago`, or `just now`."""
    minutes = seconds // 60
    if days:
        return f"{counted(days, 'working day')} ago"
    if not minutes:
        return "just now"
    return f"{counted(minutes // 60, 'working hour') if minutes >= 60 else counted(minutes, 'working minute')} ago"


def due_phrase(due: str, zone: tzinfo, now: str) -> str:
    """`Fri 27 Nov 15:00 CET, in 3 d`, or `…, overdue 2 h` once it has passed."""
    absolute = day_and_time(due, zone, now=now)
    if due < now:
        return f"{absolute}, overdue {how_long(from_text(now) - from_text(due))}".rstrip()
    return f"{absolute}, {relative(due, now)}"


def counted(number: int, thing: str, things: str = "") -> str:
    """`1 promise`, `2 promises`; `things` where more of them are not called like that."""
    return f"{number} {thing if number == 1 else things or f'{thing}s'}"


def receipt(case: Mapping[str, Any], zone: tzinfo, now: str, *, unicode: bool = True) -> str:
    """One line that says where a case stands: `42 norfolk · dana · Call Pat, Fri 27 Nov 15:00 CET · 1 promise`."""
    standing = _standing(case, zone, now) if case["status"] == "open" else _ended(case)
    not_told = f", {case['eta_debt']} not told" if case.get("eta_debt") else ""
    promises = [counted(case["promises_open"], "promise") + not_told] if case["promises_open"] else []
    line = " · ".join([f"{case['case']} {safe(case['customer'])}", *standing, *promises, *_on_offer(case, zone, now)])
    return line if unicode else ascii_only(line)


def aside(row: Mapping[str, Any], field: str) -> str:
    """What stands after the name in a field: ` (typed by rob)` where rob typed it for somebody without a login, and
    ` (by carol)` where she offered it for them; nothing where they acted themselves.
    """
    imported = str(row.get("kind", "")).startswith(IMPORTED)  # claimed by the other tracker, whoever typed
    typed = row.get("typed_by") if row.get("claimed") and not imported else None
    said = [
        *([f"by {safe(row['offered_by'])}"] if row.get("offered_by") not in (None, row[field]) else []),
        *([f"typed by {safe(typed)}"] if typed not in (None, row[field]) else []),
    ]
    return f" ({', '.join(said)})" if said else ""


def listed(numbers: Sequence[int | str]) -> str:
    """The first numbers or keys: `42, acme`."""
    return ", ".join([safe(str(number)) for number in numbers[:_LISTED]] + ["…"] * (len(numbers) > _LISTED))


def waits(to_acknowledge: int, came_back: Sequence[int | str], *, unicode: bool = True) -> str:
    """`2 to acknowledge, 2 came back (42, acme)`; nothing when nothing waits."""
    phrases = []
    if to_acknowledge:
        phrases.append(f"{to_acknowledge} to acknowledge")
    if came_back:
        phrases.append(f"{len(came_back)} came back ({listed(came_back)})")
    line = ", ".join(phrases)
    return line if unicode else ascii_only(line)


def _standing(case: Mapping[str, Any], zone: tzinfo, now: str) -> list[str]:
    action = safe(case["next_action"] or "no next action")
    if case["next_due"]:
        action += f", {day_and_time(case['next_due'], zone, now=now)}"
    if case["overdue"] and not _is_ending(case):
        action += " (overdue)"
    waiting = [f"waiting for {safe(case['waiting_for'])}"] if case["waiting_for"] else []
    return [_owner(case), action, *waiting]


def _is_ending(case: Mapping[str, Any]) -> bool:
    """Whether a closing waits for its answer, so that the action does not remind; one that lapsed has come back."""
    pending = case["pending"]
    return pending is not None and pending["kind"] != "transfer" and not pending.get("lapsed")


def _ended(case: Mapping[str, Any]) -> list[str]:
    status = f"{case['status']} by {_owner(case)}" if case["owner"] else case["status"]
    if case["next_owner"]:
        status += f", next owner {safe(case['next_owner'])}"
    outcome = [safe(case["outcome"])] if case["outcome"] else []
    return [status, *outcome, *_confirmation(case)]


def _confirmation(case: Mapping[str, Any]) -> list[str]:
    """What is known since of a closing that nobody at the customer's had confirmed."""
    if not case["unconfirmed"]:
        return []
    return [f"confirmed by {safe(case['confirmed_by'])}" if case["confirmed_by"] else "not confirmed yet"]


def _owner(case: Mapping[str, Any]) -> str:
    name = safe(case["owner"]) if case["owner"] else "owner unknown"
    return f"{name} (claimed)" if case["claimed"] else name


def _on_offer(case: Mapping[str, Any], zone: tzinfo, now: str) -> list[str]:
    pending = case["pending"]
    if not pending:
        return []
    offer = "offered" if pending["kind"] == "transfer" else f"{pending['kind']} offered"
    answer = f", answer by {day_and_time(pending['answer_by'], zone, now=now)}" if pending.get("answer_by") else ""
    return [f"{offer} to {safe(pending['to'])}{answer}"]
