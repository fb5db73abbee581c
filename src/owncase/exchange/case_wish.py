"""What somebody asks of an import of cases, and what each row of the file comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from owncase.exchange.case_parties import Client
from owncase.exchange.case_rows import Facts
from owncase.exchange.refusal import Refusal
from owncase.store.known import Colleague

Outcome = Literal["new", "present", "changed", "ended", "refused"]
Past = Literal["refused", "kept", "default"]
"""What becomes of a due moment that has passed: the row is refused, or it stays, or the default one is taken."""


class Wish(NamedTuple):
    """How a file is to be taken. `due_default` is a moment as stored; `spread` is how many of them a person gets a day.

    `owner_is` says by handle who is meant by a name in the file; `answer_by` when all answers are wanted.
    """

    source: str
    next_default: str | None = None
    due_default: str | None = None
    spread: int | None = None
    past: Past = "refused"
    owner_default: str | None = None
    owner_is: Mapping[str, str] = {}
    customer_default: str | None = None
    new_customers: bool = False
    answer_by: str | None = None


@dataclass(slots=True)
class Entry:
    """What a row comes to. `facts`, `client` and `owner` are those of a new case; `names` is what the row says."""

    line: int
    external: str | None = None
    digest: str = ""
    outcome: Outcome = "new"
    names: tuple[str, str, str] = ("", "", "")
    facts: Facts | None = None
    client: Client | None = None
    owner: Colleague | None = None
    case: int | None = None
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, *refusals: Refusal) -> None:
        """Let the row not be taken."""
        self.refusals += refusals
        self.outcome = "refused"

    @property
    def row(self) -> dict[str, Any]:
        """The entry as a row of an answer."""
        title, customer, owner = self.names
        return {
            "line": self.line, "external": self.external, "title": title,
            "customer": self.client.key if self.client else customer or None,
            "owner": self.owner.handle if self.owner else owner or None,
            "next_action": self.facts and self.facts.next_action, "next_due": self.facts and self.facts.next_due,
            "outcome": self.outcome, "column": _joined(refusal.column for refusal in self.refusals),
            "reason": _joined(refusal.reason for refusal in self.refusals),
            "fix": _joined(refusal.fix for refusal in self.refusals), "case": self.case,
        }  # fmt: skip


def _joined(parts: Any) -> str | None:
    return "; ".join(part for part in parts if part) or None
