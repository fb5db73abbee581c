"""What the last command about a case did, and how the case stood before it, told from the events of the case."""

from collections.abc import Container, Sequence
from typing import Any, NamedTuple

from owncase.domain.event import Event

ABOUT: dict[str, Any] = {"title": None, "customer": None, "cause": None, "contact": None, "urgency": "normal"}
"""What a case is about, as it is where its first event says nothing of it."""
_OPENINGS = ("case.opened", "case.reopened")
"""Whatever a command told beside one of these, offers, promises, a note, is part of it."""
_NO_PLAN: dict[str, Any] = dict.fromkeys(("next_action", "next_due", "waiting_for", "came_back"))


class Change(NamedTuple):
    """The events of one command: the first of them, and the offer that it made again or with it."""

    first: Event
    offer: Event | None = None

    @property
    def is_undoing(self) -> bool:
        """Whether it took something back itself."""
        return "undoes" in self.first.data


def last_change(events: Sequence[Event], superseding: Container[int]) -> Change:
    """The last command that changed the case. `superseding` are the events by which a standing offer ended.

    Which events one command wrote is told by one person and one moment: an opening with all that came with it, and a
    change with the offer that it made anew, and what the customer was told in the same breath.
    """
    began = max((place for place, event in enumerate(events) if event.kind in _OPENINGS), default=len(events) - 1)
    if events[began].kind in _OPENINGS and all(_goes_with(events[began], later) for later in events[began + 1 :]):
        return Change(events[began])
    last, first = events[-1], events[-2] if len(events) > 1 else events[-1]
    told = first.kind == "case.told" and any(_goes_with(before, first) for before in events[-3:-2])
    first = events[-3] if told else first
    offers = first.seq in superseding or (first.kind == "case.edited" and "customer" in first.data)
    with_offer = last.kind == "handoff.offered" and last.seq == first.seq + 1 + told and _goes_with(first, last)
    return Change(first, last) if with_offer and offers else Change(last)


def plan_before(events: Sequence[Event], owner: int) -> dict[str, Any]:
    """The plan that these events come to: action, due, whom it waits for, how often replanned, what came back."""
    plan: dict[str, Any] = {**_NO_PLAN, "replans": 0}
    offer = None
    for event in events:
        said = event.data
        if event.kind == "handoff.offered":
            offer = event.seq
            plan["came_back"] = None
        elif event.kind == "handoff.declined":
            plan["came_back"] = offer
        elif event.kind == "case.returned":
            plan["came_back"] = event.seq
        elif event.kind == "case.called":
            plan |= {name: said[name] for name in ("next_action", "next_due") if said["next_action"] is not None}
        elif said.get("next_action") is not None:
            plan = _planned(plan, event, owner)
    return plan


def about_before(events: Sequence[Event]) -> dict[str, Any]:
    """What the case is about by these events."""
    about = dict(ABOUT)
    for event in events:
        if event.kind in ("case.opened", "log.opened", "case.edited") or event.data.get("what") == "case.edited":
            about |= {name: value for name, value in event.data.items() if name in ABOUT}
    return about


def _planned(plan: dict[str, Any], event: Event, owner: int) -> dict[str, Any]:
    said = event.data
    action, waiting = said["next_action"], said.get("waiting_for")
    if event.kind == "handoff.acknowledged" and action == plan["next_action"]:
        waiting = plan["waiting_for"]
    replans = plan["replans"] + 1 if event.kind == "case.replanned" else said.get("replans", 0)
    came_back = event.seq if event.kind == "case.reopened" and event.actor != owner else said.get("came_back")
    return {
        "next_action": action, "next_due": said["next_due"], "waiting_for": waiting, "came_back": came_back,
        "replans": replans,
    }  # fmt: skip


def _goes_with(event: Event, later: Event) -> bool:
    """Whether the later event was written with this one: only the first of a command names its request."""
    return (later.actor, later.recorded_at, later.request) == (event.actor, event.recorded_at, None)
