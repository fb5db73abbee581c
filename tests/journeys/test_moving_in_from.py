"""Files of trackers that a team really comes from move in: each refusal is answered by what its message says.

Taskwarrior is run itself where it is installed; the city's requests are read where they are; the rest is invented.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Ask = Callable[..., Any]
REQUESTS = Path(__file__).parents[3] / "shared" / "data" / "nyc311_235.csv"
TASK = shutil.which("task")


def rows(outcome: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(outcome.stdout)
    return found


def is_sound(team: Ask) -> bool:
    return bool(team("store", "check").exit == 0)


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    """What `task export` writes of a few tasks."""
    if TASK is None:
        pytest.skip("Taskwarrior is not installed")
    folder = tmp_path / "tasks"
    folder.mkdir()
    (folder / "rc").write_text("confirmation=off\nverbose=nothing\n")
    environ = {"HOME": str(folder), "TASKDATA": str(folder), "TASKRC": str(folder / "rc"), "PATH": os.environ["PATH"]}

    def task(*words: str) -> str:
        done = subprocess.run([TASK, *words], env=environ, capture_output=True, text=True, check=True)
        return done.stdout

    task("add", "Call the mill about the belt", "project:Mill", "due:2031-12-01", "priority:H")
    task("add", "Send the quote", "project:Harbour")
    task("2", "annotate", "They want it by mail")
    task("add", "Thank Pat", "project:Acme Tools")
    task("3", "done")
    file = folder / "export.json"
    file.write_text(task("export"), "utf-8")
    return file


def test_a_task_export(team: Ask, tasks: Path) -> None:
    bring = ("import", "cases", str(tasks), "--mapping", "taskwarrior")
    first = team(*bring)
    assert (first.exit, "--new-customers" in first.stderr, "--due-default" in first.stderr) == (65, True, True)
    said = ("--new-customers", "--due-default", "+3bd")
    done = team(*bring, *said, "--yes", "--json")
    assert [(row["title"], row["outcome"]) for row in rows(done)] == [
        ("Call the mill about the belt", "new"),
        ("Send the quote", "new"),
        ("Thank Pat", "ended"),
    ]
    hot, quote = (json.loads(team("show", str(number), "--json").stdout) for number in (1, 2))
    assert (hot["urgency"], hot["customer"], hot["next_due"][:4]) == ("high", "mill", "2031")
    assert (quote["source"], [note["text"] for note in quote["notes"]]) == ("taskwarrior", ["They want it by mail"])
    assert "0 new, 2 already present, 1 ended" in team(*bring, *said, "--yes").stderr
    assert is_sound(team)


def test_a_todo_txt(team: Ask, tmp_path: Path) -> None:
    file = tmp_path / "todo.txt"
    file.write_text("(A) Call Pat +acme due:2026-12-01\nx 2026-11-02 Old thing +acme\nAsk finance about it +Mill\n")
    first = team("import", "cases", str(file))
    assert (first.exit, "--new-customers" in first.stderr, "--due-default" in first.stderr) == (65, True, True)
    done = team("import", "cases", str(file), "--new-customers", "--due-default", "+2bd", "--yes", "--json")
    assert [(row["outcome"], row["customer"]) for row in rows(done)] == [
        ("new", "acme"), ("ended", "acme"), ("new", "mill"),
    ]  # fmt: skip
    again = team("import", "cases", str(file), "--due-default", "+2bd")
    assert (again.exit, "0 new, 2 already present, 1 ended" in again.stderr) == (0, True)
    assert is_sound(team)


def issue(number: int, title: str, assignee: str | None, **more: Any) -> dict[str, Any]:
    """An issue as the interface of the forge gives it."""
    assigned = {"login": assignee, "id": 1, "type": "User"} if assignee else None
    return {
        "url": f"https://api.example.com/repos/acme/tools/issues/{number}", "id": 9000 + number, "number": number,
        "html_url": f"https://example.com/acme/tools/issues/{number}", "title": title, "state": "open",
        "user": {"login": "pat", "id": 7}, "labels": [{"id": 1, "name": "bug"}], "assignee": assigned,
        "assignees": [assigned] if assigned else [], "milestone": None, "comments": 2, "body": None, **more,
    }  # fmt: skip


def test_a_dump_of_issues(team: Ask, tmp_path: Path) -> None:
    file = tmp_path / "issues.json"
    dump = [
        issue(1, "Belt slips", "dana-gh", milestone={"title": "2.0", "due_on": "2026-12-04T08:00:00Z"}),
        issue(2, "Docs are old", None, body="See page 3.\r\n\r\nAnd 4."),
        issue(3, "Add a belt", "rob", pull_request={"url": "https://api.example.com/pulls/3"}),
        issue(4, "Fixed", "rob", state="closed"),
    ]
    file.write_text(json.dumps([*dump, dump[0]]), "utf-8")
    assert "leave out item 1 or item 5" in team("import", "cases", str(file), "--mapping", "github").stderr
    file.write_text(json.dumps(dump), "utf-8")
    bring = ["import", "cases", str(file), "--mapping", "github"]
    first = team(*bring)
    assert first.exit == 65
    for said in ("--customer-default KEY", "--owner-is dana-gh=dana", "--due-default WHEN"):
        assert said in first.stderr, first.stderr
    bring += ["--customer-default", "acme", "--owner-is", "dana-gh=dana", "--due-default", "+5bd"]
    done = team(*bring, "--yes", "--json")
    assert [(row["line"], row["outcome"], row["owner"]) for row in rows(done)] == [
        (1, "new", "dana"), (2, "new", "rob"), (4, "ended", "rob"),
    ]  # fmt: skip
    assert json.loads(team("show", "2", "--json").stdout)["next_action"] == "Read the issue and answer pat"
    assert team("ack", "1", by="dana").exit == 0
    assert is_sound(team)


@pytest.mark.skipif(not REQUESTS.is_file(), reason=f"the city's requests are not here: {REQUESTS.name}")
def test_a_list_of_requests_to_a_city(team: Ask) -> None:
    bring = ("import", "cases", str(REQUESTS), "--mapping", "nyc311", "--new-customers")
    first = team(*bring)
    assert (first.exit, "--due-default" in first.stderr) == (65, True)
    done = team(*bring, "--due-default", "+1bd", "--spread", "10/day", "--yes", "--json")
    assert "235 rows: 37 new, 198 ended and left out; done" in done.stderr
    dues = [row["next_due"] for row in rows(done) if row["outcome"] == "new"]
    assert sorted(map(dues.count, set(dues))) == [7, 10, 10, 10]
    assert dues == sorted(dues)
    assert "0 new, 37 already present, 198 ended" in team(*bring, "--due-default", "+1bd", "--yes").stderr
    assert len(rows(team("list", "--source", "nyc311", "--json"))) == 37
    assert is_sound(team)
