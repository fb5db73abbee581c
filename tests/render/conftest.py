"""Rows and readers that tests of what is printed share."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from owncase.render.sheet import Card, Look, Sheet, rendered
from owncase.render.terminal import Terminal

NOW = "2026-11-23T12:00:00Z"
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def case() -> Callable[..., dict[str, Any]]:
    """A case as the contract shows it, with what the test changes."""

    def build(**changes: Any) -> dict[str, Any]:
        row: dict[str, Any] = {
            "case": 42,
            "uid": "0b7c",
            "external": None,
            "title": "Storage devices damaged in transit",
        }
        row |= {"customer": "norfolk", "urgency": "normal", "status": "open", "owner": "rob", "claimed": False}
        row |= {"next_action": "Drive to Norfolk and look", "next_due": "2026-11-24T14:00:00Z", "waiting_for": None}
        row |= {"overdue": False, "replans": 0, "pending": None, "promises_open": 0, "handoffs": 0}
        row |= {"opened_at": "2026-11-23T09:00:00Z", "opened_by": "rob", "closed_at": None, "outcome": None}
        return row | {"next_owner": None, "unconfirmed": None, "confirmed_by": None, "version": 3} | changes

    return build


@pytest.fixture
def show() -> Callable[..., str]:
    """What is printed in a format, for a reader in Berlin."""

    def text(thing: Sheet | Card, form: str, *, width: int = 80, raw: bool = False, **terminal: Any) -> str:
        screen = Terminal(**{"is_tty": form == "table", "width": width, **terminal})
        return rendered(thing, form, Look(screen, BERLIN, NOW, raw))

    return text
