"""After a letter was sent: for whom the server accepted it, who waits, and who was refused."""

from typing import Any

from owncase.cli.output import show
from owncase.cli.receipt import say
from owncase.cli.written import Writing
from owncase.domain.letter import read_stated
from owncase.errors import Unavailable
from owncase.notify.message import read_again
from owncase.queries.outbox import letter_sent
from owncase.render.letter_columns import LETTER
from owncase.render.safe import safe
from owncase.render.sheet import Card

_STANDS = {"queued": "waits", "refused": "was refused"}


class NotAllSent(Unavailable):
    """The mail server has not accepted a letter for everybody it is for."""


def show_sent(work: Writing, number: int) -> None:
    """Show a letter with what became of it. Raises `NotAllSent` (exit 69) unless it was accepted for everybody."""
    letter = letter_sent(work.desk.reader, number)
    if work.shape.plain:
        for delivery in letter["deliveries"]:
            if delivery["state"] == "sent":
                say(work.ctx, f"letter {number} {letter['kind']}: accepted for {safe(delivery['to'])}")
    else:
        show(work.ctx, Card(as_object(letter), LETTER), work.shape.format, json=work.shape.json)
    are_sent([delivery | {"letter": number} for delivery in letter["deliveries"]])


def are_sent(deliveries: list[dict[str, Any]]) -> None:
    """Raise `NotAllSent` naming each that waits or was refused, why, and what sends what waits."""
    left = [delivery for delivery in deliveries if delivery["state"] != "sent"]
    if not left:
        return
    named = "; ".join(
        f"letter {one['letter']} {_STANDS[one['state']]} for {one['to']}: {one['trouble']}" for one in left
    )
    waits = any(one["state"] == "queued" for one in left)
    raise NotAllSent(
        f"{named}{'; owncase outbox send tries again what waits' if waits else ''}",
        fix="owncase outbox send" if waits else "write it again to an address that is right",
    )


def as_object(letter: dict[str, Any]) -> dict[str, Any]:
    """The letter as it was sent, read from the very message."""
    stated = read_stated(letter["promises"])
    return {
        **{name: value for name, value in letter.items() if name != "message"},
        **read_again(letter["message"]),
        "to": [delivery["to"] for delivery in letter["deliveries"]],
        "promises": [{"promise": f"{letter['case']}.{n}", "eta": due} for n, due in stated],
    }
