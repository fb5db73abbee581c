"""A long text is written in the editor of whoever writes it, and is lost by nothing that goes wrong afterwards."""

import json
import os
import re
import shlex
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pytest

from owncase.cli.editor import NoEditor, editor

WRITES = """\
import os, pathlib, stat, sys
file = pathlib.Path(sys.argv[-1])
print("MODE", oct(stat.S_IMODE(file.stat().st_mode)), file.suffix)
print("BEGAN", repr(file.read_text()))
file.write_text(os.environ["TYPED"].replace("|", chr(10)) + file.read_text())
sys.exit(int(os.environ.get("ENDS", "0")))
"""


class Typist:
    """Somebody at a real terminal whose editor types for them."""

    def __init__(self, folder: Path, store: Path) -> None:
        self.folder, self.store = folder, store
        (folder / "editor.py").write_text(WRITES)
        (folder / "drafts").mkdir()

    def __call__(self, *words: str, typed: str = "", **environ: str) -> tuple[int, str]:
        """Run a command line and give its exit code and everything that was on the screen."""
        own = shlex.join([sys.executable, "-I", str(self.folder / "editor.py"), "--wait"])
        world = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder / "home"), "TMPDIR": str(self.folder / "drafts"),
            "PYTHONPATH": os.pathsep.join(sys.path), "OWNCASE_STORE": str(self.store), "OWNCASE_AS": "carol",
            "LANG": "C.UTF-8", "TERM": "dumb", "EDITOR": own, "TYPED": typed, **environ,
        }  # fmt: skip
        screen = pexpect.spawn(
            sys.executable, ["-m", "owncase", *words], env=world, encoding="utf-8", timeout=60, dimensions=(24, 200)
        )
        told = screen.read()
        screen.close()
        return int(screen.exitstatus or 0), told.replace("\r\n", "\n")

    def drafts(self) -> list[Path]:
        """The files that were left."""
        return list((self.folder / "drafts").iterdir())


@pytest.fixture
def typist(kept: Any, tmp_path: Path) -> Typist:
    """Carol at a terminal, where case 1 is rob's."""
    return Typist(tmp_path, tmp_path / "team.db")


def notes(team: Callable[..., Any]) -> list[str]:
    return [note["text"] for note in json.loads(team("show", "1", "--json").stdout)["notes"]]


def test_a_note_is_written_in_a_private_file_that_says_what_it_is_for(typist: Typist, kept: Any) -> None:
    code, screen = typist("note", "1", "-e", typed="Pat called.||#1 is urgent|# left out|Bye")
    assert code == 0, screen
    assert "MODE 0o600 .txt" in screen
    assert "\\n# Note, for case 1: Disks damaged\\n# Lines that begin with" in screen
    assert notes(kept)[-1] == "Pat called.\n\n#1 is urgent\nBye"
    assert typist.drafts() == []


@pytest.mark.parametrize("typed", ["", " ", "# only a comment"])
def test_an_empty_text_writes_nothing(typist: Typist, kept: Any, typed: str) -> None:
    before = notes(kept)
    code, screen = typist("note", "1", "-e", typed=typed)
    assert (code, screen.splitlines()[-1]) == (
        2, "owncase: nothing written — write a text, or give the text as - on stdin",
    )  # fmt: skip
    assert notes(kept) == before
    assert typist.drafts() == []


@pytest.mark.parametrize(
    ("words", "ends", "refusal"),
    [
        (("done", "1", "-n", "Look", "-d", "+3d", "-e"), "0", (3, "case 1 is rob's, not carol's")),
        (("note", "1", "-e", "--if-version", "9"), "0", (4, "case 1 is at version")),
        (("note", "1", "-e"), "7", (2, "nothing written: ")),
    ],
)
def test_what_was_typed_is_kept_when_it_cannot_be_written(
    typist: Typist, kept: Any, words: tuple[str, ...], ends: str, refusal: tuple[int, str]
) -> None:
    ended, screen = typist(*words, typed="A long story", ENDS=ends)
    assert (ended, refusal[1] in screen) == (refusal[0], True), screen
    (draft,) = typist.drafts()
    assert f"your text is kept: say - < {draft}" in screen
    assert draft.read_text() == "A long story\n"
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    assert kept("note", "1", "-", stdin=draft.read_text()).exit == 0
    assert notes(kept)[-1] == "A long story"


def test_a_text_that_is_no_text_stays_as_it_is(typist: Typist) -> None:
    long = "x" * 70_000
    code, screen = typist("note", "1", "-e", typed=long)
    assert (code, "at most 65,536 fit" in screen) == (65, True)
    assert typist.drafts()[0].read_text() == f"{long}\n"


def test_an_editor_that_is_not_there_is_named_before_anything_is_typed(typist: Typist) -> None:
    code, screen = typist("note", "1", "-e", EDITOR="no-such-editor --wait")
    assert code == 78
    assert "EDITOR='no-such-editor --wait' names no program here — set EDITOR to an editor" in screen
    assert typist.drafts() == []


def test_ctrl_c_is_the_editors(typist: Typist, kept: Any, tmp_path: Path) -> None:
    pressed = tmp_path / "pressed.py"
    pressed.write_text(
        "import os, signal, sys\nsignal.signal(signal.SIGINT, lambda *_: None)\n"
        "os.killpg(0, signal.SIGINT)\nopen(sys.argv[1], 'a').write('\\nStill here')\n"
    )
    code, screen = typist("note", "1", "-e", EDITOR=shlex.join([sys.executable, "-I", str(pressed)]))
    assert (code, notes(kept)[-1]) == (0, "Still here"), screen


def test_without_a_terminal_the_text_comes_from_stdin(kept: Any) -> None:
    code, stdout, stderr = kept("note", "1", "--editor")
    assert (code, stdout) == (2, "")
    assert stderr == "owncase: --editor needs a terminal — give the text as - on stdin\n"


def test_said_and_edited_are_two_texts(kept: Any) -> None:
    assert "the note is said already, and --editor asks for it" in kept("note", "1", "Pat", "called", "-e").stderr


def test_an_unknown_case_is_told_before_anything_is_typed(typist: Typist) -> None:
    code, screen = typist("note", "99", "-e", typed="For nothing")
    assert (code, "MODE" in screen) == (66, False)


COMMANDS = [
    ("rob", "replan 1 -d 2027-01-08", "because"),
    ("rob", "handoff 1 --to dana", "note"),
    ("rob", "void 1 --reason mistake", "note"),
    ("rob", "done 1 -n Look -d 2027-01-08", "did"),
]


@pytest.mark.parametrize(("who", "words", "field"), COMMANDS, ids=[words.split()[0] for _, words, _ in COMMANDS])
def test_every_long_text_may_be_edited(
    kept: Any, monkeypatch: pytest.MonkeyPatch, who: str, words: str, field: str
) -> None:
    monkeypatch.setattr("owncase.cli.editor._run", lambda words, environ: Path(words[-1]).write_text("Long\nstory\n"))
    done = kept(*words.split(), "-e", by=who, terminal=True, environ={"EDITOR": "true"})
    assert done.exit == 0, done.stderr
    told = json.loads(kept("history", "1", "--json").stdout)
    assert told[-1]["data"][field] == "Long\nstory"


def test_no_and_coming_back_too(kept: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("owncase.cli.editor._run", lambda words, environ: Path(words[-1]).write_text("Long\nstory\n"))
    at = {"terminal": True, "environ": {"EDITOR": "true"}}
    kept("handoff", "1", "--to", "dana")
    assert kept("decline", "1", "--reason", "away", "-e", by="dana", **at).exit == 0
    kept("close", "1", "--outcome", "x", "--confirmed-by", "y")
    kept("ack", "1", by="dana")
    assert kept("reopen", "1", "-e", "-n", "Look", "-d", "2027-01-08", **at).exit == 0
    told = json.loads(kept("history", "1", "--json").stdout)
    assert [event["text"] for event in told if event["kind"] in ("handoff.declined", "case.reopened")] == [
        "Long\nstory"
    ] * 2


def test_visual_comes_before_editor_and_a_usual_one_last(tmp_path: Path) -> None:
    for name in ("mine", "theirs", "vi"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    here = {"PATH": str(tmp_path)}
    assert editor({**here, "VISUAL": "mine --wait 'a b'", "EDITOR": "theirs"}) == ["mine", "--wait", "a b"]
    assert editor({**here, "VISUAL": " ", "EDITOR": "theirs"}) == ["theirs"]
    assert editor(here) == [str(tmp_path / "vi")]
    for said in ("'never ends", "''", "nowhere"):
        with pytest.raises(NoEditor, match=re.escape("EDITOR=")):
            editor({**here, "EDITOR": said})
    with pytest.raises(NoEditor, match="no editor was found"):
        editor({"PATH": str(tmp_path / "empty")})
