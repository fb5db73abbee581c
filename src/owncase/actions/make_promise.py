"""What a customer was told will happen, by when, is recorded as a promise that binds whoever owns the case."""

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, Once, change
from owncase.actions.offering import offer_again
from owncase.desk import Desk
from owncase.domain.case import OnOffer


def make_promise(desk: Desk, number: int, text: str, *, due: str, once: Once = ANEW) -> Changed:
    """Record a promise; a case on offer is offered again, so that nobody takes on less than there is.

    Raises `OnOffer` while the case is on offer to be void (rule 8).
    """
    promised = typed.line(text, "promise")
    with change(desk, once, number) as tx:
        standing = tx.offer_of(number)
        if standing is not None and standing.kind == "voiding":
            raise OnOffer(
                f"case {number} is on offer to be void, which has no promises", fix=f"owncase withdraw {number}"
            )
        tx.append("promise.made", case=number, text=promised, due=due)
        n = len(tx.promises_of(number))
        return Changed(number, offered_to=offer_again(tx, number, standing), promise=n)
