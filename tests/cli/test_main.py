"""One command line: where global options may stand, how errors look, and what the exit codes are."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from owncase.cli.tree import COMMANDS

OWNCASE = [sys.executable, "-m", "owncase"]


@pytest.mark.parametrize(
    "words",
    [
        ["--as", "dana", "config", "get", "as"],
        ["config", "--as", "dana", "get", "as"],
        ["config", "get", "--as=dana", "as"],
        ["config", "get", "as", "--as", "dana"],
    ],
)
def test_a_global_option_stands_before_or_after_the_verb(words: list[str], run: Callable[..., Any]) -> None:
    assert run(*words) == (0, "dana\n", "")


def test_after_two_dashes_nothing_is_an_option(run: Callable[..., Any]) -> None:
    code, _, stderr = run("config", "get", "--", "--as")
    assert code == 2
    assert "no setting called --as" in stderr


def test_a_flag_wins_over_the_environment_and_the_file(run: Callable[..., Any]) -> None:
    assert run("config", "get", "limit").stdout == "50\n"
    assert run("config", "set", "limit", "20").exit == 0
    assert run("config", "get", "limit").stdout == "20\n"
    assert run("config", "get", "limit", environ={"OWNCASE_LIMIT": "7"}).stdout == "7\n"
    assert run("config", "get", "as", "--as", "eve", environ={"OWNCASE_AS": "dana"}).stdout == "eve\n"


def test_writing_a_setting_keeps_the_comments_of_the_file(run: Callable[..., Any]) -> None:
    path = Path(run("config", "path").stdout.strip())
    path.parent.mkdir(parents=True)
    path.write_text("# mine\nlimit = 30 # enough\n")
    run("config", "set", "color", "never")
    assert path.read_text() == '# mine\nlimit = 30 # enough\ncolor = "never"\n'


def test_a_damaged_configuration_is_named(run: Callable[..., Any]) -> None:
    path = Path(run("config", "path").stdout.strip())
    path.parent.mkdir(parents=True)
    path.write_text("limit = ")
    code, _, stderr = run("config", "get", "limit")
    assert code == 78
    assert str(path) in stderr


def test_a_mistyped_verb_option_or_key_gets_a_suggestion(run: Callable[..., Any]) -> None:
    assert run("opne") == (2, "", "owncase: no such command 'opne' — did you mean 'open', 'done', 'reopen'?\n")
    assert run("--stroe", "x") == (2, "", "owncase: no such option: --stroe — did you mean --store?\n")
    assert run("config", "get", "limti").stderr == "owncase: there is no setting called limti — did you mean limit?\n"


def test_words_too_many_are_named_with_what_is_probably_missing(run: Callable[..., Any]) -> None:
    code, _, stderr = run("done", "1", "Called", "Pat")
    assert code == 2
    assert stderr == (
        "owncase: more words than owncase done takes: Called Pat — "
        'say which option they are for, with quotes around several: -n "Call Pat"; owncase done --help\n'
    )


def test_who_asks_for_help_in_words_is_told_how(run: Callable[..., Any]) -> None:
    assert "— owncase --help, or owncase VERB --help" in run("help").stderr
    assert "— owncase promise --help, or owncase promise VERB --help" in run("promise", "help").stderr


def test_a_folder_alone_names_its_verbs(run: Callable[..., Any]) -> None:
    code, stdout, stderr = run("report")
    assert (code, stdout) == (2, "")
    verbs = ", ".join(COMMANDS["report"].verbs)  # type: ignore[union-attr]
    assert stderr == f"owncase: owncase report needs one of {verbs} — owncase report --help\n"


@pytest.mark.parametrize("asked", [["--json"], ["-f", "json"], ["-fjson"], ["--format=json"]])
def test_an_error_is_json_where_json_was_asked_for(asked: list[str], run: Callable[..., Any]) -> None:
    code, stdout, stderr = run("opne", *asked)
    assert (code, stdout) == (2, "")
    error = json.loads(stderr)["error"]
    assert (error["code"], error["exit"], error["committed"]) == ("usage-problem", 2, False)


def test_bare_owncase_in_a_pipe_is_help(run: Callable[..., Any]) -> None:
    assert run() == run("--help") == run("-h")


def test_an_argument_that_is_not_utf8_is_bad_data(run: Callable[..., Any]) -> None:
    assert run("config", "get", "caf\udce9").exit == 65
    assert run("config", "get", "\ud800").exit == 65


def test_a_time_zone_that_does_not_exist_is_a_wrong_configuration(run: Callable[..., Any]) -> None:
    code, _, stderr = run("config", "get", "require-login", environ={"TZ": "Europe/Berlni"})
    assert code == 78
    assert "TZ=Europe/Berlni" in stderr


def test_without_a_store_the_answer_is_how_to_make_one(run: Callable[..., Any]) -> None:
    code, _, stderr = run("config", "set", "require-login", "true")
    assert code == 66
    assert "owncase init" in stderr
    assert "owncase tutorial" in stderr


def test_a_full_disk_under_stdout_is_told_with_whether_anything_was_saved() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "w") as full:
        done = subprocess.run([*OWNCASE, "config", "path"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 74
    assert done.stderr.startswith("owncase: No space left on device")
    assert "nothing was changed" in done.stderr


@pytest.mark.parametrize("words", ["config path", "--help", "--version"])
def test_a_closed_stdout_is_not_silence(words: str) -> None:
    shell = f'exec "$0" -m owncase {words} >&-'
    done = subprocess.run(["sh", "-c", shell, sys.executable], stderr=subprocess.PIPE, text=True)
    assert done.returncode == 74
    assert done.stderr == "owncase: standard output is closed — nothing was changed; check the file and its disk\n"


def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*OWNCASE, "config", "path"], stdout=write, stderr=subprocess.PIPE, text=True)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_it_with_its_own_code(number: int, code: int) -> None:
    script = (
        "import os, sys; sys.argv = ['owncase', 'config', 'path']; import owncase.cli.config.path as module;"
        f"module.settings_of = lambda ctx: os.kill(os.getpid(), {int(number)});"
        "from owncase.__main__ import main; sys.exit(main())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == code
    assert done.stderr.endswith("nothing was changed\n")


def test_an_ascii_terminal_gets_an_ascii_dash() -> None:
    plain = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*OWNCASE, "opne"], stderr=subprocess.PIPE, env=plain)
    assert done.stderr == b"owncase: no such command 'opne' - did you mean 'open', 'done', 'reopen'?\n"


def test_a_bug_is_one_line_unless_debugging(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    import owncase.cli.config.path as module

    monkeypatch.setattr(module, "settings_of", lambda ctx: {}["x"])
    code, _, stderr = run("config", "path")
    assert (code, stderr.count("\n")) == (70, 1)
    assert "Traceback" in run("config", "path", environ={"OWNCASE_DEBUG": "1"}).stderr
