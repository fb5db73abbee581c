"""The ETA of a promise moves, and why; the customer believes the old one until they are told."""

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, Once, change
from owncase.actions.offering import offer_again
from owncase.desk import Desk


def move_promise(desk: Desk, number: int, n: int, *, due: str, because: str, once: Once = ANEW) -> Changed:
    """Move the ETA of the n-th promise of a case to a moment, as stored. Nothing changes where it is that already."""
    reason = typed.note(because, "reason")
    with change(desk, once, number) as tx:
        if any(promise.n == n and (promise.state, promise.due) == ("open", due) for promise in tx.promises_of(number)):
            return Changed(number, already=f"promise {number}.{n} is due then already")
        standing = tx.offer_of(number)
        tx.append("promise.moved", case=number, n=n, due=due, because=reason)
        return Changed(number, offered_to=offer_again(tx, number, standing))
