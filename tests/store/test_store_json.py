"""What the commands of the store's care print as JSON is what docs/reference/schemas says."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "schemas"


@pytest.fixture
def say(team: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
    """Run `owncase store …` with `--json`, hold the answer against its schema, and give it."""

    def answered(verb: str, *words: str, code: int = 0) -> dict[str, Any]:
        done = team("store", verb, *words, "--json")
        assert done.exit == code, done
        found: dict[str, Any] = json.loads(done.stdout)
        schema = json.loads((FOLDER / f"store-{verb}.json").read_text("utf-8"))
        Draft202012Validator.check_schema(schema)
        assert [error.message for error in Draft202012Validator(schema).iter_errors(found)] == []
        assert set(schema["required"]) == set(found)
        return found

    return answered


def test_the_facts_of_a_store(say: Callable[..., Any], team: Callable[..., Any]) -> None:
    head, info, check = say("head"), say("info"), say("check")
    assert head["line"] == team("store", "head").stdout.strip()
    assert (head["store"], head["seq"], head["hash"]) == (check["store"], check["events"], check["hash"])
    assert (info["store"], info["events"], info["people"], info["customers"]) == (head["store"], head["seq"], 3, 2)
    assert (check["sound"], check["findings"], check["left_out"], check["notes"]) == (True, [], 0, [])


def test_a_backup_and_its_return(say: Callable[..., Any], team: Callable[..., Any], tmp_path: Path) -> None:
    made = say("backup", str(tmp_path / "backup.db"))
    assert team("customer", "edit", "acme", "--name", "Acme").exit == 0
    back = say("restore", str(tmp_path / "backup.db"), "--lose-events", "1")
    assert (back["events"], back["hash"], back["lost"]) == (made["events"], made["hash"], 1)
    assert Path(back["kept"]).exists()


def test_what_is_wrong_is_named_and_made_anew(say: Callable[..., Any], tmp_path: Path) -> None:
    assert say("upgrade") == {"made_anew": False, "events": None, "backup": None}
    with closing(sqlite3.connect(tmp_path / "team.db")) as connection:
        connection.executescript("DROP TRIGGER person_update; UPDATE person SET place = 'Rome' WHERE handle = 'dana'")
    wrong = say("check", code=1)
    assert {one["kind"] for one in wrong["findings"]} == {"schema", "row"}
    assert (wrong["sound"], wrong["history_sound"]) == (False, True)
    assert say("upgrade", "--rebuild")["events"] == wrong["events"] + 1
    assert say("check")["sound"]


def test_what_a_redaction_removed(say: Callable[..., Any], team: Callable[..., Any], tmp_path: Path) -> None:
    assert team("open", "Belt", "-c", "acme", "-n", "Call", "-d", "+1d", "--keep").exit == 0
    assert team("void", "1", "--reason", "mistake").exit == 0
    say("backup", str(tmp_path / "backup.db"))
    reason = ("--because", "They asked")
    for target, words in (
        ("1", ("--dry-run",)),
        ("1", (*reason, "--yes")),
        ("1", ("--yes",)),
        ("acme", ("--dry-run",)),
    ):
        assert say("redact", target, *words)["target"] == target
    assert say("check")["redacted"] == 2
