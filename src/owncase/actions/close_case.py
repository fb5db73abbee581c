"""Closing is an offer too: the case ends when the next owner acknowledges, who answers for what comes back (rule 4)."""

from typing import NamedTuple

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, Once, change
from owncase.actions.offering import offer, who_answers_afterwards
from owncase.desk import Desk
from owncase.domain.case import is_owner


class Ending(NamedTuple):
    """How it ended, and who at the customer's confirmed that, or why nobody could."""

    outcome: str
    confirmed_by: str | None = None
    unconfirmed: str | None = None


def close_case(desk: Desk, number: int, ending: Ending, *, to: str | None = None, once: Once = ANEW) -> Changed:
    """Offer the closing of a case, by default to who would answer for it. Raises `NoNextOwner`, `AlreadyOnOffer`."""
    told = {
        "outcome": typed.line(ending.outcome, "outcome"),
        "confirmed_by": typed.maybe_line(ending.confirmed_by, "confirmed by"),
        "unconfirmed": typed.maybe_line(ending.unconfirmed, "unconfirmed"),
    }
    command = f"owncase close {number}"
    with change(desk, once, number) as tx:
        case = tx.case(number)
        if case.status == "open":
            is_owner(tx, case, desk.me.id, f"{command} --outcome TEXT")
        taker = tx.person_named(to) if to else who_answers_afterwards(tx, case, command=command)
        return Changed(number, offered_to=offer(tx, number, taker, form="closing", **told))
