"""A small team and its cases, made by the commands themselves."""

import json
from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def team(run: Callable[..., Any]) -> Callable[..., Any]:
    """Ada (who has the login), dana and carol, and the customer norfolk of ada. Call it like `run`; it must succeed."""

    def ask(*words: str, **facts: Any) -> Any:
        done = run(*words, **facts)
        assert done.exit == 0, (words, done.stderr)
        return json.loads(done.stdout) if "--json" in words else done

    ask("init", "--me", "ada", "--name", "Ada Lund", "--zone", "Europe/Berlin")
    ask("person", "add", "dana", "--name", "Dana Ito", "--phone", "+1 757 555 0100 x 12", "--zone", "Europe/Berlin")
    ask("person", "add", "carol", "--name", "Carol Zoë", "--zone", "Europe/Berlin")
    ask("customer", "add", "norfolk", "--name", "Norfolk Störage", "--phone", "0757 555 0199")
    return ask


@pytest.fixture
def opened(team: Callable[..., Any]) -> Callable[..., int]:
    """Open a case of ada's and give its number."""

    def make(title: str = "Devices damaged", *words: str, due: str = "+3d", customer: str = "norfolk") -> int:
        said = ("open", title, "-c", customer, "-n", "Call Pat", "-d", due, "--keep", "--json", *words)
        number: int = team(*said)["case"]
        return number

    return make
