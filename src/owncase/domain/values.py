"""The things owncase speaks of, as frozen values whose fields are the columns of their tables.

People, customers and customer offers are named by `id`, cases by `number`; a reference to one is that integer. Moments
are text, RFC 3339 in UTC to the second (see `moment`). A flag is 0 or 1. `event` is the seq of the last event that
changed the value.
"""

from dataclasses import dataclass
from typing import ClassVar, Protocol


class Prose(str):
    """A text that people wrote and may want removed one day: history holds a commitment to it, not the text."""

    __slots__ = ()


class Value(Protocol):
    """What every value has: the table it is a row of, and its key there."""

    TABLE: ClassVar[str]

    @property
    def row_key(self) -> object:
        """What identifies the row in its table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A live human of the team. `manager` is a person; `added_by` is the person themselves for who made the store."""

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

    @property
    def row_key(self) -> int:
        """The person's id."""
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Who is served, and the account owner who answers for the relationship. `claimed`: named by somebody else."""

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

    @property
    def row_key(self) -> int:
        """The customer's id."""
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerOffer:
    """An offer of a customer's account to its next account owner."""

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

    @property
    def row_key(self) -> int:
        """The event that made the offer."""
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Something a customer needs, its one accountable owner and its one best next action."""

    TABLE: ClassVar[str] = "cases"
    number: int
    uid: str
    source: str
    external: str | None
    title: str
    customer: int
    urgency: str
    cause: str | None
    contact: str | None
    channel: str | None
    status: str
    owner: int | None
    claimed: int
    next_action: str | None
    next_due: str | None
    waiting_for: str | None
    opened_at: str
    opened_by: int
    changed_at: str
    version: int
    event: int
    replans: int = 0
    came_back: int | None = None
    imported_by: int | None = None
    digest: str | None = None
    closed_at: str | None = None
    outcome: str | None = None
    confirmed_by: str | None = None
    unconfirmed: str | None = None
    next_owner: int | None = None
    duplicate_of: int | None = None
    void_reason: str | None = None
    via: int = 0
    handoffs: int = 0

    @property
    def row_key(self) -> int:
        """The case's number."""
        return self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff:
    """An offer of a case to its next owner: `transfer` goes on, `closing` and `voiding` end it."""

    TABLE: ClassVar[str] = "handoff"
    id: int
    case_number: int
    kind: str
    giver: int
    offered_by: int
    taker: int
    state: str
    claimed: int
    event: int
    offered_at: str | None = None
    answer_by: str | None = None
    note: str | None = None
    next_action: str | None = None
    next_due: str | None = None
    outcome: str | None = None
    confirmed_by: str | None = None
    unconfirmed: str | None = None
    void_reason: str | None = None
    seen_at: str | None = None
    answered_at: str | None = None
    answered_by: int | None = None
    took_action: str | None = None
    took_due: str | None = None
    reason: str | None = None
    answer_note: str | None = None
    suggested: int | None = None

    @property
    def row_key(self) -> int:
        """The event that made the offer."""
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What somebody told a customer would happen, by `due` (the ETA); `told_due` is the ETA they were last told.

    It is open, kept, broken or released; `undone` where its recording was a mistake.
    """

    TABLE: ClassVar[str] = "promise"
    case_number: int
    n: int
    text: str
    due: str
    told_due: str
    state: str
    made_by: int
    made_at: str
    holder: int
    event: int
    via: int = 0
    kept_at: str | None = None
    kept_by: int | None = None
    confirmed_by: str | None = None

    @property
    def row_key(self) -> tuple[int, int]:
        """The case's number and the promise's number in it."""
        return (self.case_number, self.n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody wrote into a case. `unseen`: written by another, and the owner has not marked it seen.

    `undone`: its author took it back.
    """

    TABLE: ClassVar[str] = "note"
    id: int
    case_number: int
    author: int
    text: str
    noted_at: str
    unseen: int
    event: int
    undone: int = 0

    @property
    def row_key(self) -> int:
        """The event that made the note."""
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """A stretch of a case with one owner and one status: the past as a table. `defaulted`: the importer's owner."""

    TABLE: ClassVar[str] = "tenure"
    case_number: int
    n: int
    owner: int | None
    status: str
    defaulted: int
    from_at: str
    until_at: str | None = None

    @property
    def row_key(self) -> tuple[int, int]:
        """The case's number and the position of the stretch in it."""
        return (self.case_number, self.n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A choice that holds for the whole store, such as `require-login`."""

    TABLE: ClassVar[str] = "setting"
    name: str
    value: str
    event: int

    @property
    def row_key(self) -> str:
        """The setting's name."""
        return self.name


Row = Person | Customer | CustomerOffer | Case | Handoff | Promise | Note | Tenure | Setting
