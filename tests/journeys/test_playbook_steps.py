"""A case that follows a playbook goes through the steps it began with, one after the other, and no other way."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

Team = Callable[..., Any]
LATE = """+++
key = "late"
title = "A delivery is late"
[[steps]]
action = "Find out where it is"
due = "+2h"
safe = true
[[steps]]
action = "Tell the customer the new day"
due = "+1bd"
[[steps]]
action = "Ask whether it arrived"
due = "eod"
safe = true
+++
"""


@pytest.fixture
def late(team: Team, tmp_path: Path) -> Team:
    """The team with a playbook, and case 1 of rob's that follows it."""
    (tmp_path / "late.md").write_text(LATE)
    team("playbook", "add", str(tmp_path / "late.md"))
    assert team("open", "Late again", "-c", "acme", "--playbook", "late").exit == 0
    return team


def case(team: Team, number: int = 1) -> Any:
    return json.loads(team("show", str(number), "--json").stdout)


def where(team: Team) -> tuple[Any, ...]:
    found = case(team)
    return tuple(found[name] for name in ("next_action", "step", "steps", "next_step"))


def test_a_case_begins_with_the_first_step_and_its_due(late: Team) -> None:
    found = case(late)
    assert (found["playbook"], found["next_due"][:13]) == ("late", "2026-11-23T11")
    assert where(late) == ("Find out where it is", 1, 3, "Tell the customer the new day")
    said = late("open", "Another", "-c", "acme", "--playbook", "late", "-n", "Ask Pat first", "-d", "+30m")
    assert said.stderr.startswith("playbook late, step 1 of 3; then: Tell the customer the new day\n")
    assert case(late, 2)["next_action"] == "Ask Pat first"
    assert case(late, 2)["next_due"][:14] == "2026-11-23T09:"
    assert late("open", "Third", "-c", "acme", "--playbook", "latr").stderr.endswith("did you mean late?\n")


def test_step_goes_on_to_the_end_and_then_says_close(late: Team) -> None:
    assert "missing: What happens next?" in late("done", "1").stderr
    assert "--step for 'Tell the customer the new day'" in late("done", "1").stderr
    assert late("done", "1", "--step").exit == 0
    assert where(late) == ("Tell the customer the new day", 2, 3, "Ask whether it arrived")
    assert late("done", "1", "--step", "-d", "+3d").stderr.startswith("playbook late, step 3 of 3, the last\n")
    assert case(late)["next_due"][:10] == "2026-11-26"
    refused = late("done", "1", "--step")
    assert refused.exit == 3
    assert "case 1 is at the last step of late — owncase close 1 " in refused.stderr
    assert where(late) == ("Ask whether it arrived", 3, 3, None)
    assert late("store", "check").exit == 0


def test_on_a_terminal_enter_takes_the_next_step_and_other_words_are_between(late: Team) -> None:
    assert late("done", "1", terminal=True, stdin="Ring the carrier\n+1h\n").exit == 0
    assert where(late)[:2] == ("Ring the carrier", 1)
    taken = late("done", "1", terminal=True, stdin="\n")
    assert (taken.exit, where(late)[:2]) == (0, ("Tell the customer the new day", 2))
    assert "What happens next? [Tell the customer the new day]: " in taken.stderr
    late("done", "1", "--step")
    last = late("done", "1", terminal=True, stdin="Wait\n+1d\n")
    assert "late has no further step; if nothing is left: owncase close 1\n" in last.stderr


def test_a_step_is_asked_of_a_playbook_and_said_once(late: Team) -> None:
    late("open", "Plain", "-c", "acme", "-n", "Call", "-d", "+1h")
    assert late("done", "2", "--step").stderr.startswith("owncase: case 2 follows no playbook")
    assert case(late, 2)["playbook"] is case(late, 2)["step"] is None
    assert late("done", "1", "--step", "-n", "Call").exit == 2
    assert late("done", "1", "--step", by="dana").exit == 3
    for _ in range(2):
        late("done", "1", "--step", "--request-id", "once")
    assert where(late)[1] == 2


def test_undo_puts_the_step_back(late: Team) -> None:
    late("done", "1", "--step")
    late("done", "1", "-n", "Ring the carrier", "-d", "+1h")
    late("undo", "1")
    assert where(late)[:2] == ("Tell the customer the new day", 2)
    late("handoff", "1", "--to", "dana", "--note", "Yours?")
    late("withdraw", "1")
    late("done", "1", "--step")
    assert where(late)[1] == 3
    late("undo", "1")
    assert where(late)[:2] == ("Tell the customer the new day", 2)
    late("done", "1", "--step")
    assert where(late)[1] == 3
    assert late("store", "check").exit == 0


def test_a_case_keeps_the_steps_it_began_with(late: Team, tmp_path: Path) -> None:
    (tmp_path / "late.md").write_text(LATE.replace("Tell the customer the new day", "Send a courier"))
    late("playbook", "add", str(tmp_path / "late.md"))
    late("done", "1", "--step")
    assert where(late)[0] == "Tell the customer the new day"
    late("open", "New", "-c", "acme", "--playbook", "late")
    late("done", "2", "--step")
    assert case(late, 2)["next_action"] == "Send a courier"
    late("playbook", "retire", "late")
    assert late("open", "None", "-c", "acme", "--playbook", "late").exit == 66
    assert late("done", "1", "--step").exit == 0
    assert late("store", "check").exit == 0


def test_the_card_names_what_anybody_can_do_from_here_on(late: Team) -> None:
    def safe(*words: str) -> list[str]:
        found = json.loads(late("who", *words, "--json").stdout)
        return [step["action"] for step in found["safe_steps"]]

    assert safe("1") == ["Find out where it is", "Ask whether it arrived"]
    assert "Anybody can  Find out where it is\n" in late("who", "1", "-f", "table").stdout
    late("done", "1", "--step")
    assert safe("1") == ["Ask whether it arrived"]
    assert safe("acme") == safe("rob") == []
    late("open", "Plain", "-c", "acme", "-n", "Call", "-d", "+1h")
    assert safe("2") == []


def test_the_new_owner_goes_on_where_the_giver_was(late: Team) -> None:
    late("done", "1", "--step")
    late("handoff", "1", "--to", "dana", "--note", "Yours?")
    late("ack", "1", by="dana")
    assert "late, step 2 of 3; then: Ask whether it arrived" in late("show", "1", "-f", "table").stdout
    assert late("done", "1", "--step", by="dana").exit == 0
    assert where(late)[1] == 3


def test_an_export_brings_playbooks_and_steps_back(late: Team, run: Callable[..., Any], tmp_path: Path) -> None:
    late("done", "1", "--step")
    assert late("export", str(tmp_path / "all.json")).exit == 0
    back = str(tmp_path / "back.db")
    assert run("--store", back, "init", "--from", str(tmp_path / "all.json"), os_user="rob").exit == 0
    found = json.loads(run("--store", back, "show", "1", "--json", os_user="rob").stdout)
    assert (found["playbook"], found["step"]) == ("late", 2)
    assert run("--store", back, "store", "check", os_user="rob").exit == 0


def test_no_statement_moves_a_step_or_a_playbook_without_its_event(late: Team, tmp_path: Path) -> None:
    late("note", "1", "waiting")
    attacks = (
        "step = 1", "step = 7", "playbook = NULL", "step = 1, version = version + 1",
        "step = 1, version = version + 1, event = (SELECT max(seq) FROM event)",
    )  # fmt: skip
    with closing(sqlite3.connect(tmp_path / "team.db")) as raw:
        for attack in attacks:
            with pytest.raises(sqlite3.IntegrityError, match="rule 7"):
                raw.execute(f"UPDATE cases SET {attack} WHERE number = 1")
