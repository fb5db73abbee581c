"""Who is asked at a terminal sees what they take on before they say yes, and says it in their own words."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

import typer

from owncase.cli.context import answer, answer_if_any, desk_of, tell
from owncase.domain.wallclock import zone_named
from owncase.render.relationship import held
from owncase.render.safe import safe
from owncase.render.story import phrase
from owncase.render.words import aside, day_and_time


def show_packet(ctx: typer.Context, packet: dict[str, Any]) -> None:
    """Tell on stderr what is offered: what, by whom, what is next, what was promised, and what happened last."""
    desk = desk_of(ctx)
    for line in _lines(packet, desk.zone, desk.now()):
        tell(ctx, line)


def ask_promises(ctx: typer.Context, packet: dict[str, Any]) -> list[int]:
    """Ask for each open promise whether it is taken on; the numbers of those that are."""
    zone = zone_named(desk_of(ctx).zone)
    return [promise["n"] for promise in packet["promises"] if _yes(ctx, f"Take on {_named(promise, zone)}?")]


def ask_action(ctx: typer.Context, packet: dict[str, Any]) -> str:
    """Ask for the next action in the words of who takes it on; Enter keeps what the offer says."""
    return answer(ctx, "Next action, in your words", "-n ACTION", packet["next_action"])


def _named(promise: dict[str, Any], zone: tzinfo) -> str:
    told = f", told {day_and_time(promise['told_due'], zone)}" if promise["eta_debt"] else ""
    return f"{promise['promise']} {safe(promise['text'])}, by {day_and_time(promise['due'], zone)}{told}"


def ask_touch(ctx: typer.Context, customer: dict[str, Any]) -> str | None:
    """Ask what comes next for a customer whose case ends; Enter leaves it as it is."""
    as_it_is = "none"
    if standing := customer["next_touch"]:
        as_it_is = f"{safe(standing)}, {day_and_time(customer['next_touch_due'], zone_named(desk_of(ctx).zone))}"
    return answer_if_any(ctx, f"Next touch for {customer['key']}?", as_it_is)


def _yes(ctx: typer.Context, question: str) -> bool:
    while True:
        said = answer(ctx, f"{question} y/n", "--take N").lower()
        if said in ("y", "yes", "n", "no"):
            return said.startswith("y")


def _lines(packet: dict[str, Any], zone: str, now: str) -> Iterator[str]:
    place = zone_named(zone)
    yield f"{packet['case']} {safe(packet['customer'])}: {safe(packet['title'])}"
    giver = f"{safe(packet['from'])}{aside(packet, 'from')}"
    yield f"  {packet['kind']} offered by {giver}, {day_and_time(packet['offered_at'], place)}"
    for field, said in (("outcome", "outcome"), ("confirmed_by", "confirmed by"), ("unconfirmed", "unconfirmed")):
        if packet[field]:
            yield f"  {said}: {safe(packet[field])}"
    if packet["kind"] == "transfer":
        yield f"  next: {safe(packet['next_action'])}, {day_and_time(packet['next_due'], place)}"
    if packet["note"]:
        yield f"  note: {safe(packet['note'])}"
    for promise in packet["promises"]:
        yield f"  promised: {held(promise, place, now)}"
    for event in packet["events"]:
        text = f": {safe(event['text'])}" if event["text"] else ""
        who = f"{safe(event['by'])}{aside(event, 'by')}"
        yield f"  {day_and_time(event['at'], place)} {who} {phrase(event, place)}{text}"
