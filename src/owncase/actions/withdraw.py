"""The giver's side takes an offer back, as long as nobody has answered it."""

from owncase.actions.change import ANEW, Changed, Once, change
from owncase.desk import Desk


def withdraw(desk: Desk, number: int, once: Once = ANEW) -> Changed:
    """Take the offer of a case back. Raises `NothingOnOffer` when none stands any more."""
    with change(desk, once, number) as tx:
        tx.append("handoff.withdrawn", case=number)
    return Changed(number)


def withdraw_account(desk: Desk, key: str, once: Once = ANEW) -> None:
    """Take the offer of an account back."""
    with change(desk, once) as tx:
        customer = tx.customer_named(key).id
        tx.append("customer.withdrawn", subject=customer)
