"""Through a real sshd: what a command line answers there is what it would answer here."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import owncase

SOURCE = Path(owncase.__file__).parent.parent
OWNCASE = [sys.executable, "-m", "owncase"]


def test_a_store_is_made_and_worked_from_another_machine(there: Any) -> None:
    made = there.run("init", "--me", "ada", "--name", "Ada Lund", "--zone", "UTC")
    assert (made.returncode, made.stderr) == (0, b"")
    assert made.stdout.decode() == f"{there.store} · you are ada (Ada Lund), UTC\n"
    assert there.run("customer", "add", "norfolk", "--name", "Norfolk").returncode == 0
    assert list(there.here.iterdir()) == []
    assert json.loads(there.run_there("customer", "list", "--json").stdout)[0]["key"] == "norfolk"
    assert (there.home / ".local" / "state" / "owncase" / "heads").is_dir()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["list"], 0),
        (["list", "--wrong"], 2),
        (["note", "1"], 2),
        (["handoff", "1", "--to", "ada"], 3),
        (["done", "1", "-n", "Call", "-d", "01/02/03"], 65),
        (["show", "77"], 66),
        (["next", "--as", "nobody"], 66),
    ],
)
def test_exit_code_and_words_are_those_of_a_command_run_there(words: list[str], code: int, desk: Any) -> None:
    through, there = desk.run(*words), desk.run_there(*words)
    assert (through.returncode, through.stdout, through.stderr) == (there.returncode, there.stdout, there.stderr)
    assert through.returncode == code


def test_an_error_is_json_where_json_was_asked_for(desk: Any) -> None:
    assert json.loads(desk.run("show", "77", "--json").stderr)["error"]["exit"] == 66


def test_somebody_with_another_login_is_not_permitted(desk: Any) -> None:
    desk.run_there("person", "add", "dana", "--name", "Dana", "--login", "somebody-else")
    refused = desk.run("next", "--as", "dana")
    assert refused.returncode == 77
    assert b"dana is acted for only by the OS user somebody-else" in refused.stderr
    assert desk.run("next", OWNCASE_AS="dana").returncode == 77


def test_words_of_every_kind_arrive_as_they_were_typed(desk: Any) -> None:
    text = 'it\'s "5 > 3" & $HOME `id` $(id) * ? ! \\n \\\\ ~ #1; ä 日本\n\tsecond line \\'
    assert desk.run("note", "1", text).returncode == 0
    assert _notes(desk) == [text]


def test_a_text_comes_from_stdin(desk: Any) -> None:
    assert desk.run("note", "1", "-", stdin="zwei\nZeilen: é 日本\n").returncode == 0
    assert _notes(desk) == ["zwei\nZeilen: é 日本"]
    refused = desk.run("note", "1", "-", stdin=b"caf\xe9")
    assert refused.returncode == 65
    assert desk.run("note", "1", "-", stdin="x" * 70_000).returncode == 65
    assert len(_notes(desk)) == 1


def test_a_text_that_broke_off_on_the_way_is_not_noted(desk: Any) -> None:
    line = f"{desk.command} --here 12 --store {desk.environ['OWNCASE_STORE']} note 1 -"
    done = subprocess.run(["sh", "-c", line], input=b"half a t", capture_output=True, env=desk.environ)
    assert done.returncode == 69
    assert done.stderr == "owncase: stdin broke off, 4 bytes are missing — run it again\n".encode()
    assert _notes(desk) == []


def test_what_a_loop_reads_is_left_to_the_loop(desk: Any) -> None:
    loop = 'while read text; do "$0" -m owncase note 1 "$text" || exit; done'
    subprocess.run(["sh", "-c", loop, sys.executable], input=b"one\ntwo\n", env=desk.environ, check=True, timeout=60)
    assert _notes(desk) == ["one", "two"]


def test_lines_for_the_shell_are_run_there(desk: Any) -> None:
    done = desk.run("shell", stdin="note 1 from a file\nshow 77\nnote 1 never\n")
    assert (done.returncode, _notes(desk)) == (66, ["from a file"])
    assert b"line 2 ended with 66" in done.stderr


def test_five_megabytes_of_any_bytes_come_through_both_ways(desk: Any) -> None:
    sent = bytes(range(256)) * 20_000
    echo = f"{sys.executable} -c 'import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())'"
    done = desk.run("note", "1", "-", stdin=sent, OWNCASE_REMOTE_COMMAND=echo)
    assert (done.returncode, len(sent), done.stdout == sent) == (0, 5_120_000, True)


def test_a_file_from_here_is_imported_there_through_stdin(desk: Any) -> None:
    people = "handle,name\n" + "".join(f"p{number},Zoë {number}\n" for number in range(300))
    done = desk.run("import", "people", "-", "--yes", stdin=people)
    assert done.returncode == 0, done.stderr
    names = {person["name"] for person in json.loads(desk.run_there("person", "list", "--json").stdout)}
    assert {"Zoë 0", "Zoë 299"} <= names


def test_an_export_comes_back_and_makes_the_same_store(desk: Any) -> None:
    through, there = desk.run("export", "-"), desk.run_there("export", "-")
    assert through.returncode == 0
    assert through.stdout == there.stdout
    assert through.stdout.count(b"\n") > 3


def test_a_file_is_a_file_there(desk: Any) -> None:
    assert desk.run("store", "backup", str(desk.home / "backup.db")).returncode == 0
    assert (desk.home / "backup.db").is_file()


@pytest.mark.parametrize("there_set", ["", "ssh://desk.example", "ssh://third.example"])
def test_a_machine_whose_own_store_is_elsewhere_sends_nothing_on(there_set: str, desk: Any) -> None:
    command = f"env OWNCASE_STORE={there_set} {desk.command}"
    own = desk.home / ".local" / "share" / "owncase" / "owncase.db"
    with_path = desk.run("list", "--json", OWNCASE_REMOTE_COMMAND=command)
    assert (with_path.returncode, len(json.loads(with_path.stdout))) == (0, 1)
    without = desk.run("store", "info", OWNCASE_STORE="ssh://desk.example", OWNCASE_REMOTE_COMMAND=command)
    if there_set == "ssh://third.example":
        assert without.returncode == 78
        assert b"ssh://third.example: no store can be opened there from here" in without.stderr
    else:
        assert without.returncode == 66
        assert f"there is no store at {own}".encode() in without.stderr


def test_without_a_path_the_setting_there_counts(desk: Any) -> None:
    command = f"env OWNCASE_STORE={desk.store} {desk.command}"
    done = desk.run("show", "1", "--json", OWNCASE_STORE="ssh://desk.example", OWNCASE_REMOTE_COMMAND=command)
    assert json.loads(done.stdout)["title"] == "Disks damaged"


def test_a_path_may_be_below_the_home_there(desk: Any) -> None:
    assert desk.run("show", "1", OWNCASE_STORE="ssh://desk.example/~/team.db").returncode == 0


def test_the_lines_of_the_guide_do_what_it_says(desk: Any, tmp_path: Path) -> None:
    page = (SOURCE.parent / "docs" / "guide" / "sharing.md").read_text("utf-8")
    lines = page.partition("## From another machine")[2].partition("```sh\n")[2].partition("```")[0]
    script = lines.replace("/srv/cases/team.db", str(desk.store))
    assert script != lines
    program = desk.machine.folder / "bin" / "owncase"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m owncase "$@"\n')
    program.chmod(0o755)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], env=desk.environ, cwd=desk.here, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout.splitlines()[-1][:9]) == (0, '[{"case":')
    assert _notes(desk) == ["Pat called back", "Two boxes, both wet"]
    assert (desk.here / "copy.jsonl").read_bytes() == desk.run_there("export", "-").stdout


# ------------------------------------------------------------------------------------------------- what goes wrong


def test_a_machine_that_does_not_answer(desk: Any) -> None:
    done = desk.run("list", OWNCASE_STORE="ssh://gone.example")
    assert (done.returncode, done.stdout) == (69, b"")
    said = done.stderr.decode()
    assert said.startswith("owncase: gone.example could not be reached through ssh: connect to host 127.0.0.1 port ")
    assert said.endswith(": Connection refused — try ssh gone.example true\n")


def test_a_machine_whose_key_is_another_one(desk: Any) -> None:
    done = desk.run("list", "--json", OWNCASE_STORE="ssh://stranger.example")
    assert (done.returncode, done.stdout) == (69, b"")
    assert json.loads(done.stderr)["error"] == {
        "code": "unreachable",
        "message": "stranger.example could not be reached through ssh: Host key verification failed.",
        "fix": "try ssh stranger.example true",
        "exit": 69,
        "committed": False,
    }


def test_a_machine_that_knows_no_such_user(desk: Any) -> None:
    done = desk.run("list", OWNCASE_STORE="ssh://nobody-here@desk.example")
    assert done.returncode == 69
    assert b"Permission denied" in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("command", ["owncase-of-nowhere", "/nowhere/owncase", "/etc"])
def test_a_machine_without_owncase(command: str, desk: Any) -> None:
    done = desk.run("list", OWNCASE_REMOTE_COMMAND=command)
    assert (done.returncode, done.stdout) == (69, b"")
    assert done.stderr.decode().splitlines()[-1] == (
        f"owncase: on desk.example there is no {command} that can be run — "
        "install it there, or say how it is called: owncase config set remote-command /PATH/owncase"
    )


@pytest.mark.parametrize("ending", ["kill -9 $$", "kill -9 $$ & wait; exit 137", "exit 255"])
def test_a_command_that_is_killed_there_may_have_been_done(ending: str, desk: Any) -> None:
    done = desk.run("list", "--json", OWNCASE_REMOTE_COMMAND=f"sh -c '{ending}'")
    assert done.returncode == 69
    error = json.loads(done.stderr.splitlines()[-1])["error"]  # the shell there may have said something before
    gone = "desk.example gave no answer: the connection broke off, or the command there was killed"
    assert (error["message"], error["committed"]) == (gone, None)
    assert error["fix"] == "try ssh desk.example true, and look before you repeat a change"


def test_a_reader_that_goes_away_ends_it_quietly(desk: Any) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*OWNCASE, "list"], stdout=write, stderr=subprocess.PIPE, env=desk.environ)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_full_disk_under_stdout_is_told(desk: Any) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "w") as full:
        done = subprocess.run([*OWNCASE, "note", "1", "kept"], stdout=full, stderr=subprocess.PIPE, env=desk.environ)
    assert done.returncode == 74
    assert done.stderr.decode() == (
        "owncase: No space left on device — free some space and run it again; "
        "look on desk.example before you repeat a change\n"
    )
    assert _notes(desk) == ["kept"]


def test_a_closed_stdout_is_not_silence(desk: Any) -> None:
    shell = 'exec "$0" -m owncase list >&-'
    done = subprocess.run(["sh", "-c", shell, sys.executable], stderr=subprocess.PIPE, env=desk.environ)
    assert done.returncode == 74
    assert b"standard output is closed" in done.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_it_with_its_own_code_and_ends_ssh(number: int, code: int, desk: Any) -> None:
    forever = "sh -c 'while echo there; do sleep 0.1; done'"
    running = subprocess.Popen(
        [*OWNCASE, "list"],
        env=desk.environ | {"OWNCASE_REMOTE_COMMAND": forever},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == b"there\n"
    running.send_signal(number)
    _, stderr = running.communicate(timeout=20)
    assert running.returncode == code
    assert stderr.decode().endswith("look on desk.example before you repeat a change\n")


def _notes(desk: Any) -> list[str]:
    told = json.loads(desk.run_there("history", "1", "--json").stdout)
    return [event["text"] for event in told if event["kind"] == "case.noted"]
