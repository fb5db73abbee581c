"""People and customers of a file are added once each, all or nothing; who is here is never touched: TRUST 75 to 78."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Ask = Callable[..., Any]


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., str]:
    """Write a file: `sheet("name", "Ana Lee", "Bob Day")`."""

    def write(*lines: str, name: str = "sheet.csv") -> str:
        (tmp_path / name).write_text("\n".join([*lines, ""]), "utf-8")
        return str(tmp_path / name)

    return write


def rows(team: Ask, *words: str, code: int = 0, **facts: Any) -> list[dict[str, Any]]:
    found = team("import", *words, "--json", **facts)
    assert found.exit == code, found.stderr
    answer: list[dict[str, Any]] = json.loads(found.stdout)
    return answer


def outcomes(found: list[dict[str, Any]], key: str = "handle") -> dict[str, str]:
    return {row[key]: row["outcome"] for row in found}


def handles(team: Ask) -> list[str]:
    return [person["handle"] for person in json.loads(team("person", "list", "--json").stdout)]


# people -----------------------------------------------------------------------------------------------------------


def test_nothing_is_written_before_yes_is_said(team: Ask, sheet: Callable[..., str]) -> None:
    """78: a dry run is the default view."""
    file = sheet("name,email", "Ana Lee,ana@x.example")
    seen = team("import", "people", file)
    assert seen.exit == 0
    assert "1 row: 1 new; nothing was written — add --yes" in seen.stderr
    assert "ana-lee" not in handles(team)
    assert outcomes(rows(team, "people", file, "--yes")) == {"ana-lee": "new"}
    assert "ana-lee" in handles(team)


def test_the_same_file_again_adds_nobody(team: Ask, sheet: Callable[..., str]) -> None:
    """75."""
    file = sheet("handle,name,zone,manager", "ana,Ana Lee,Asia/Tokyo,bob", "bob,Bob Day,,carol")
    rows(team, "people", file, "--yes")
    again = team("import", "people", file, "--yes")
    assert (again.exit, again.stderr) == (0, "2 rows: 0 new, 2 already present; done\n")
    assert team("store", "check").exit == 0


def test_a_manager_may_stand_below_and_be_called_by_name(team: Ask, sheet: Callable[..., str]) -> None:
    found = rows(
        team, "people", sheet("name,boss", "Ana Lee,Bob Day", "Bob Day,Dana Ortiz"), "--map", "manager=boss", "--yes"
    )
    assert [(row["handle"], row["manager"]) for row in found] == [("ana-lee", "bob-day"), ("bob-day", "dana")]
    assert json.loads(team("person", "show", "ana-lee", "--json").stdout)["manager"] == "bob-day"


def test_two_people_of_one_name_have_two_handles_and_that_is_said(team: Ask, sheet: Callable[..., str]) -> None:
    file = sheet("name,email", "Anna Smith,a@x.example", "Anna Smith,b@x.example", "Anna Smith,a@x.example")
    said = team("import", "people", file, "--yes")
    assert "got a number: Anna Smith is anna-smith-2, because anna-smith is taken" in said.stderr
    assert "1 row left aside: said by another row already" in said.stderr
    assert outcomes(rows(team, "people", file)) == {"anna-smith": "present", "anna-smith-2": "present"}


def test_each_person_of_a_sheet_of_cases_is_taken_once(team: Ask, sheet: Callable[..., str]) -> None:
    file = sheet("Title,Rep", "Boxes,Ana Lee", "Bags,rob", "Tins,Ana Lee", "Cups,", "Jars,Carol Ames")
    found = rows(team, "people", file, "--map", "name=Rep", "--yes")
    assert outcomes(found) == {"ana-lee": "new", "rob": "present", "carol": "present"}


def test_who_is_here_with_other_details_is_told_and_not_touched(team: Ask, sheet: Callable[..., str]) -> None:
    (row,) = rows(team, "people", sheet("handle,name,phone", "carol,Carol Ames,+44 20 7946 0000"), "--yes")
    assert (row["outcome"], row["column"], row["reason"], row["fix"]) == (
        "changed", "phone", "carol has no phone here, and is not touched",
        "owncase person edit carol --phone '+44 20 7946 0000'",
    )  # fmt: skip
    assert json.loads(team("person", "show", "carol", "--json").stdout)["phone"] is None


BAD = {
    "ana,Ana Lee,ana@,,": ("email", "e-mail is not one plain address"),
    "Ana,Ana Lee,,,": ("handle", "handle has a capital letter at position 1"),
    "acme,Acme Lee,,,": ("handle", "the name acme is taken by a customer"),
    "ana,Ana\x1b[2J,,,": ("name", "name has an escape (U+001B) at position 4"),
    "ana,Ana \u202eLee,,,": ("name", "name has RIGHT-TO-LEFT OVERRIDE (U+202E) at position 5"),
    "ana,Ana\u200bLee,,,": ("name", "name has ZERO WIDTH SPACE (U+200B) at position 4"),
    "ana,Ana Lee,,Nobody Here,": ("manager", "nobody here is called Nobody Here"),
    "ana,Ana Lee,,ana,": ("manager", "ana and ana wait for each other in a circle of managers"),
    "ana,Ana Lee,,,dana": ("login", "the OS user dana is dana"),
    "ana,,,,": ("name", "the person has no name"),
    ",,a@x.example,,": ("name", "the person has no name"),
    "ana,Ana Lee,,": (None, "has 4 cells, the header 5"),
}


@pytest.mark.parametrize("line", BAD)
def test_a_bad_row_keeps_the_whole_file_out_unless_it_is_skipped(
    team: Ask, sheet: Callable[..., str], line: str
) -> None:
    """78: line, column, reason and what would mend it; nothing is half done."""
    file = sheet("handle,name,email,manager,login", "bob,Bob Day,,,", line)
    found = rows(team, "people", file, "--yes", code=65)
    column, reason = BAD[line]
    assert [(row["line"], row["outcome"], row["column"]) for row in found if row["outcome"] == "refused"] == [
        (3, "refused", column)
    ]
    assert reason in found[1]["reason"]
    assert found[1]["fix"]
    assert "bob" not in handles(team)
    rows(team, "people", file, "--yes", "--skip-bad")
    assert "bob" in handles(team)


def test_who_follows_a_refused_manager_is_refused_too(team: Ask, sheet: Callable[..., str]) -> None:
    file = sheet("name,email,manager", "Ana Lee,ana@,", "Bob Day,,Ana Lee", "Cy Moor,,bob-day", "Di West,,")
    found = rows(team, "people", file, "--skip-bad", "--yes")
    assert outcomes(found) == {"ana-lee": "refused", "bob-day": "refused", "cy-moor": "refused", "di-west": "new"}
    assert found[2]["reason"] == "bob-day is refused as well"


def test_managers_in_a_circle_are_refused(team: Ask, sheet: Callable[..., str]) -> None:
    found = rows(team, "people", sheet("handle,name,manager", "ana,Ana,bob", "bob,Bob,ana", "cy,Cy,bob"), code=65)
    assert outcomes(found) == {"ana": "refused", "bob": "refused", "cy": "refused"}


def test_one_handle_for_two_people_is_refused_with_both_lines(team: Ask, sheet: Callable[..., str]) -> None:
    """76."""
    found = rows(team, "people", sheet("handle,name", "ana,Ana Lee", "ana,Ann Low"), code=65)
    assert (found[1]["line"], found[1]["reason"]) == (3, "another name than line 2 says of ana")


def test_a_name_that_two_people_have_names_no_manager(team: Ask, sheet: Callable[..., str]) -> None:
    file = sheet("name,email,manager", "Ana Lee,a@x.example,", "Ana Lee,b@x.example,", "Bob Day,,Ana Lee")
    found = rows(team, "people", file, code=65)
    assert (found[2]["reason"], found[2]["fix"]) == ("2 people are called Ana Lee", "write ana-lee or ana-lee-2")


def test_people_come_from_any_format_and_from_stdin(team: Ask, sheet: Callable[..., str]) -> None:
    issues = json.dumps([{"assignee": {"login": "ana"}}, {"assignee": None}, {"assignee": {"login": "bob"}}])
    found = rows(team, "people", "-", "--map", "name=assignee.login", stdin=issues)
    assert outcomes(found) == {"ana": "new", "bob": "new"}
    assert outcomes(rows(team, "people", sheet("name;zone", "Ana;Asia/Tokyo"))) == {"ana": "new"}


def test_a_mapping_is_remembered_and_used_again(team: Ask, sheet: Callable[..., str]) -> None:
    file = sheet("Rep,Boss", "Ana Lee,carol")
    said = team("import", "people", file, "--map", "name=Rep,manager=Boss", "--save-mapping", "crm")
    assert "mapping crm remembered in " in said.stderr
    assert rows(team, "people", file, "--mapping", "crm")[0]["manager"] == "carol"
    listed = json.loads(team("import", "mappings", "--json").stdout)
    assert [row["origin"] for row in listed if row["mapping"] == "crm"] == ["yours"]
    assert {"github", "jira", "zendesk", "bugzilla", "nyc311", "taskwarrior", "todo.txt"} < {
        row["mapping"] for row in listed
    }


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--map", "name=Repp"], 65, "the file has no column Repp — did you mean Rep?"),
        (["--map", "nme=Rep"], 2, "there is no field nme — did you mean name?"),
        (["--mapping", "crn"], 66, "there is no mapping called crn"),
        (["--from", "xls"], 2, "--from takes no 'xls'"),
        (["--yes", "--dry-run"], 2, "--yes and --dry-run say different things"),
    ],
)
def test_a_wrong_wish_is_refused_with_what_is_near(
    team: Ask, sheet: Callable[..., str], words: list[str], code: int, said: str
) -> None:
    found = team("import", "people", sheet("Rep", "Ana"), *words)
    assert (found.exit, said in found.stderr) == (code, True), found.stderr


def test_no_cell_or_column_commands_a_terminal(team: Ask, sheet: Callable[..., str]) -> None:
    """4 to 8, 12."""
    file = sheet("Rep\x1b[2J,\u202eTeam", "Ana\x1b]0;x\x07,b", "Bob \u202eDay,c")
    for words in (["--map", "name=Rep"], ["--map", "name=Rep\x1b[2J"], ["--map", "name=\u202eTeam"]):
        found = team("import", "people", file, *words, terminal=True, environ={"NO_COLOR": "1"})
        assert not {"\x1b", "\x07", "\u202e"} & set(found.stdout + found.stderr), words


@pytest.mark.parametrize("what", ["people", "customers"])
def test_a_file_that_cannot_be_read_is_told_in_one_line(team: Ask, tmp_path: Path, what: str) -> None:
    for file, code in ((tmp_path, 66), (tmp_path / "none.csv", 66)):
        found = team("import", what, str(file), "--yes")
        assert (found.exit, found.stdout, found.stderr.count("\n")) == (code, "", 1)


# customers --------------------------------------------------------------------------------------------------------


def test_an_account_is_claimed_for_its_owner_until_they_acknowledge(team: Ask, sheet: Callable[..., str]) -> None:
    """Rule 12."""
    file = sheet("key,name,owner,second", "hull,Hull Docks,Dana Ortiz,carol", "york,York Mills,,")
    assert outcomes(rows(team, "customers", file, "--yes"), "key") == {"hull": "new", "york": "new"}
    hull, york = (json.loads(team("customer", "show", key, "--json").stdout) for key in ("hull", "york"))
    assert (hull["account_owner"], hull["claimed"], hull["pending"]["to"], hull["second"]) == (
        "dana",
        True,
        "dana",
        "carol",
    )
    assert (york["account_owner"], york["claimed"], york["pending"]) == ("rob", False, None)
    assert team("ack", "hull", by="dana").exit == 0
    again = team("import", "customers", file, "--yes")
    assert again.stderr == "2 rows: 0 new, 2 already present; done\n"
    assert team("store", "check").exit == 0


def test_nobody_joins_the_team_by_an_account(team: Ask, sheet: Callable[..., str]) -> None:
    (row,) = rows(team, "customers", sheet("name,owner", "Hull Docks,Ann Lee"), "--yes", code=65)
    assert (row["column"], row["reason"]) == ("owner", "nobody here is called Ann Lee")
    assert "owncase person add HANDLE --name 'Ann Lee'" in row["fix"]
    assert handles(team) == ["carol", "dana", "rob"]


def test_rows_that_differ_about_one_customer_are_a_question(team: Ask, sheet: Callable[..., str]) -> None:
    file = sheet("case,Customer,owner", "1,Hull Docks,dana", "2,Hull Docks,carol", "3,York Mills,")
    found = rows(team, "customers", file, "--map", "name=Customer", code=65)
    assert (found[1]["reason"], found[1]["fix"]) == (
        "another owner than line 2 says of Hull Docks", "mend one of them, or leave the column out: --map owner=",
    )  # fmt: skip
    found = rows(team, "customers", file, "--map", "name=Customer", "--map", "owner=", "--yes")
    assert outcomes(found, "key") == {"hull-docks": "new", "york-mills": "new"}


def test_a_customer_that_is_here_with_another_owner_is_not_touched(team: Ask, sheet: Callable[..., str]) -> None:
    (row,) = rows(team, "customers", sheet("key,name,owner", "acme,Acme Tools,dana"), "--yes")
    assert (row["outcome"], row["fix"]) == ("changed", "owncase customer handoff acme --to dana")


@pytest.mark.slow
def test_five_thousand_people_join_in_seconds(team: Ask, sheet: Callable[..., str]) -> None:
    lines = (f"p{n},Person {n},p{n * 7919 % n if n else 0}" for n in range(5000))
    file = sheet("handle,name,manager", "p0,Person 0,", *list(lines)[1:])
    found = team("import", "people", file, "--yes")
    assert "5,000 rows: 5,000 new; done" in found.stderr
    assert team("store", "check").exit == 0
