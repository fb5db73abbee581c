"""What a check of a store found: every finding with its kind and the event it is about, and what still holds."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from owncase.errors import Unsound

Kind = Literal["chain", "text", "rule", "head", "file", "schema", "row", "index"]

HISTORY: frozenset[Kind] = frozenset(("chain", "text", "rule", "head"))
"""Findings of these kinds say that history itself cannot be believed; the others are mended from it."""
LISTED = 20
"""So many findings of a kind are listed one by one; the rest are counted."""


class Finding(NamedTuple):
    """One thing that is not as it must be. `seq` is the event it is about, where there is one."""

    kind: Kind
    seq: int | None
    message: str


@dataclass(slots=True)
class Findings:
    """The answer of a check. `seq` and `hash` are the store's head; `sound_to` the last event before any doubt."""

    store: str = ""
    seq: int = 0
    hash: str = ""
    texts: int = 0
    redacted: int = 0
    rows: int = 0
    found: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    count: Counter[Kind] = field(default_factory=Counter)
    first_doubt: int | None = None

    def add(self, kind: Kind, message: str, seq: int | None = None) -> None:
        """Note a finding; beyond the first `LISTED` of its kind it is only counted."""
        self.count[kind] += 1
        if self.count[kind] <= LISTED:
            self.found.append(Finding(kind, seq, message))
        if kind in HISTORY and seq is not None and (self.first_doubt is None or seq < self.first_doubt):
            self.first_doubt = seq

    def take(self, others: "Findings") -> None:
        """Add what another part of the check found."""
        for finding in others.found:
            self.add(finding.kind, finding.message, finding.seq)
        self.notes += others.notes

    def start_again(self) -> None:
        """Forget what was found and counted; the notes stay."""
        self.store, self.hash, self.first_doubt = "", "", None
        self.seq = self.texts = self.redacted = self.rows = 0
        self.found.clear()
        self.count.clear()

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.count

    @property
    def history_sound(self) -> bool:
        """Whether history verifies, whatever the tables say."""
        return not any(kind in HISTORY for kind in self.count)

    @property
    def sound_to(self) -> int:
        """The last event up to which history can be believed."""
        return self.seq if self.first_doubt is None else min(self.seq, self.first_doubt - 1)

    @property
    def first(self) -> Finding | None:
        """The finding about the earliest event."""
        placed = [finding for finding in self.found if finding.seq is not None and finding.kind in HISTORY]
        return min(placed, key=lambda finding: finding.seq or 0, default=self.found[0] if self.found else None)

    @property
    def left_out(self) -> int:
        """How many findings were counted but not listed."""
        return sum(self.count.values()) - len(self.found)

    def verdict(self) -> str:
        """One sentence: sound, or what can still be trusted."""
        if self.sound:
            gone = f", {self.redacted} redacted" if self.redacted else ""
            return f"sound: {self.seq} events, {self.texts} texts and {self.rows} rows agree{gone}"
        if self.history_sound:
            return f"history is sound to its end, event {self.seq}; what is derived from it is not"
        if self.sound_to == self.seq:
            return f"the {self.seq} events here agree with each other, but they are not what was seen before"
        return f"history can be trusted up to event {self.sound_to} of {self.seq}, and not beyond"


class NotSound(Unsound):
    """What was found wrong is no ground to go on from."""


def not_sound(findings: Findings, what: str) -> NotSound:
    """The refusal that names the first finding."""
    first = findings.first
    detail = first.message if first else "nothing can be read"
    return NotSound(f"{what} does not verify: {detail}", fix="owncase store check")
