"""A promise ends by being kept, said by whoever holds it."""

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, Once, change
from owncase.actions.offering import offer_again
from owncase.desk import Desk


def keep_promise(desk: Desk, number: int, n: int, *, confirmed_by: str | None = None, once: Once = ANEW) -> Changed:
    """Say that the n-th promise of a case was kept, and who at the customer's confirmed it."""
    confirmed = typed.maybe_line(confirmed_by, "name")
    with change(desk, once, number) as tx:
        standing = tx.offer_of(number)
        tx.append("promise.kept", case=number, n=n, confirmed_by=confirmed)
        return Changed(number, offered_to=offer_again(tx, number, standing))
