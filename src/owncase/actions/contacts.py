"""Whom to ask for at a customer's is written down by anybody; only what really differs becomes history."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from owncase.actions.change import ANEW, Once, change
from owncase.desk import Desk
from owncase.domain.contact import find
from owncase.domain.details import CONTACT, taken
from owncase.domain.values import Contact

FIELDS = ("name", "role", "email", "phone")
WHO = ("name", "email", "phone")
"""Two contacts of a customer who agree in all of these are one; capitals make no difference."""


class ContactChanged(NamedTuple):
    """What came of a wish: the contact, by its customer's id and its number there, and why nothing was left to do."""

    customer: int
    n: int
    already: str | None = None


def add_contact(desk: Desk, key: str, stated: Mapping[str, str], *, once: Once = ANEW) -> ContactChanged:
    """Add a contact from what was stated, `name` at least. Raises BadData for a malformed detail."""
    wish = dict.fromkeys(FIELDS) | _details(stated)
    with change(desk, once) as tx:
        customer = tx.customer_named(key)
        listed = tx.contacts_of(customer.id)
        for one in listed:
            if one.active and alike(one, wish):
                return ContactChanged(customer.id, one.n, f"contact {customer.key}.{one.n} already")
        tx.append("customer.contact_added", subject=customer.id, **wish)
        return ContactChanged(customer.id, len(listed) + 1)


def edit_contact(desk: Desk, key: str, n: int, stated: Mapping[str, str], *, once: Once = ANEW) -> ContactChanged:
    """Change what is stated of a contact; an empty text clears it. Raises NotFound, and `ContactRemoved`."""
    wish = _details(stated)
    with change(desk, once) as tx:
        customer = tx.customer_named(key)
        contact = find(tx, customer, n)
        differing = {field: value for field, value in wish.items() if getattr(contact, field) != value}
        if differing or not contact.active:
            tx.append("customer.contact_edited", subject=customer.id, n=n, **differing)
        return ContactChanged(customer.id, n)


def remove_contact(desk: Desk, key: str, n: int, *, once: Once = ANEW) -> ContactChanged:
    """Take a contact from the list; history keeps who they were. Raises NotFound."""
    with change(desk, once) as tx:
        customer = tx.customer_named(key)
        if not find(tx, customer, n).active:
            return ContactChanged(customer.id, n, f"contact {customer.key}.{n} was removed already")
        tx.append("customer.contact_removed", subject=customer.id, n=n)
        return ContactChanged(customer.id, n)


def alike(one: Contact, wish: Mapping[str, Any]) -> bool:
    """Whether a contact is who is wished for, by name, e-mail and phone."""
    return all((getattr(one, field) or "").casefold() == (wish[field] or "").casefold() for field in WHO)


def _details(stated: Mapping[str, str]) -> dict[str, Any]:
    return {field: taken(CONTACT, field, given) for field, given in stated.items()}
