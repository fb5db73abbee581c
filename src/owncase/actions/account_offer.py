"""An account is offered with a moment by which the person asked should answer, by their own working hours."""

from owncase.actions.offering import answer_moment
from owncase.actions.typed import maybe_note
from owncase.domain.values import Person
from owncase.store.write import Write


def offer_account(tx: Write, customer: int, taker: Person, *, note: str | None, answer_by: str | None = None) -> None:
    """Offer a customer's account. `answer_by` is a moment; without one it is the usual time to answer."""
    tx.append(
        "customer.offered",
        subject=customer,
        to=taker.id,
        note=maybe_note(note),
        answer_by=answer_by or answer_moment(tx.now, "normal", taker),
    )
