"""What is printed as JSON is what docs/reference/schemas says."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

Ask = Callable[..., Any]
FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "schemas"
SCHEMAS = {file.name: json.loads(file.read_text("utf-8")) for file in FOLDER.glob("*.json")}
REGISTRY: Any = Registry().with_resources([(name, Resource.from_contents(body)) for name, body in SCHEMAS.items()])


def problems(name: str, found: Any) -> list[str]:
    return [
        error.message for error in Draft202012Validator(SCHEMAS[f"{name}.json"], registry=REGISTRY).iter_errors(found)
    ]


@pytest.fixture
def week(team: Ask, opened: Ask, clock: Any) -> Ask:
    """Every sort of thing once: an offer, a closing, an account offer, a note, a promise, a closed case, a void one."""
    offered, closing, noted, closed, twin = (opened(f"Case {n}") for n in range(5))
    team("promise", "make", str(noted), "New ones", "--by", "+2d")
    team("promise", "make", str(noted), "Old ones", "--by", "+2d")
    team("undo", str(noted))
    team("note", str(offered), "They", "called")
    team("undo", str(offered))
    team("handoff", str(offered), "--to", "dana", "--note", "You know them")
    for number in (closing, closed):
        team("close", str(number), "--outcome", "Replaced", "--confirmed-by", "Pat", "--to", "carol")
    team("ack", str(closed), "--as", "carol")
    team("note", str(noted), "They called", "--as", "dana")
    team("customer", "touch", "norfolk", "-n", "Ask how it runs", "-d", "+3h")
    team("customer", "handoff", "norfolk", "--to", "dana")
    team("contact", "add", "norfolk", "Pat", "Doyle", "--email", "pat@norfolk.example")
    team("contact", "add", "norfolk", "Lee", "Wu", "--phone", "757 555 0100")
    team("call", str(noted), "Where", "are", "they?", "--whom", "Pat", "--callback", "+1h")
    team("playbook", "add", "--shipped")
    team("void", str(twin), "--reason", "duplicate", "--of", str(noted))
    team("person", "edit", "carol", "--topics", "billing", "--languages", "de,en")
    team("duty", "add", "carol", "2026-11-23", "2026-11-30", "--note", "Desk 4")
    clock.move(hours=1)
    return team


ANSWERS = {
    "cases": ["list --status all", "find case"],
    "whole-case": ["show 1", "show 2", "show 3", "show 4", "show 5"],
    "next": ["next", "next --owner dana", "next --owner carol"],
    "offers": ["inbox --all"],
    "history": ["history 1", "history 4", "history 5", "history norfolk"],
    "promises": ["promise list --status all"],
    "who": ["who 1", "who 4", "who norfolk", "who dana", "who 1 --at -30m", "who norfolk --at -30m"],
    "owners": ["report owners", "report owners --at -30m"],
    "handoffs": ["report handoffs"],
    "calls-report": ["report calls", "report calls --owner ada --customer norfolk", "report calls --since yesterday"],
    "daily": ["report daily", "report daily --since yesterday"],
    "customers-report": ["report customers"],
    "people": ["person list"],
    "helpers": ["helper", "helper billing --customer norfolk --place town", "helper --at 2026-11-24T02:00"],
    "duties": ["duty list", "duty list --at now", "duty list --since 2026-11-22 --until +1d"],
    "customers": ["customer list"],
    "customer": ["customer show norfolk"],
    "contacts": ["contact list", "contact list norfolk"],
    "playbooks": ["playbook list"],
    "playbook": ["playbook show outage", "playbook add outage", "playbook retire outage"],
    "contact": ["contact edit norfolk.1 --role Buyer", "contact remove norfolk.2", "contact add norfolk Sam"],
}


def test_every_answer_is_as_its_schema_says(week: Ask) -> None:
    for name, commands in ANSWERS.items():
        for command in commands:
            found = week(*command.split(), "--json")
            assert found, command
            assert problems(name, found) == [], command


def test_what_came_back_on_terms_is_as_its_schema_says(team: Ask, opened: Ask) -> None:
    case = opened("Ports corrode", "--promise", "New ports", "--by", "+2d", customer="norfolk")
    team("told", str(case), "--how", "phone", "--whom", "Pat")
    team("handoff", str(case), "--to", "dana")
    team("customer", "handoff", "norfolk", "--to", "dana")
    for words in (("decline", str(case)), ("decline", "norfolk", "--account")):
        team(*words, "--reason", "no-capacity", "--terms", f"{case}.1=+9d", "--as", "dana")
    rows = team("next", "--json")
    assert [(row["kind"], row["block"], len(row["declined"]["terms"])) for row in rows] == [
        ("case", "Came back", 1),
        ("account", "Came back", 1),
    ]
    assert problems("next", rows) == []
    assert problems("whole-case", team("show", str(case), "--json")) == []
    assert problems("customer", team("customer", "show", "norfolk", "--json")) == []
    team("customer", "handoff", "norfolk", "--to", "dana", "--move", f"{case}.1=+9d")
    team("handoff", str(case), "--to", "dana")
    offers = team("inbox", "--all", "--json")
    assert problems("offers", offers) == []
    assert [(offer["eta_debt"], bool(offer["relationship"])) for offer in offers] == [
        ([], True),
        ([f"{case}.1"], False),
    ]


def test_a_call_is_as_its_schema_says(week: Ask) -> None:
    for line in (
        "3 Where? --answered There",
        "3 Where? --callback +2h",
        "norfolk Who? --answered You",
        "norfolk Who? -f json",
    ):
        ending = ("--callback", "+1d", "--whom", "Pat") if "-f" in line else ()
        found = week("call", *line.split(), *ending, "--json")
        assert problems("call", found) == [], line
    assert problems("customer", week("customer", "show", "norfolk", "--json")) == []


def test_what_an_import_would_do_is_as_its_schema_says(team: Ask, tmp_path: Path) -> None:
    file = tmp_path / "sheet.csv"
    file.write_text("name,email,owner\nAna Lee,,\nRob Hale,rob@x.example,\nBob Day,bob@,dana\nCarol Ames,,carol\n")
    for what in ("people", "customers"):
        found = team("import", what, str(file), "--skip-bad", "--json")
        assert found
        assert problems(f"import-{what}", found) == []
    assert problems("mappings", team("import", "mappings", "--json")) == []


def test_what_an_import_of_contacts_comes_to_is_as_its_schema_says(team: Ask, tmp_path: Path) -> None:
    file = tmp_path / "book.csv"
    file.write_text("customer,name,role,email,phone\nnorfolk,Pat,,,\nnobody,Lee,,,\nnorfolk,Pat,Buyer,,\n")
    for words in ((), ("--yes",), ("--yes",)):
        found = team("import", "contacts", str(file), "--skip-bad", "--json", *words)
        assert found
        assert problems("import-contacts", found) == []


def test_what_an_import_of_cases_comes_to_is_as_its_schema_says(week: Ask, tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    lines = ("T-1,Belt,norfolk,dana,Go,2026-12-01,open", "T-2,Old,norfolk,,,,done", "T-3,,norfolk,nobody,,x,open")
    file.write_text("\n".join(["external,title,customer,owner,next,due,status", *lines, ""]))
    command = ("import", "cases", str(file), "--closed", "done", "--skip-bad", "--json")
    for words in ((), ("--yes",), ("--yes",)):
        found = week(*command, *words)
        assert problems("import-cases", found) == []
    assert [row["outcome"] for row in found] == ["present", "ended", "refused"]


def test_what_was_exported_is_as_its_schema_says(team: Ask, tmp_path: Path) -> None:
    assert problems("export-table", team("export", "people", str(tmp_path / "people.csv"), "--json")) == []


def test_an_error_is_as_its_schema_says(team: Ask, run: Ask) -> None:
    assert problems("error", json.loads(run("show", "99", "--json").stderr)) == []


def test_the_schemas_are_sound_and_refuse_what_is_missing() -> None:
    for body in SCHEMAS.values():
        Draft202012Validator.check_schema(body)
    assert problems("case", {})
    assert problems("owners", [{"owner": "ada"}])


def test_the_contracts_fields_come_first_and_in_order(week: Ask) -> None:
    contract = (
        "case uid external title customer urgency status owner claimed next_action next_due waiting_for overdue "
        "replans pending promises_open handoffs opened_at opened_by closed_at outcome next_owner version"
    )
    for case in (week("show", "1", "--json"), *week("list", "--json"), *week("find", "case", "--json")):
        assert list(case)[:23] == contract.split()


def test_gaps_and_single_duties_are_as_their_schemas_say(run: Ask, team: Ask) -> None:
    team("duty", "add", "carol", "2026-11-23", "2026-11-24")
    put = team("duty", "add", "dana", "2026-11-25", "2026-11-26", "--json")
    found = run("duty", "check", "--json")
    assert (found.exit, problems("gaps", json.loads(found.stdout)), problems("duty", put)) == (1, [], [])
    assert problems("duty", team("duty", "remove", str(put["duty"]), "--json")) == []
