"""What is done in a known situation is written down once, in versions, and read by whoever stands there."""

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
topics = ["delivery"]
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
+++
Call **before** they do.
"""


@pytest.fixture
def late(tmp_path: Path) -> Path:
    file = tmp_path / "late.md"
    file.write_text(LATE)
    return file


def shown(team: Team, *words: str) -> Any:
    return json.loads(team(*words, "--json").stdout)


def test_a_playbook_is_added_and_read_in_every_shape(team: Team, late: Path) -> None:
    assert team("playbook", "list", terminal=True).stdout == "No playbooks yet: owncase playbook add --shipped\n"
    assert team("playbook", "add", str(late)).stdout == "late · A delivery is late · 3 steps · delivery\n"
    assert team("playbook", "show", "late").stdout == LATE
    assert "- " not in team("playbook", "show", "late", terminal=True).stdout
    assert "Call before they do." in team("playbook", "show", "late", terminal=True, environ={"NO_COLOR": "1"}).stdout
    assert "<p>Call <strong>before</strong> they do.</p>" in team("playbook", "show", "late", "-f", "html").stdout
    found = shown(team, "playbook", "show", "late")
    assert (found["steps"], found["plan"][0]["safe"], found["added_by"]) == (3, True, "rob")
    assert [row["playbook"] for row in shown(team, "playbook", "list")] == ["late"]
    assert team("store", "check").exit == 0


def test_a_long_one_is_read_page_by_page(team: Team, late: Path, tmp_path: Path) -> None:
    team("playbook", "add", "outage")
    less = tmp_path / "less"
    less.write_text('#!/bin/sh\ncat > "$0.read"\n')
    less.chmod(0o700)
    shown = team("playbook", "show", "outage", terminal=True, environ={"PAGER": str(less), "PATH": "/usr/bin:/bin"})
    assert (shown.exit, shown.stdout) == (0, "")
    assert "While it lasts" in (tmp_path / "less.read").read_text()


def test_adding_it_again_changes_nothing_and_a_dry_run_neither(team: Team, late: Path) -> None:
    assert team("playbook", "add", str(late), "--dry-run") == (0, "", "would add late: 3 steps; nothing was written\n")
    assert team("playbook", "show", "late").exit == 66
    team("playbook", "add", str(late), "--request-id", "p-1")
    before = team("store", "head").stdout
    assert team("playbook", "add", str(late)).stderr == "late: already so\n"
    assert team("playbook", "add", str(late), "--request-id", "p-1").stderr == "already done\n"
    assert team("store", "head").stdout == before


def test_a_further_version_takes_the_place_of_the_one_before(team: Team, late: Path, tmp_path: Path) -> None:
    team("playbook", "add", str(late))
    first = shown(team, "playbook", "show", "late")
    late.write_text(LATE.replace("+2h", "+1h"))
    team("playbook", "add", str(late), by="dana")
    second = shown(team, "playbook", "show", "late")
    assert (second["plan"][0]["due"], second["added_by"]) == ("+1h", "dana")
    assert second["version"] > first["version"]
    with closing(sqlite3.connect(tmp_path / "team.db")) as raw:
        rows = raw.execute("SELECT id, active, event FROM playbook ORDER BY id").fetchall()
    assert rows == [(first["version"], 0, second["version"]), (second["version"], 1, second["version"])]
    assert team("store", "check").exit == 0


def test_a_retired_playbook_is_not_there_to_begin_with_and_can_come_again(team: Team, late: Path) -> None:
    team("playbook", "add", str(late))
    assert team("playbook", "retire", "late").stdout == "late is out of use; cases that follow it go on\n"
    assert team("playbook", "list").stdout.count("\n") == 1
    assert team("playbook", "retire", "late").exit == 66
    assert team("playbook", "add", str(late)).exit == 0
    assert team("playbook", "list").stdout.count("\n") == 2
    assert team("store", "check").exit == 0


def test_those_that_come_with_owncase_are_added_by_name_or_all_at_once(team: Team) -> None:
    assert team("playbook", "add", "damaged-shipment").exit == 0
    assert team("playbook", "add", "--shipped").stderr == "damaged-shipment: already so\n"
    assert len(shown(team, "playbook", "list")) == 6
    assert team("playbook", "add").exit == 2
    assert team("playbook", "add", "damaged-shipmnt").stderr.endswith("did you mean damaged-shipment?\n")
    assert team("store", "check").exit == 0


def test_check_names_every_problem_of_every_file(team: Team, late: Path, tmp_path: Path) -> None:
    assert team("playbook", "check", str(late)).exit == 0
    bad = tmp_path / "bad.md"
    bad.write_text(LATE.replace('"+2h"', '"soon"').replace('"late"', '"Late one"'))
    found = team("playbook", "check", str(late), str(bad), str(tmp_path / "none.md"))
    assert found.exit == 1
    assert [line.split(": ", 1)[1][:12] for line in found.stdout.splitlines()] == [
        "the key has ", "step 1: due:", "there is no ",
    ]  # fmt: skip
    refused = team("playbook", "add", str(bad))
    assert (refused.exit, refused.stdout) == (65, "")
    assert "the key has" in refused.stderr
    bad.write_bytes(LATE.encode().replace(b"late", b"sp\xe4t"))
    assert "is not UTF-8 at byte" in team("playbook", "add", str(bad)).stderr


def test_a_playbook_is_changed_by_events_alone(team: Team, late: Path, tmp_path: Path) -> None:
    team("playbook", "add", str(late))
    attacks = (
        "UPDATE playbook SET body = 'x'",
        "UPDATE playbook SET active = 0",
        "DELETE FROM playbook",
        "INSERT INTO playbook SELECT id + 1, 'other', title, topics, body, 1, added_by, added_at, event FROM playbook",
        "INSERT OR REPLACE INTO playbook SELECT id, key, 'x', topics, body, 1, added_by, added_at, event FROM playbook",
    )
    with closing(sqlite3.connect(tmp_path / "team.db")) as raw:
        for attack in attacks:
            with pytest.raises(sqlite3.IntegrityError, match="rule 7"):
                raw.execute(attack)


def test_an_edit_is_a_further_version_and_loses_nothing(team: Team, late: Path, tmp_path: Path) -> None:
    team("playbook", "add", str(late))
    by = tmp_path / "by.sh"

    def edit(script: str) -> Any:
        by.write_text(f"#!/bin/sh\n{script}\n")
        by.chmod(0o700)
        return team(
            "playbook", "edit", "late", terminal=True,
            environ={"EDITOR": str(by), "PATH": "/usr/bin:/bin", "NO_COLOR": "1", "TMPDIR": str(tmp_path)},
        )  # fmt: skip

    assert "already so" in edit("true").stderr
    assert edit("sed -i 's/+2h/+1h/' \"$1\"").exit == 0
    assert shown(team, "playbook", "show", "late")["plan"][0]["due"] == "+1h"
    wrong = edit("sed -i 's/+1h/soon/' \"$1\"")
    assert wrong.exit == 65
    assert "your text is kept: owncase playbook add " in wrong.stderr
    assert edit('sed -i \'s/"late"/"later"/\' "$1"').exit == 2
    assert team("playbook", "edit", "late").exit == 2
