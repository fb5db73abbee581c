"""Every command runs on the machine that has the store, but for a few that need none."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from owncase.cli import elsewhere, lazy
from owncase.cli.tree import COMMANDS, Branch, Verb

HERE = {("config", verb) for verb in ("get", "list", "path", "set")} | {("completion",), ("demo",), ("tutorial",)}
ASKED = {("config", "get"): ("limit",), ("config", "set"): ("limit", "5"), ("completion",): ("bash",)}
SSH = """#!{python}
import json, os, sys
sent = dict(words=sys.argv[1:], stdin=sys.stdin.read())
open({log!r}, "a").write(json.dumps(sent) + "\\n")
print("there")
sys.exit(7)
"""
Sent = Callable[..., tuple[Any, list[dict[str, Any]]]]


def leaves(
    verbs: Mapping[str, Verb | Branch] = COMMANDS, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Verb]]:
    for name, verb in verbs.items():
        if isinstance(verb, Branch):
            yield from leaves(verb.verbs, (*path, name))
        else:
            yield (*path, name), verb


@pytest.fixture
def sent(run: Callable[..., Any], tmp_path: Path) -> Sent:
    """Run a line, and give the answer with whatever was sent through an ssh that only writes down and ends with 7."""
    log = tmp_path / "sent"
    ssh = tmp_path / "bin" / "ssh"
    ssh.parent.mkdir()
    ssh.write_text(SSH.format(python=sys.executable, log=str(log)))
    ssh.chmod(0o755)

    def runner(*words: str, stdin: str = "", **environ: str) -> tuple[Any, list[dict[str, Any]]]:
        log.unlink(missing_ok=True)
        facts = {"PATH": f"{ssh.parent}:{os.environ['PATH']}", "OWNCASE_STORE": "ssh://desk.example"}
        answered = run(*words, stdin=stdin, environ=facts | environ)
        lines = log.read_text().splitlines() if log.exists() else []
        return answered, [json.loads(line) for line in lines]

    return runner


@pytest.mark.parametrize("path", [pytest.param(path, id=" ".join(path)) for path, _ in leaves()])
def test_a_command_runs_there_or_is_one_of_the_few_that_run_here(path: tuple[str, ...], sent: Sent) -> None:
    answered, lines = sent(*path, *ASKED.get(path, ()))
    if path in HERE:
        assert lines == []
        assert answered.exit == (2 if path == ("tutorial",) else 0)  # which is for a terminal
    else:
        assert answered == (7, "there\n", "")
        assert lines[0]["words"][-1].endswith(f"--store ssh://desk.example {' '.join(path)}")


def test_the_few_are_the_ones_the_program_lists() -> None:
    assert elsewhere.HERE == HERE


def test_a_line_is_sent_before_its_command_is_imported(sent: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lazy, "import_module", lambda name: pytest.fail(f"{name} was imported"))
    assert sent("open", "Disks damaged", "-c", "norfolk")[0].exit == 7


@pytest.mark.parametrize(
    "words", [["list", "--help"], ["list", "-h"], ["--version"], ["--help"], ["promise"], ["opne"]]
)
def test_help_the_version_and_a_verb_that_is_none_are_answered_here(words: list[str], sent: Sent) -> None:
    assert sent(*words)[1] == []


@pytest.mark.parametrize(
    "words",
    [
        ["--store", "ssh://desk.example/x", "list"],
        ["list", "--store", "ssh://desk.example/x"],
        ["list", "--store=ssh://desk.example/x"],
        ["--store", "ssh://other.example", "list", "--store", "ssh://desk.example/x"],
    ],
)
def test_the_store_may_be_named_before_or_after_the_verb(words: list[str], sent: Sent) -> None:
    _, lines = sent(*words, OWNCASE_STORE="/nowhere.db")
    assert lines[0]["words"][-2:] == [
        "desk.example",
        f"owncase --here 0 --store ssh://desk.example/x {' '.join(words)}",
    ]


def test_a_store_here_wins_over_a_setting_that_names_one_there(sent: Sent, tmp_path: Path) -> None:
    for words in (["--store", str(tmp_path / "x.db"), "list"], ["list", "--store", str(tmp_path / "x.db")]):
        answered, lines = sent(*words)
        assert (answered.exit, lines) == (66, [])


def test_a_text_that_looks_like_an_option_decides_nothing(sent: Sent) -> None:
    _, lines = sent("done", "1", "-n", "--store", "-d", "fri")
    assert lines[0]["words"][-1].endswith("--store ssh://desk.example done 1 -n --store -d fri")
    assert sent("note", "1", "--", "--help")[1] != []


def test_what_holds_in_the_store_is_asked_there_and_own_settings_are_not(sent: Sent) -> None:
    assert sent("config", "get", "require-login")[0] == (7, "there\n", "")
    assert sent("config", "set", "require-login", "true")[0].exit == 7
    answered, lines = sent("config", "list", "-f", "table")
    assert (answered.exit, lines) == (0, [])
    assert "the store on desk.example" in answered.stdout


def test_stdin_is_sent_where_a_dash_asks_for_it_and_else_left_alone(sent: Sent) -> None:
    def received(*words: str) -> list[str]:
        return [line["stdin"] for line in sent(*words, stdin="héllo\n")[1]]

    assert received("note", "1", "-") == ["héllo\n"]
    assert received("handoff", "1", "--to", "dana", "--note=-") == ["héllo\n"]
    assert received("open", "Rain", "--promise", "a roof", "--promise", "-") == ["héllo\n"]
    assert received("export", "-") == ["héllo\n"]
    assert received("shell") == ["héllo\n"]
    assert received("note", "1", "called Pat") == [""]
    assert received("note", "1", "called", "-", "no", "answer") == [""]
    assert received("list") == [""]


def test_the_length_of_stdin_is_said(sent: Sent) -> None:
    assert "owncase --here 7 --store" in sent("note", "1", "-", stdin="héllo\n")[1][0]["words"][-1]


def test_who_acts_and_how_it_looks_come_from_here(sent: Sent, run: Callable[..., Any]) -> None:
    run("config", "set", "as", "ada")
    run("config", "set", "color", "never")
    line = sent("list", NO_COLOR="1", COLUMNS="90", LANG="de_DE.UTF-8")[1][0]["words"][-1]
    assert (
        line
        == "env NO_COLOR=1 COLUMNS=90 OWNCASE_COLOR=never owncase --here 0 --store ssh://desk.example --as ada list"
    )


def test_what_ssh_is_told(sent: Sent) -> None:
    words = sent("list", OWNCASE_STORE="ssh://ada@desk.example:2222/x")[1][0]["words"]
    log = words[words.index("-E") + 1]
    options = ["-T", "-o", "LogLevel=ERROR", "-o", "RemoteCommand=none", "-E", log, "-p", "2222", "--"]
    assert words[:-1] == [*options, "ada@desk.example"]
    assert not Path(log).exists()


@pytest.mark.parametrize("words", [["--no-input", "list"], ["list", "--no-input"]])
def test_ssh_asks_nothing_where_nothing_may_be_asked(words: list[str], sent: Sent) -> None:
    assert "BatchMode=yes" in sent(*words)[1][0]["words"]


def test_the_program_there_may_be_several_words(sent: Sent) -> None:
    command = sent("list", OWNCASE_REMOTE_COMMAND="'/opt/our tools/owncase' -x")[1][0]["words"][-1]
    assert command.startswith("'/opt/our tools/owncase' -x --here 0")
    answered, lines = sent("list", OWNCASE_REMOTE_COMMAND="'owncase")
    assert (answered.exit, lines) == (78, [])
    assert answered.stderr.startswith("owncase: remote-command is no command (OWNCASE_REMOTE_COMMAND)")


def test_without_an_ssh_program_it_says_what_to_install(run: Callable[..., Any], tmp_path: Path) -> None:
    environ = {"PATH": str(tmp_path), "OWNCASE_STORE": "ssh://desk.example"}
    code, stdout, stderr = run("list", environ=environ)
    assert (code, stdout) == (69, "")
    assert stderr == (
        "owncase: an ssh:// store needs the program ssh, and there is none — "
        "install OpenSSH's client (openssh-client)\n"
    )
    assert json.loads(run("list", "--json", environ=environ).stderr)["error"]["code"] == "no-ssh"


def test_a_line_longer_than_the_system_takes_is_refused(sent: Sent) -> None:
    answered, lines = sent("note", "1", "x" * 200_000)
    assert (answered.exit, lines) == (2, [])
    assert "say the long text on stdin" in answered.stderr
