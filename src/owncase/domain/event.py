"""An event is one change, stated by one person at one moment; history is nothing but events in order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One change.

    `seq` is its place in history, from 1. `at` is when it happened and `recorded_at` when it was written (moments,
    UTC). `actor` is the person who acts, `typed_by` the OS user at the keyboard, `claimed` whether that user typed it
    for a person without a login. `case` and `subject` (a person or a customer) say what it is about. `data` holds what
    its kind needs; texts of people in it are `Prose`. `request` makes a repeated command one change.
    """

    kind: str
    actor: int
    at: str
    data: Mapping[str, Any] = field(default_factory=dict)
    case: int | None = None
    subject: int | None = None
    typed_by: str = ""
    claimed: bool = False
    request: str | None = None
    request_digest: str | None = None
    seq: int = 0
    recorded_at: str = ""
