"""What customers were promised and told, what they asked, and the letters they get."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What somebody told a customer would happen, by `due` (the ETA); `told_due` is the ETA they were last told.

    It is open, kept, broken or released; `undone` where its recording was a mistake. `made` is the event that made it,
    `first_due` the first ETA; `moves` counts how often the ETA moved before it was due, `late_moves` how often after.
    `debt_since`: since when the customer has not been told the present ETA. `risk`: why its holder sees it at risk.
    `ended_at` and `ended_by` say when and by whom it was kept, broken or released; `confirmed_by` who at the customer's
    confirmed or released it, `because` why.
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
    made: int
    first_due: str
    event: int
    via: int = 0
    moves: int = 0
    late_moves: int = 0
    debt_since: str | None = None
    risk: str | None = None
    risk_at: str | None = None
    ended_at: str | None = None
    ended_by: int | None = None
    confirmed_by: str | None = None
    because: str | None = None

    @property
    def row_key(self) -> tuple[int, int]:
        """The case's number and the promise's number in it."""
        return (self.case_number, self.n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a customer was told: by whom, how (email, phone, visit, chat), and whom there.

    `case_number` is None for what is about the customer as a whole. `promises` names those whose ETA was told, as JSON.
    """

    TABLE: ClassVar[str] = "told"
    id: int
    customer: int
    case_number: int | None
    teller: int
    how: str
    whom: str
    text: str | None
    promises: str | None
    told_at: str
    event: int

    @property
    def row_key(self) -> int:
        """The event that says so."""
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A customer asked something: answered on the spot, or to be called back by `callback`.

    `about_status` is 1 for a call about a case that was open already: "how is my job going?".
    """

    TABLE: ClassVar[str] = "call"
    id: int
    customer: int
    case_number: int | None
    taken_by: int
    channel: str
    whom: str | None
    question: str
    answer: str | None
    callback: str | None
    about_status: int
    called_at: str
    event: int

    @property
    def row_key(self) -> int:
        """The event that recorded it."""
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter to a customer as it was written once; sending it again sends the very same `message`.

    `promises` are the ETAs it states, as JSON: `[[1,"2026-12-04T22:00:00Z"]]`.
    """

    TABLE: ClassVar[str] = "letter"
    id: int
    customer: int
    case_number: int | None
    kind: str
    sender: int
    subject: str
    message: str
    message_id: str
    promises: str | None
    queued_at: str
    event: int

    @property
    def row_key(self) -> int:
        """The event that queued it."""
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A letter on its way to one recipient: queued, sent (the server accepted it) or refused for good.

    `tries` counts attempts, `trouble` is what the server said last.
    """

    TABLE: ClassVar[str] = "outbox"
    letter: int
    n: int
    recipient: str
    state: str
    event: int
    tries: int = 0
    tried_at: str | None = None
    trouble: str | None = None

    @property
    def row_key(self) -> tuple[int, int]:
        """The letter and the recipient's number in it."""
        return (self.letter, self.n)
