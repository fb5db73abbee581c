"""What an action works with inside a write: the records to look at, and `append`, which makes something happen."""

import sqlite3
from typing import Any, NamedTuple, Protocol

from sqlmodel import Session

from owncase.domain.event import Event
from owncase.domain.wordless import wordless
from owncase.store import heads
from owncase.store.tx import Tx

FOUNDER = 2
"""Event 1 makes the store, event 2 the person who made it: who they are is that number."""


class Typing(Protocol):
    """Who acts, and who types it; `claimed` where that is somebody else for a person without a login."""

    @property
    def id(self) -> int: ...
    @property
    def typed_by(self) -> str: ...
    @property
    def claimed(self) -> bool: ...


class Typist(NamedTuple):
    """Who is said to act, where the tables cannot be asked."""

    id: int
    typed_by: str
    claimed: bool


class Write(Tx):
    """What an action works with: records to look at, and `append` to make something happen."""

    def __init__(
        self, session: Session, raw: sqlite3.Connection, head: heads.Head, who: "Typing | None", now: str
    ) -> None:
        super().__init__(session, raw, head)
        self.who = who
        self.now = now
        self.request: tuple[str, str] | None = None

    def append(
        self, kind: str, *, case: int | None = None, subject: int | None = None, at: str | None = None, **data: Any
    ) -> Event:
        """Append one event of the acting person, at this moment. Raises the refusal of the rule it breaks."""
        request, self.request = self.request, None
        who = self.who
        seq = self.head.seq + 1
        return self.add(
            Event(
                kind=kind, actor=who.id if who else FOUNDER, at=at or self.now, data=data, case=case, subject=subject,
                typed_by=who.typed_by if who else "", claimed=who.claimed if who else False,
                request=request[0] if request else None, request_digest=wordless(request[1]) if request else None,
                seq=seq, recorded_at=self.now,
            )
        )  # fmt: skip
