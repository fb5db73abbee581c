"""Who works here, who is served, and whom to ask for there."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A live human of the team. `manager` is a person; `added_by` is the person themselves for who made the store.

    `topics` they know and `languages` they speak are words in lower case with a comma between.
    """

    TABLE: ClassVar[str] = "person"
    id: int
    handle: str
    name: str
    email: str | None
    phone: str | None
    place: str | None
    zone: str
    hours: str
    manager: int | None
    login: str | None
    active: int
    added_by: int
    added_at: str
    event: int
    topics: str | None = None
    languages: str | None = None

    @property
    def row_key(self) -> int:
        """The person's id."""
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Who is served, and the account owner who answers for the relationship. `claimed`: named by somebody else.

    `next_touch` is what the account owner does next for them, with or without an open case, by `next_touch_due`.
    """

    TABLE: ClassVar[str] = "customer"
    id: int
    key: str
    name: str
    contact: str | None
    email: str | None
    phone: str | None
    account_owner: int
    claimed: int
    second: int | None
    via: int
    added_by: int
    added_at: str
    event: int
    next_touch: str | None = None
    next_touch_due: str | None = None

    @property
    def row_key(self) -> int:
        """The customer's id."""
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerOffer:
    """An offer of a customer's account to its next account owner. `terms`: see Handoff."""

    TABLE: ClassVar[str] = "customer_offer"
    id: int
    customer: int
    giver: int
    offered_by: int
    taker: int
    state: str
    note: str | None
    offered_at: str
    answer_by: str
    event: int
    seen_at: str | None = None
    answered_at: str | None = None
    answered_by: int | None = None
    reason: str | None = None
    answer_note: str | None = None
    suggested: int | None = None
    terms: str | None = None

    @property
    def row_key(self) -> int:
        """The event that made the offer."""
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person at the customer's, numbered within it. `active` is 0 once they are no longer to be asked for."""

    TABLE: ClassVar[str] = "contact"
    customer: int
    n: int
    name: str
    role: str | None
    email: str | None
    phone: str | None
    active: int
    added_by: int
    added_at: str
    event: int

    @property
    def row_key(self) -> tuple[int, int]:
        """The customer's id and the contact's number there."""
        return (self.customer, self.n)
