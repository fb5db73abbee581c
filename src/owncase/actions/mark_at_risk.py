"""Whoever holds a promise says early that it may not be kept in time, so that others can help."""

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, Once, change
from owncase.actions.offering import offer_again
from owncase.desk import Desk


def mark_at_risk(desk: Desk, number: int, n: int, *, because: str, once: Once = ANEW) -> Changed:
    """Mark the n-th promise of a case at risk, and why. Raises `AtRiskAlready`."""
    reason = typed.note(because, "reason")
    with change(desk, once, number) as tx:
        if any(
            promise.n == n and (promise.state, promise.risk) == ("open", reason) for promise in tx.promises_of(number)
        ):
            return Changed(number, already=f"promise {number}.{n} is marked at risk for that already")
        standing = tx.offer_of(number)
        tx.append("promise.at_risk", case=number, n=n, because=reason)
        return Changed(number, offered_to=offer_again(tx, number, standing))
