"""A case that an import says is yours is claimed until you act on it; declining it returns it to the importer."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Team = Callable[..., Any]
Look = Callable[..., dict[str, Any]]
LOG = "id,when,who,state,client\n7,2026-11-02T10:00,Dana Ortiz,working,Norfolk Shipping\n"
COLUMNS = ("--case", "id", "--at", "when", "--owner", "who", "--status", "state", "--customer", "client")


@pytest.fixture
def imported(team: Team, tmp_path: Path) -> Team:
    """The team after rob imported a log in which dana owns the one case."""
    log = tmp_path / "log.csv"
    log.write_text(LOG, "utf-8")
    done = team(
        "import", "log", str(log), *COLUMNS, "--closed", "closed", "--next", "Look at it", "--due-default", "eow"
    )
    assert done.exit == 0, done.stderr
    return team


def test_the_claimed_owner_acts_and_it_is_theirs(imported: Team, case: Look) -> None:
    assert (case()["owner"], case()["claimed"]) == ("dana", True)
    assert imported("done", "1", "-n", "Phone", "-d", "eow", by="dana").exit == 0
    assert case()["claimed"] is False


def test_the_claimed_owner_returns_it_to_the_importer(imported: Team, case: Look) -> None:
    code, stdout, _ = imported("decline", "1", "--reason", "not-my-customer", "--note", "Never was", by="dana")
    assert code == 0
    assert stdout.startswith("1 norfolk · rob")
    assert (case()["owner"], case()["claimed"]) == ("rob", False)
    assert json.loads(imported("history", "1", "--json").stdout)[-1]["kind"] == "case.returned"


def test_nobody_else_returns_it(imported: Team) -> None:
    assert imported("decline", "1", "--reason", "away", by="carol").exit == 3
