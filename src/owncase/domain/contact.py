"""Anybody may write down whom to ask for at a customer's; a number there is never given again.

Nothing here compares texts with each other: a text may have been redacted, and then two are alike that were not.
"""

from owncase.domain.change import changed
from owncase.domain.event import Event
from owncase.domain.records import Records
from owncase.domain.values import Contact, Customer
from owncase.errors import NotFound, Refused


class UnknownContact(NotFound):
    """The customer has no contact of this number."""


class ContactRemoved(Refused):
    """Who was taken from the list is no longer to be asked for."""


def added(records: Records, event: Event) -> None:
    """Somebody can be asked for at the customer's."""
    customer = records.customer(event.subject or 0)
    records.put(
        Contact(**event.data, customer=customer.id, n=len(records.contacts_of(customer.id)) + 1, active=1,
                added_by=event.actor, added_at=event.at, event=event.seq)
    )  # fmt: skip


def edited(records: Records, event: Event) -> None:
    """What is known of a contact changes."""
    wish = {name: value for name, value in event.data.items() if name != "n"}
    records.put(changed(_listed(records, event), **wish, event=event.seq))


def removed(records: Records, event: Event) -> None:
    """They are no longer to be asked for; history keeps who they were."""
    records.put(changed(_listed(records, event), active=0, event=event.seq))


def find(records: Records, customer: Customer, n: int) -> Contact:
    """The n-th contact of a customer, listed or removed. Raises `UnknownContact`."""
    for contact in records.contacts_of(customer.id):
        if contact.n == n:
            return contact
    raise UnknownContact(f"{customer.key} has no contact {n}", fix=f"owncase contact list {customer.key}")


def _listed(records: Records, event: Event) -> Contact:
    customer = records.customer(event.subject or 0)
    contact = find(records, customer, event.data["n"])
    if not contact.active:
        raise ContactRemoved(
            f"contact {customer.key}.{contact.n} was removed", fix=f"owncase contact add {customer.key} NAME"
        )
    return contact
