"""The next action is done, and this is the next: an open case is never without one (rule 1)."""

from typing import Any

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, Once, change
from owncase.actions.offering import offer_again, without_proposal
from owncase.desk import Desk


def done(
    desk: Desk,
    number: int,
    *,
    next_action: str,
    next_due: str,
    waiting_for: str | None = None,
    did: str | None = None,
    step: int | None = None,
    once: Once = ANEW,
) -> Changed:
    """Say that the action is done and what comes next; a case on offer is offered again as it is now.

    `step` is how many steps of its playbook are done by this, where what comes next is one.
    """
    plan: dict[str, Any] = {
        "next_action": typed.action(next_action), "next_due": next_due, "did": typed.maybe_note(did, "what was done"),
        "waiting_for": typed.maybe_line(waiting_for, "waiting for"),
    }  # fmt: skip
    if step is not None:
        plan["step"] = step
    with change(desk, once, number) as tx:
        standing = without_proposal(tx.offer_of(number))
        tx.append("case.done", case=number, **plan)
        return Changed(number, offered_to=offer_again(tx, number, standing))
