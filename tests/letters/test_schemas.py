"""What is printed of letters as JSON is what docs/reference/schemas says."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "schemas"
ETA = ("letter", "1", "--kind", "eta", "--json")


def problems(name: str, found: str) -> list[str]:
    schema = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return [error.message for error in Draft202012Validator(schema).iter_errors(json.loads(found))]


@pytest.mark.parametrize("answer", ["250 kept", "451 later", "554 never"])
def test_a_letter_is_as_its_schema_says(promised: Callable[..., Any], serve: Any, box: Any, answer: str) -> None:
    serve()
    box.data = answer
    for words in (ETA, (*ETA, "--send", "--request-id", "r1"), (*ETA, "--send", "--request-id", "r1")):
        assert problems("letter", promised(*words).stdout) == []
    for words in (("outbox", "list", "--status", "all", "--json"), ("outbox", "send", "--json")):
        assert problems("outbox", promised(*words).stdout) == []


def test_a_letter_about_an_account_is_as_its_schema_says(promised: Callable[..., Any]) -> None:
    welcome = ("letter", "acme", "--account", "--kind", "welcome", "--to", "kim@acme.example", "--json")
    assert problems("letter", promised(*welcome).stdout) == []
