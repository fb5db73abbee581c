"""Settings say where they come from; completion scripts are printed and no shell's file is touched."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from owncase.settings import KEYS, STORE_KEYS

Run = Callable[..., Any]


def test_a_setting_is_kept_in_the_users_file_and_says_so(run: Run) -> None:
    path = run("config", "path").stdout.strip()
    assert run("config", "get", "limit").stdout == "50\n"
    assert run("config", "set", "limit", "20").exit == 0
    found = json.loads(run("config", "get", "limit", "--json").stdout)
    assert (found["value"], found["origin"]) == ("20", path)
    assert Path(path).exists()


def test_flag_and_environment_come_before_the_file(run: Run) -> None:
    run("config", "set", "store", "/in/file")
    in_environment = {"OWNCASE_STORE": "/in/environment"}
    assert run("config", "get", "store").stdout == "/in/file\n"
    assert run("config", "get", "store", environ=in_environment).stdout == "/in/environment\n"
    assert run("config", "get", "store", "--store", "/in/flag", environ=in_environment).stdout == "/in/flag\n"


def test_the_list_has_every_setting_with_its_origin_even_without_a_store(run: Run) -> None:
    rows = {row["key"]: row for row in json.loads(run("config", "list", "--json").stdout)}
    assert {"store", "as", "limit", "pager", "color", "remote-command", "smtp-host", "require-login", "group"} < set(
        rows
    )
    assert set(rows) == {*KEYS, *STORE_KEYS}
    assert {row["origin"] for row in rows.values()} == {"default"}


def test_a_choice_of_the_store_is_the_founders(run: Run) -> None:
    run("init", "--me", "ada", "--name", "Ada")
    assert run("config", "set", "require-login", "true").exit == 0
    found = json.loads(run("config", "get", "require-login", "--json").stdout)
    assert (found["value"], found["origin"]) == ("true", "store")
    assert run("config", "set", "require-login", "yes").exit == 2


@pytest.mark.parametrize("words", [("get", "limt"), ("set", "limt", "1")])
def test_an_unknown_setting_is_a_usage_problem_with_the_near_one(run: Run, words: tuple[str, ...]) -> None:
    code, _, stderr = run("config", *words)
    assert code == 2
    assert "did you mean limit?" in stderr


@pytest.mark.parametrize("words", [("limit", "many"), ("color", "red")])
def test_a_value_that_would_not_do_is_refused(run: Run, words: tuple[str, ...]) -> None:
    assert run("config", "set", *words).exit == 2
    assert run("config", "list").exit == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_a_completion_script_is_printed_and_nothing_is_written(run: Run, tmp_path: Path, shell: str) -> None:
    code, stdout, stderr = run("completion", shell)
    assert (code, stderr) == (0, "")
    assert "_OWNCASE_COMPLETE" in stdout
    assert list((tmp_path / "home").iterdir()) == []


def test_an_unknown_shell_is_a_usage_problem(run: Run) -> None:
    assert run("completion", "csh").exit == 2
