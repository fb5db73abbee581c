"""A promise that will not be kept ends as broken, said by whoever holds it, and why."""

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, Once, change
from owncase.actions.offering import offer_again
from owncase.desk import Desk


def break_promise(desk: Desk, number: int, n: int, *, because: str, once: Once = ANEW) -> Changed:
    """Say that the n-th promise of a case was broken, and why."""
    reason = typed.note(because, "reason")
    with change(desk, once, number) as tx:
        standing = tx.offer_of(number)
        tx.append("promise.broken", case=number, n=n, because=reason)
        return Changed(number, offered_to=offer_again(tx, number, standing))
