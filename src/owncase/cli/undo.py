"""`owncase undo CASE`: whoever slipped takes their own last change back, as long as nobody acted since."""

from typing import Any

import typer

from owncase.actions.undo import Undoing, undo, undoable
from owncase.cli.context import tell
from owncase.cli.options import CaseArgument, DryRun, Format, IfVersion, Json, RequestId
from owncase.cli.written import Writing, writing
from owncase.domain.undo import WORDS
from owncase.domain.wallclock import zone_named
from owncase.render.safe import safe
from owncase.render.words import day_and_time

AS_BEFORE = "offered again to {}, as it was before"


def command(
    ctx: typer.Context,
    case: CaseArgument,
    dry_run: DryRun = False,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Take your own last change of a case back.

    Whatever you changed last is corrected by a new event: a plan, an edit, a
    note, a promise that nobody else took on, a handoff, a withdrawal. Never an
    acknowledgement or a decline, and nothing once somebody else acted on the
    case.
    """
    with writing(ctx, request_id, if_version, format, json) as w:
        number = w.case(case)
        if dry_run:
            found = undoable(w.desk, number, w.once)
            w.show(found.changed)
            tell(ctx, f"would undo: {_told(w, found)}")
            return
        done = undo(w.desk, number, w.once)
        w.show(done.changed, "" if done.event.kind.startswith("handoff.") else AS_BEFORE)
        tell(ctx, f"undone: {_told(w, done)}")


def _told(work: Writing, done: Undoing) -> str:
    """`replan of 14:02; next action is again Call Pat, Fri 27 Nov 15:00 CET`."""
    return f"{WORDS[done.event.kind]} of {_moment(work, done.event.at)}; {_again(work, done)}"


def _again(work: Writing, done: Undoing) -> str:
    again, kind = done.again, done.event.kind
    match kind:
        case "case.done" | "case.replanned":
            due = day_and_time(again["next_due"], zone_named(work.desk.zone), now=work.desk.now())
            return f"next action is again {safe(again['next_action'])}, {due}"
        case "case.edited":
            return ", ".join(f"{name} is again {safe(_value(value))}" for name, value in again.items())
        case "case.noted":
            return "the note stands as undone"
        case kind if kind.startswith("promise."):
            return f"promise {done.changed.case}.{again['n']} {_STATES.get(kind, 'is open again')}"
    offered = "offered to" if kind == "handoff.withdrawn" else "no longer offered to"
    return f"{offered} {safe(again['to'])}{' again' if kind == 'handoff.withdrawn' else ''}"


_STATES = {"promise.made": "was none", "promise.at_risk": "is not at risk"}


def _value(value: Any) -> str:
    return "not given" if value is None else str(value)


def _moment(work: Writing, at: str) -> str:
    """`14:02` of today, and with the day otherwise."""
    desk = work.desk
    zone, now = zone_named(desk.zone), desk.now()
    told = day_and_time(at, zone, now=now)
    today = day_and_time(now, zone, now=now)
    return told.split(" ")[3] if told.split(" ")[:3] == today.split(" ")[:3] else told
