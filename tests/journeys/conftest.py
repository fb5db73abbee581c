"""Cases to begin a journey with, and a look at how they stand."""

import json
from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def opened(team: Callable[..., Any]) -> Callable[..., Any]:
    """The team's command line after rob opened case 1 for norfolk, which is offered to dana."""
    team("open", "Disks damaged", "-c", "norfolk", "-n", "Call Pat", "-d", "2026-11-24T15:00")
    return team


@pytest.fixture
def kept(team: Callable[..., Any]) -> Callable[..., Any]:
    """The team's command line after rob opened case 1 for norfolk and kept it."""
    team("open", "Disks damaged", "-c", "norfolk", "-n", "Call Pat", "-d", "2026-11-24T15:00", "--keep")
    return team


@pytest.fixture
def case(team: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
    """How a case stands: `case(1)["owner"]`."""

    def look(number: int = 1) -> dict[str, Any]:
        shown: dict[str, Any] = json.loads(team("show", str(number), "--json").stdout)
        return shown

    return look


@pytest.fixture
def kinds(team: Callable[..., Any]) -> Callable[..., list[str]]:
    """What happened to a case, as kinds of events in order."""

    def look(number: int = 1) -> list[str]:
        return [event["kind"] for event in json.loads(team("history", str(number), "--json").stdout)]

    return look
