"""What a case is about can be mended by its owner; with another customer it is offered to another account owner."""

from typing import Any, NamedTuple

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, Once, change
from owncase.actions.offering import offer, offer_again
from owncase.desk import Desk
from owncase.domain.values import Case, Handoff, Prose
from owncase.store.write import Write


class Mending(NamedTuple):
    """What is to be said differently; None stays as it is. The customer is named by key."""

    title: str | None = None
    customer: str | None = None
    cause: str | None = None
    contact: str | None = None
    urgency: str | None = None


def edit_case(desk: Desk, number: int, wish: Mending, once: Once = ANEW) -> Changed:
    """Mend a case. Nothing happens where all of it is said like that already."""
    said: dict[str, Prose | str | int | None] = {
        "title": typed.maybe_line(wish.title, "title"),
        "cause": typed.maybe_line(wish.cause, "cause"),
        "contact": typed.maybe_line(wish.contact, "contact"),
        "urgency": wish.urgency,
    }
    with change(desk, once, number) as tx:
        if wish.customer is not None:
            said["customer"] = tx.customer_named(wish.customer).id
        case = tx.case(number)
        changed: dict[str, Any] = {
            name: value for name, value in said.items() if value is not None and value != getattr(case, name)
        }
        if not changed:
            return Changed(number, already="nothing to change: the case says so already")
        standing = tx.offer_of(number)
        tx.append("case.edited", case=number, **changed)
        offered = _offer(tx, tx.case(number), standing) if "customer" in changed else offer_again(tx, number, standing)
    return Changed(number, offered_to=offered)


def _offer(tx: Write, case: Case, standing: Handoff | None) -> str | None:
    """A new customer: their account owner is asked; a closing still needs somebody when that is the owner."""
    account_owner = tx.person(tx.customer(case.customer).account_owner)
    if account_owner.id == case.owner:
        return offer_again(tx, case.number, standing) if standing and standing.kind != "transfer" else None
    if standing is None:
        return offer(tx, case.number, account_owner)
    return offer_again(tx, case.number, standing, to=account_owner.id)
