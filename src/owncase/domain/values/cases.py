"""A case, who is asked to own it, what was written into it, and who owned it when."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Something a customer needs, its one accountable owner and its one best next action.

    `heard_at`: when the customer last heard from us about it; None where an import does not know. `contacts` counts how
    often they did after it was opened, and their calls. `playbook` is whose steps it follows, `step` how many of
    them are done.
    """

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
    heard_at: str | None = None
    contacts: int = 0
    topic: str | None = None
    playbook: int | None = None
    step: int = 0

    @property
    def row_key(self) -> int:
        """The case's number."""
        return self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff:
    """An offer of a case to its next owner: `transfer` goes on, `closing` and `voiding` end it.

    `eta_debt` names the promises whose ETA the customer was not told, as JSON: `[1,3]`. `terms` are the dues on which a
    decline would have been a yes, as JSON: `[["42.1","2026-12-04T22:00:00Z"]]`.
    """

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
    eta_debt: str | None = None
    terms: str | None = None

    @property
    def row_key(self) -> int:
        """The event that made the offer."""
        return self.id


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
