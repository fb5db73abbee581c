"""What a rule may look at and put down: the fold speaks to any store, or to plain memory, through this."""

from collections.abc import Sequence
from typing import Protocol

from owncase.domain.values import (
    Case,
    Contact,
    Customer,
    CustomerOffer,
    Delivery,
    Duty,
    Handoff,
    Letter,
    Note,
    Person,
    Playbook,
    Promise,
    Row,
    Tenure,
)


class Records(Protocol):
    """The state of the desk as values. Looking up something unknown raises `NotFound`; `put` replaces by key."""

    def person(self, number: int) -> Person: ...
    def customer(self, number: int) -> Customer: ...
    def case(self, number: int) -> Case: ...
    def setting(self, name: str) -> str | None: ...

    def offer_of(self, case: int) -> Handoff | None:
        """The offer of a case that stands."""

    def account_offer_of(self, customer: int) -> CustomerOffer | None:
        """The offer of a customer's account that stands."""

    def cases_of(self, customer: int) -> Sequence[Case]:
        """Every case of a customer, in order, open or not."""

    def contacts_of(self, customer: int) -> Sequence[Contact]:
        """Every contact of a customer, in order, removed or not."""

    def handoff(self, number: int) -> Handoff:
        """The offer of a case with this id, whatever became of it."""

    def account_handoff(self, number: int) -> CustomerOffer:
        """The offer of an account with this id, whatever became of it."""

    def promises_of(self, case: int) -> Sequence[Promise]:
        """Every promise of a case, in order."""

    def playbook(self, number: int) -> Playbook:
        """The version of a playbook with this id, in use or not."""

    def playbook_of(self, key: str) -> Playbook | None:
        """The version of this key that is in use."""

    def note(self, number: int) -> Note: ...

    def unseen_of(self, case: int) -> Sequence[Note]:
        """The notes of others that the owner has not marked seen."""

    def letter(self, number: int) -> Letter: ...

    def deliveries_of(self, letter: int) -> Sequence[Delivery]:
        """A letter's way to each of its recipients, in order."""

    def duty(self, number: int) -> Duty: ...

    def tenure_of(self, case: int) -> Tenure:
        """The stretch that lasts."""

    def is_taken(self, name: str, *, but: int | None = None) -> bool:
        """Whether a person or a customer other than `but` goes by this handle or key."""

    def holder_of_login(self, login: str) -> Person | None:
        """The person with this OS login."""

    def holdings(self, person: int, at: str) -> Sequence[str]:
        """What a person still owns, is asked to own or is on duty for after `at`: words with the command."""

    def put(self, row: Row) -> None:
        """Remember a new or changed value."""
