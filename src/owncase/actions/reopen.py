"""What comes back belongs to the next owner, who said so; where there is none any more, to whoever reopens it."""

from typing import Any

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, Once, change
from owncase.actions.offering import offer
from owncase.desk import Desk


def reopen(desk: Desk, number: int, *, because: str, next_action: str, next_due: str, once: Once = ANEW) -> Changed:
    """Open an ended case again. Without a next owner, the account owner is asked to own it (rule 6)."""
    told: dict[str, Any] = {
        "because": typed.note(because, "reason"),
        "next_action": typed.action(next_action),
        "next_due": next_due,
    }
    with change(desk, once, number) as tx:
        heir = tx.case(number).next_owner if tx.case(number).status == "closed" else None
        tx.append("case.reopened", case=number, **told)
        case = tx.case(number)
        account_owner = tx.person(tx.customer(case.customer).account_owner)
        if case.owner in (heir, account_owner.id):
            return Changed(number)
        return Changed(number, offered_to=offer(tx, number, account_owner))
