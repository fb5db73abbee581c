"""The account of a customer is offered to its next owner; who has it keeps it until they acknowledge (rule 12)."""

from owncase.actions.account_offer import offer_account
from owncase.actions.change import ANEW, Once, change
from owncase.actions.move_promise import agree
from owncase.desk import Desk
from owncase.domain.customer import of_open_cases
from owncase.domain.terms import Terms


def hand_off_customer(
    desk: Desk,
    key: str,
    *,
    to: str,
    note: str | None = None,
    answer_by: str | None = None,
    moves: Terms = (),
    because: str | None = None,
    once: Once = ANEW,
) -> None:
    """Offer an account, on terms that the same act agrees to: `moves` name promises of its open cases with new dues.

    `answer_by` is a moment. Raises `NotTheAccountOwner`, `AccountAlreadyOnOffer`, `HasLeft`, and `NotTheHolder`.
    """
    with change(desk, once) as tx:
        customer, taker = tx.customer_named(key), tx.person_named(to)
        offer_account(tx, customer.id, taker, note=note, answer_by=answer_by)
        of_open_cases(tx, customer, moves)
        agree(tx, moves, because or f"terms of {taker.handle}")
