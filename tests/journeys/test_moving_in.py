"""A team moves in on a Monday morning: a spreadsheet of sixty cases, three commands, and each refusal says what to do.

The sheet has dates such as 24/11/2026, missing next actions, two people of one name, one row with a comma too many,
and some cases that ended long ago.
"""

import json
import re
import shlex
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Ask = Callable[..., Any]
HEAD = "Ref,Customer,Rep,What,Next step,Due,State"
REPS = ("Anna Smith", "Ben Okoro", "Cleo Marsh", "Dana Ortiz", "")
ROWS, RAGGED, ENDED = 60, 17, (5, 25, 45)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """The team's old spreadsheet."""
    lines = []
    for number in range(1, ROWS + 1):
        what = "Disks, damaged" if number == RAGGED else f"Order {number} is late"
        step = "" if number % 6 == 0 else "Call them"
        state = "Done" if number in ENDED else "Open"
        due = f"{24 + number % 6}/11/2026" if number % 4 else f"0{1 + number % 9}/12/2026"
        customer, rep = f"Client {number % 12} & Sons", REPS[number % len(REPS)]
        lines.append(f"R-{number:03},{customer},{rep},{what},{step},{due},{state}")
    file = tmp_path / "old desk.csv"
    file.write_text("\n".join([HEAD, *lines, ""]), "utf-8")
    return file


@pytest.fixture
def team_list(tmp_path: Path) -> Path:
    """Who works there; two are called Anna Smith."""
    names = [f"{name},{name.split()[0].lower()}@example.com" for name in REPS if name]
    file = tmp_path / "team.csv"
    file.write_text("\n".join(["Who,Mail", *names, "Anna Smith,a.smith@example.com", ""]), "utf-8")
    return file


def answered(said: str) -> list[str]:
    """What the messages of an import tell to add to its command line."""
    found = re.search(r"say (--dates \w+)", said), re.search(r"say which: (--owner-is '[^']+')", said)
    words = [word for match in found if match for word in shlex.split(match[1])]
    return [*words, *(["--next-default", "Ask how it stands"] if "--next-default TEXT" in said else [])]


def told(team: Ask, *words: str) -> Any:
    return json.loads(team(*words, "--json").stdout)


def test_a_spreadsheet_moves_in_with_three_commands(team: Ask, sheet: Path, team_list: Path) -> None:
    people = team("import", "people", str(team_list), "--map", "name=Who,email=Mail", "--yes")
    assert (people.exit, "anna-smith-2" in people.stderr) == (0, True), people
    assert team("import", "customers", str(sheet), "--map", "name=Customer", "--skip-bad", "--yes").exit == 0

    command = ["import", "cases", str(sheet), "--map", "external=Ref,title=What,next=Next step,status=State,owner=Rep"]
    command += ["--closed", "Done", "--yes"]
    first = team(*command)
    assert (first.exit, told(team, "list", "--status", "all")) == (65, [])
    assert f"line {RAGGED + 1}: has 8 cells, the header 7 — does a cell hold a comma? quote it" in first.stderr
    sheet.write_text(sheet.read_text("utf-8").replace("Disks, damaged", '"Disks, damaged"'), "utf-8")
    answers = answered(first.stderr)
    assert answers == ["--dates", "dmy", "--owner-is", "Anna Smith=anna-smith", "--next-default", "Ask how it stands"]

    done = team(*command, *answers)
    assert done.exit == 0, done.stderr
    assert f"{ROWS} rows: {ROWS - len(ENDED)} new, {len(ENDED)} ended and left out; done" in done.stderr
    assert "owncase inbox --import 'old desk'" in done.stderr
    assert "0 new, 57 already present, 3 ended and left out" in team(*command, *answers).stderr
    assert team("store", "check").exit == 0


def test_nobody_owns_what_they_did_not_acknowledge(team: Ask, sheet: Path, team_list: Path) -> None:
    team("import", "people", str(team_list), "--map", "name=Who,email=Mail", "--yes")
    sheet.write_text(sheet.read_text("utf-8").replace("Disks, damaged", "Disks"), "utf-8")
    done = team(
        "import", "cases", str(sheet), "--map", "external=Ref,title=What,next=Next step,owner=Rep", "--dates", "dmy",
        "--owner-is", "Anna Smith=anna-smith", "--next-default", "Ask how it stands", "--new-customers",
        "--source", "old-desk", "--yes",
    )  # fmt: skip
    assert done.exit == 0, done.stderr
    assert {case["owner"] for case in told(team, "list", "--limit", "0")} == {"rob"}
    for who in ("anna-smith", "ben-okoro"):
        for offer in told(team, "inbox", "--owner", who, "--import", "old-desk")[:5]:
            assert team("ack", str(offer["case"]), "--as", who).exit == 0
    cases = told(team, "list", "--limit", "0")
    assert Counter(case["owner"] for case in cases) == {"rob": 50, "anna-smith": 5, "ben-okoro": 5}
    for case in cases:
        takers = [
            event["by"] for event in told(team, "history", str(case["case"])) if event["kind"].endswith(".acknowledged")
        ]
        assert takers == ([] if case["owner"] == "rob" else [case["owner"]])
    assert team("store", "check").exit == 0
