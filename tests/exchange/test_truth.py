"""Real logs agree with truth that was computed without owncase: each case, each owner, each moment.

The logs are not part of the repository; where their folder is absent these tests are skipped and say so.
"""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import pytest

from owncase.bootstrap import World
from owncase.cli.main import run

LOGS = Path(__file__).parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(not LOGS.is_dir(), reason=f"the real logs are not here: {LOGS.name}")


class Log(NamedTuple):
    """A log, how it is imported, and which truth it must agree with."""

    file: str
    truth: str
    flags: tuple[str, ...]


BPIC = ("--closed", "Completed/*")
LOG_FILES = {
    "bpic2013": Log("bpic2013_open_problems.csv.gz", "bpic2013_open_problems.truth.json", BPIC),
    "bpic2013-offered": Log(
        "bpic2013_open_problems.csv.gz", "bpic2013_open_problems.offered.truth.json", (*BPIC, "--offered", "Queued/*")
    ),
    "servicenow": Log(
        "servicenow_first300.csv.gz", "servicenow_first300.truth.json", ("--closed", "Closed", "--owner-default", "rob")
    ),
    "helpdesk": Log("helpdesk_first400.csv.gz", "helpdesk_first400.truth.json", ("--closed", "Closed")),
}
COLUMNS = ("--case", "case", "--at", "at", "--owner", "owner", "--status", "status", "--customer", "customer")


class Imported(NamedTuple):
    """A store with the log in it, and a way to ask it."""

    truth: dict[str, Any]
    ask: Callable[..., Any]
    summary: dict[str, Any]
    again: dict[str, Any]


@pytest.fixture(params=LOG_FILES, scope="module")
def imported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    log = LOG_FILES[request.param]
    home = tmp_path_factory.mktemp(request.param)
    home.chmod(0o700)

    def ask(*words: str) -> Any:
        stdout, stderr = io.StringIO(), io.StringIO()
        environ = {"XDG_STATE_HOME": str(home / "state"), "OWNCASE_STORE": str(home / "team.db")}
        world = World(environ, home, "rob", lambda: datetime.now(UTC), lambda: "UTC", io.StringIO(), stdout, stderr)
        assert run(list(words), world) == 0, stderr.getvalue()
        return json.loads(stdout.getvalue())

    ask("init", "--me", "rob", "--name", "Rob Hale", "--json")
    bring = (
        "import", "log", str(LOGS / log.file), *COLUMNS, *log.flags,
        "--next", "Look at it again", "--due-default", "+3bd", "--json",
    )  # fmt: skip
    summary = ask(*bring)
    again = ask(*bring)
    return Imported(json.loads((LOGS / log.truth).read_text("utf-8")), ask, summary, again)


def _open_by_owner(rows: list[dict[str, Any]], people: dict[str, str]) -> dict[str, int]:
    return {
        people.get(row["owner"], row["owner"]): row["open"] for row in rows if row["open"] and row["owner"] is not None
    }


def _names(imported: Imported) -> dict[str, str]:
    return {row["handle"]: row["name"] for row in imported.ask("person", "list", "--json")}


def test_the_totals_are_true(imported: Imported) -> None:
    told = {field: imported.summary[field] for field in ("cases", "events", "people", "handoffs", "cases_out_of_order")}
    assert told == {field: imported.truth[field] for field in told}


def test_each_case_is_true(imported: Imported) -> None:
    names = _names(imported)
    cases = {row["external"]: row for row in imported.ask("list", "--status", "all", "--limit", "0", "--json")}
    told = {}
    for row in imported.ask("report", "handoffs", "--limit", "0", "--json"):
        case, true = cases[row["external"]], imported.truth["per_case"][row["external"]]
        told[row["external"]] = {
            "handoffs": row["handoffs"], "owners": row["owners"], "ping_pong": row["ping_pong"],
            "ack_waits": row["ack_seconds"], "open": case["status"] == "open", "events": true["events"],
            "last_owner": names.get(case["owner"]) if true["last_owner"] is not None else None,
        }  # fmt: skip
    assert told == imported.truth["per_case"]


def test_the_waits_for_an_answer_are_true(imported: Imported) -> None:
    waits = [wait for row in imported.ask("report", "handoffs", "--json") for wait in row["ack_seconds"]]
    assert len(waits) == imported.truth["acks"]
    assert (median(waits) if waits else None) == imported.truth["median_ack_seconds"]


def test_who_owns_what_now_is_true(imported: Imported) -> None:
    owned = _open_by_owner(imported.ask("report", "owners", "--json"), _names(imported))
    owned["Rob Hale"] = owned.get("Rob Hale", 0) - imported.truth["open_without_owner"]
    assert {name: cases for name, cases in owned.items() if cases} == imported.truth["open_by_owner"]


def test_who_owned_what_at_each_moment_is_true(imported: Imported) -> None:
    for moment, true in imported.truth["snapshots"].items():
        at = moment if moment[-6] in "+-" or moment.endswith("Z") else f"{moment}Z"
        rows = imported.ask("report", "owners", "--at", at, "--json")
        told = _open_by_owner(rows, _names(imported))
        unowned = sum(row["open"] for row in rows if row["owner"] is None)
        known = {name: cases for name, cases in true.items() if name not in {"", "?"}}
        assert told == known, moment
        assert unowned == sum(cases for name, cases in true.items() if name in {"", "?"}), moment


def test_the_same_file_again_adds_nothing(imported: Imported) -> None:
    assert (imported.again["cases"], imported.again["events"], imported.again["people_added"]) == (0, 0, 0)
    assert imported.again["present"] == imported.truth["cases"]
    assert imported.again["changed"] == 0


def test_the_store_is_sound(imported: Imported) -> None:
    imported.ask("store", "check", "--json")
