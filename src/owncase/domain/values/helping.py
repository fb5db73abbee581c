"""Who is on duty when, and what is done in a known situation."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A stretch in which a person is on duty for whatever nobody else answers. `active` is 0 once it was taken back."""

    TABLE: ClassVar[str] = "duty"
    id: int
    person: int
    from_at: str
    until_at: str
    note: str | None
    active: int
    added_by: int
    added_at: str
    event: int

    @property
    def row_key(self) -> int:
        """The event that added it."""
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """What is done in a known situation, in one version: a newer one of the same key leaves this one to its cases."""

    TABLE: ClassVar[str] = "playbook"
    id: int
    key: str
    title: str
    topics: str | None
    body: str
    active: int
    added_by: int
    added_at: str
    event: int

    @property
    def row_key(self) -> int:
        """The event that added this version."""
        return self.id
