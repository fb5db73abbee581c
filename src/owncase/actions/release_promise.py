"""A promise that the customer no longer wants kept ends as released, said by whoever holds it."""

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, Once, change
from owncase.actions.offering import offer_again
from owncase.desk import Desk


def release_promise(
    desk: Desk, number: int, n: int, *, by: str, because: str | None = None, once: Once = ANEW
) -> Changed:
    """Say who at the customer's released us from the n-th promise of a case."""
    who, reason = typed.line(by, "name"), typed.maybe_note(because, "reason")
    with change(desk, once, number) as tx:
        standing = tx.offer_of(number)
        tx.append("promise.released", case=number, n=n, confirmed_by=who, because=reason)
        return Changed(number, offered_to=offer_again(tx, number, standing))
