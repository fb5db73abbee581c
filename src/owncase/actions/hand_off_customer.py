"""The account of a customer is offered to its next owner; who has it keeps it until they acknowledge (rule 12)."""

from owncase.actions.account_offer import offer_account
from owncase.actions.change import ANEW, Once, change
from owncase.desk import Desk


def hand_off_customer(
    desk: Desk,
    key: str,
    *,
    to: str,
    note: str | None = None,
    answer_by: str | None = None,
    once: Once = ANEW,
) -> None:
    """Offer an account; `answer_by` is a moment. Raises `NotTheAccountOwner`, `AccountAlreadyOnOffer`, `HasLeft`."""
    with change(desk, once) as tx:
        offer_account(tx, tx.customer_named(key).id, tx.person_named(to), note=note, answer_by=answer_by)
