"""A whole relationship with a customer in lines: what is open, promised, last told, and closed without their word."""

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Any, NamedTuple

from owncase.render.safe import safe
from owncase.render.words import day_and_time, due_phrase

Row = Mapping[str, Any]


class Part(NamedTuple):
    """One line of it: what it is, in words, and whether somebody is late with it."""

    label: str
    text: str
    late: bool = False


def relationship_parts(whole: Row, zone: tzinfo, now: str) -> list[Part]:
    """All of it, as `queries.relationship` gives it."""
    return [
        *(_open(case, zone, now) for case in whole["cases"]),
        *([] if whole["cases"] else [Part("Open", "no case")]),
        *(_promised(promise, zone, now) for promise in whole["promises"]),
        *_told(whole["told"], zone, now),
        *(_unconfirmed(case, zone, now) for case in whole["unconfirmed"]),
    ]


def held(promise: Row, zone: tzinfo, now: str, *, me: str | None = None) -> str:
    """What to know of a promise: the ETA as believed and as told, the risk, and who made it, if that was not `me`."""
    return "; ".join(_held(promise, zone, now, me))


def _held(promise: Row, zone: tzinfo, now: str, me: str | None) -> Iterator[str]:
    yield f"{promise['promise']} {safe(promise['text'])}, by {due_phrase(promise['due'], zone, now)}"
    if promise["eta_debt"]:
        yield f"NOT TOLD: the customer believes {day_and_time(promise['told_due'], zone, now=now)}"
    if promise.get("risk"):
        yield f"at risk: {safe(promise['risk'])}"
    if promise["made_by"] != me:
        yield f"made by {safe(promise['made_by'])}"


def _open(case: Row, zone: tzinfo, now: str) -> Part:
    owned = f"{case['case']} {safe(case['owner'] or 'nobody known')}: {safe(case['title'])}"
    planned = f"next: {safe(case['next_action'])}, {due_phrase(case['next_due'], zone, now)}"
    return Part("Open", f"{owned}; {planned}", case["overdue"])


def _promised(promise: Row, zone: tzinfo, now: str) -> Part:
    holder = "" if promise["owner"] == promise["made_by"] else f", held by {safe(promise['owner'])}"
    return Part("Promised", f"{held(promise, zone, now)}{holder}", promise["overdue"])


def _told(told: Row | None, zone: tzinfo, now: str) -> Iterator[Part]:
    if told:
        about = f", case {told['case']}" if told["case"] else ""
        text = f": {safe(told['text'])}" if told["text"] else ""
        when = day_and_time(told["at"], zone, now=now)
        yield Part("Told", f"last by {safe(told['by'])}, {told['how']} to {safe(told['whom'])}, {when}{about}{text}")


def _unconfirmed(case: Row, zone: tzinfo, now: str) -> Part:
    when = day_and_time(case["closed_at"], zone, now=now)
    answers = f"; {safe(case['next_owner'])} answers for it" if case["next_owner"] else ""
    return Part(
        "Not sure", f"{case['case']} {safe(case['title'])}: closed {when}, {safe(case['unconfirmed'])}{answers}"
    )
