"""Cases, people, customers and events go out as tables that compute nothing, and come back unchanged: TRUST 25, 26."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Ask = Callable[..., Any]

NAMES = (
    "=1+1",
    "'=x",
    "''=x",
    "+49 30",
    "-x",
    "@sum(A1)",
    "＝1",
    '"quoted", and more',
    "'tis",
    "Zoë\u00a0O'Neil",
    "🚀 Ann",
)
"""Names as they are in no good team, and yet may be."""


@pytest.fixture
def hostile(run: Ask, tmp_path: Path) -> Path:
    """A store of rob's with people and customers of such names."""
    store = tmp_path / "hostile.db"
    people = [
        {"handle": f"p{n}", "name": name, "place": f"=🧑‍🚀{name}", "manager": f"p{n - 1}" if n else "rob"}
        for n, name in enumerate(NAMES)
    ]
    people[0] |= {"phone": "+1 757 555 0100", "email": "=a@x.example", "hours": "none", "zone": "Asia/Tokyo"}
    customers = [
        {"key": f"c{n}", "name": name, "contact": f"x\u00a0{name}", "owner": f"p{n}", "second": "p3"}
        for n, name in enumerate(NAMES)
    ]
    for words, stdin in (
        (["init", "--me", "rob", "--name", "Rob Hale", "--zone", "Europe/Berlin"], ""),
        (["import", "people", "-", "--yes"], json.dumps(people)),
        (["import", "customers", "-", "--yes"], json.dumps(customers)),
    ):
        done = run("--store", str(store), *words, os_user="rob", stdin=stdin)
        assert done.exit == 0, done.stderr
    return store


@pytest.mark.parametrize("form", ["csv", "sheet", "jsonl"])
def test_people_and_customers_come_back_to_the_same_bytes(run: Ask, hostile: Path, tmp_path: Path, form: str) -> None:
    """25, 26: our own apostrophe is taken off, and no other."""
    again = tmp_path / "again.db"
    run("--store", str(again), "init", "--me", "rob", "--name", "Rob Hale", "--zone", "Europe/Berlin", os_user="rob")
    for what in ("people", "customers"):
        first, second = tmp_path / f"1.{what}.{form}", tmp_path / f"2.{what}.{form}"
        assert run("--store", str(hostile), "export", what, str(first), "-f", form, os_user="rob").exit == 0
        kind = "jsonl" if form == "jsonl" else "csv"
        done = run("--store", str(again), "import", what, str(first), "--from", kind, "--yes", os_user="rob")
        assert done.exit == 0, done.stderr
        assert run("--store", str(again), "export", what, str(second), "-f", form, os_user="rob").exit == 0
        assert _lasting(first.read_text("utf-8")) == _lasting(second.read_text("utf-8"))
    assert run("--store", str(again), "store", "check").exit == 0


def _lasting(text: str) -> Any:
    """The text; of JSON Lines without what the store itself adds: when, and who asked."""
    if not text.startswith("{"):
        return text
    return [{**json.loads(line), "added_at": 0, "pending": 0} for line in text.splitlines()]


def test_no_cell_is_computed_and_quotes_are_doubled(run: Ask, hostile: Path) -> None:
    text = run("--store", str(hostile), "export", "people", "-", os_user="rob").stdout
    cells = [row["name"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    guarded = [f"'{name}" for name in NAMES[:7]]
    assert cells == [*guarded[:2], NAMES[10], *guarded[2:7], *NAMES[7:10], "Rob Hale"]
    assert not [cell for cell in cells if cell[0] in "=+-@＝"]
    assert '"""quoted"", and more"' in text
    assert text.count("\r\n") == text.count("\n")


def test_raw_cells_are_exactly_as_they_are_kept(run: Ask, hostile: Path) -> None:
    text = run("--store", str(hostile), "export", "people", "-", "--raw", os_user="rob").stdout
    assert {row["name"] for row in csv.DictReader(io.StringIO(text, newline=""))} == {*NAMES, "Rob Hale"}


@pytest.fixture
def cases(team: Ask) -> Ask:
    """The team's store with an open case of each of two customers, and one that is void."""
    for title, customer in (("=1+1 boxes", "acme"), ("Tins", "norfolk"), ("Twice", "acme")):
        team("open", title, "-c", customer, "-n", "Call Pat", "-d", "2026-11-27T15:00", "--keep")
    team("void", "3", "--reason", "mistake", "--note", "typed twice")
    return team


def test_every_case_goes_out_whatever_became_of_it(cases: Ask) -> None:
    text = cases("export", "cases", "-").stdout
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["case"], row["status"], row["title"], row["next_due"]) for row in rows] == [
        ("1", "open", "'=1+1 boxes", "2026-11-27T14:00:00Z"), ("2", "open", "Tins", "2026-11-27T14:00:00Z"),
        ("3", "void", "Twice", ""),
    ]  # fmt: skip


def test_lines_of_json_are_the_objects_of_the_json_output(cases: Ask, clock: Any) -> None:
    lines = cases("export", "cases", "-", "-f", "jsonl").stdout.splitlines()
    listed = json.loads(cases("list", "--status", "all", "--sort", "number", "--json").stdout)
    assert list(map(json.loads, lines)) == listed
    people = cases("export", "people", "-", "-f", "jsonl").stdout.splitlines()
    assert list(map(json.loads, people)) == json.loads(cases("person", "list", "--json").stdout)


def test_a_sheet_shows_moments_by_the_clock_of_who_exports(cases: Ask, tmp_path: Path) -> None:
    cases("export", "cases", str(tmp_path / "cases.csv"), "-f", "sheet")
    content = (tmp_path / "cases.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfcase,uid,")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert (rows[0]["next_due"], rows[0]["title"]) == ("2026-11-27 15:00:00", "'=1+1 boxes")


def test_the_whole_history_goes_out_with_whom_each_event_is_about(cases: Ask) -> None:
    rows = list(csv.DictReader(io.StringIO(cases("export", "history", "-").stdout, newline="")))
    assert [int(row["seq"]) for row in rows] == list(range(1, len(rows) + 1))
    about = {(row["kind"], row["case"], row["subject"]) for row in rows}
    assert {("person.added", "", "dana"), ("customer.added", "", "acme"), ("case.opened", "1", "")} < about
    ours = [row for row in rows if row["case"] == "1"]
    shown = json.loads(cases("history", "1", "--json").stdout)
    assert [row["text"].removeprefix("'") for row in ours] == [event["text"] for event in shown]


def test_a_file_is_new_private_and_never_half_there(cases: Ask, tmp_path: Path) -> None:
    """35."""
    target, link = tmp_path / "cases.csv", tmp_path / "link.csv"
    done = cases("export", "cases", str(target), "--json")
    assert json.loads(done.stdout) == {"file": str(target), "what": "cases", "rows": 3}
    assert target.stat().st_mode & 0o777 == 0o600
    assert cases("export", "people", str(target)).exit == 73
    assert cases("export", "people", str(target), "--force").exit == 0
    link.symlink_to(target)
    assert cases("export", "people", str(link), "--force").exit == 73
    assert cases("export", "people", str(tmp_path), "--force").exit == 73
    assert cases("export", "people", str(tmp_path / "none" / "x.csv")).exit == 66
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".csv" or ".new" in path.name) == [
        "cases.csv", "link.csv",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "export needs a file — owncase export FILE, or owncase export cases FILE"),
        (["cases"], "export cases needs a file — owncase export cases FILE; for a file of that name: ./cases"),
        (["notes", "x.csv"], "export takes no 'notes' — one of cases, people, customers, history"),
        (["cases", "x.csv", "-f", "html"], "-f takes no 'html' — one of csv, jsonl, sheet"),
        (["cases", "x.csv", "-f", "sheet", "--raw"], "--raw is for csv, not for sheet"),
    ],
)
def test_what_cannot_be_exported_is_a_wrong_command_line(team: Ask, words: list[str], said: str) -> None:
    found = team("export", *words)
    assert (found.exit, found.stdout) == (2, "")
    assert said in found.stderr


def test_a_terminal_is_never_sent_what_it_would_obey(team: Ask) -> None:
    """4 to 8."""
    team("open", "Tins", "-c", "acme", "-n", "Call Pat", "-d", "+3d", "--keep")
    team("note", "1", "red \x1b[31m and \x9b2J")
    for form in ("csv", "sheet", "jsonl"):
        shown = team("export", "history", "-", "-f", form, terminal=True).stdout
        assert "red" in shown
        assert "\x1b" not in shown
        assert "\x9b" not in shown
    assert team("export", "history", "-", "--raw", terminal=True).exit == 2
    assert "red \x1b[31m" in team("export", "history", "-", "--raw").stdout


def test_a_file_may_be_called_like_a_table(team: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert team("export", "./cases").exit == 0
    assert (tmp_path / "cases").read_text("utf-8").startswith('{"format":"owncase-export/1"')


def test_stdout_is_utf_8_whatever_the_terminal_speaks(hostile: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "owncase", "--store", str(hostile), "export", "customers", "-", "-f", "sheet"],
        capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "latin-1"},
    )  # fmt: skip
    assert done.stdout.startswith(b"\xef\xbb\xbfkey,")
    assert "🚀 Ann" in done.stdout.decode("utf-8")


def test_events_that_come_in_meanwhile_are_told(cases: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    from owncase.cli import export

    def writing(texts: Any, file: Any, form: str) -> int:
        cases("note", "1", "They called")
        return len([file.write(text) for text in texts])

    monkeypatch.setattr(export, "_write", writing)
    assert "came in meanwhile: some rows may be older than others" in cases("export", "cases", "-").stderr


def test_how_many_went_out_is_said_in_the_number_it_has(team: Ask) -> None:
    team("open", "Drives fail", "-c", "acme", "-n", "Call Pat", "-d", "+3d", "--keep")
    assert team("export", "cases", "-").stderr == "1 case\n"
    assert team("export", "people", "-").stderr == "3 people\n"
    assert team("export", "history", "-").stderr.endswith(" events\n")
