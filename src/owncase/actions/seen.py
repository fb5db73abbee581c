"""Reading never writes: that something was read is said, by the owner of notes or by the person asked."""

from owncase.actions.change import ANEW, Changed, Once, change
from owncase.desk import Desk
from owncase.store.write import Write


def seen(desk: Desk, number: int, once: Once = ANEW) -> Changed:
    """Say that the notes of others, or an offer, were read. Raises NothingToSee."""
    with change(desk, once, number) as tx:
        if _known(tx, number, desk.me.id):
            return Changed(number, already="already seen")
        tx.append("case.seen", case=number)
    return Changed(number)


def seen_account(desk: Desk, key: str, once: Once = ANEW) -> str | None:
    """Say that the offer of an account was read. Gives why there was nothing to do, if there was nothing."""
    with change(desk, once) as tx:
        customer = tx.customer_named(key).id
        offer = tx.account_offer_of(customer)
        if offer and offer.taker == desk.me.id and offer.seen_at:
            return "already seen"
        tx.append("customer.seen", subject=customer)
    return None


def _known(tx: Write, number: int, me: int) -> bool:
    offer = tx.offer_of(number)
    read = offer is not None and offer.taker == me and offer.seen_at is not None
    return read and not (tx.case(number).owner == me and tx.unseen_of(number))
