"""A long text is written in the editor of whoever writes it, on a file that nobody else reads, and is never lost.

The editor runs before anything is written to the store. Whatever goes wrong after a text was typed, the text stays in
its file, and where that is is said.
"""

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import typer

from owncase.cli.context import can_ask, world_of
from owncase.cli.signals import typed_to_another
from owncase.errors import BadData, Misconfigured, UsageProblem
from owncase.render.safe import safe

COMMENT = "# "
USUAL = ("sensible-editor", "nano", "vi", "notepad")
"""What is tried where neither VISUAL nor EDITOR names an editor."""
LONGEST_FILE = 1 << 20
OTHERWISE = "or give the text as - on stdin"


class NoEditor(Misconfigured):
    """The editor that is named cannot be run, or none is named and none was found."""


class EditorFailed(UsageProblem):
    """The editor ended with an error, and so nothing is written."""


class NothingWritten(UsageProblem):
    """The text came back empty."""


class Draft:
    """A text in a file of its own, which only its author may read."""

    def __init__(self, heading: str, begun: str = "") -> None:
        handle, name = tempfile.mkstemp(prefix="owncase-", suffix=".md" if begun else ".txt")  # 0600
        self.path = Path(name)
        self._comment = not begun
        if begun:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(f"{begun}\n")
            return
        comment = f"{heading}\nLines that begin with '# ' are left out. Without any text nothing is written."
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("\n" + "".join(f"{COMMENT}{line}\n" for line in comment.splitlines()))

    @property
    def text(self) -> str:
        """What was written, without the comment. Raises BadData for what is no text."""
        with self.path.open("rb") as file:
            written = file.read(LONGEST_FILE + 1)
        if len(written) > LONGEST_FILE:
            raise BadData("what the editor wrote is longer than 1 MiB", fix="keep it in a file and note its path")
        try:
            lines = written.decode("utf-8").splitlines(keepends=True)
        except UnicodeDecodeError:
            raise BadData("what the editor wrote is not UTF-8", fix="set the editor to UTF-8") from None
        return "".join(line for line in lines if not (self._comment and line.startswith(COMMENT))).strip("\r\n")

    def leave(self, ctx: typer.Context) -> None:
        """Say where the text is, ready to be read from stdin; where nothing was typed, nothing stays."""
        try:
            if not (text := self.text).strip():
                self.discard()
                return
            self.path.write_text(f"{text}\n", "utf-8")
        except FileNotFoundError:
            return
        except BadData:
            pass  # it stays as it is
        again = "say - <" if self._comment else "owncase playbook add"
        world_of(ctx).stderr.write(f"your text is kept: {again} {safe(shlex.quote(str(self.path)))}\n")

    def discard(self) -> None:
        """The text is in the store, or there is none."""
        self.path.unlink(missing_ok=True)


def write(ctx: typer.Context, heading: str, begun: str = "") -> Draft:
    """Let whoever acts write a text, or go on with one that is `begun`, of which every line is part.

    Raises UsageProblem without a terminal, `NothingWritten` and `NoEditor`."""
    world = world_of(ctx)
    if not (can_ask(ctx) and world.stdout.isatty()):
        raise UsageProblem("--editor needs a terminal", fix="give the text as - on stdin")
    words = editor(world.environ)
    draft = Draft(heading, begun)
    try:
        _run([*words, str(draft.path)], world.environ)
        if not _text_of(draft).strip():
            raise NothingWritten("nothing written", fix=f"write a text, {OTHERWISE}")
    except BaseException:
        draft.leave(ctx)
        raise
    return draft


def editor(environ: Mapping[str, str]) -> list[str]:
    """The editor as words: what VISUAL or else EDITOR says, or a usual one."""
    named = next(((name, environ[name]) for name in ("VISUAL", "EDITOR") if environ.get(name, "").strip()), None)
    if named is None:
        found = next(filter(None, (shutil.which(name, path=environ.get("PATH")) for name in USUAL)), None)
        if found is None:
            raise NoEditor("no editor was found", fix=f"set EDITOR to one, {OTHERWISE}")
        return [found]
    name, said = named
    try:
        words = shlex.split(said)
    except ValueError:
        raise NoEditor(f"{name}={said!r} has a quote that does not end", fix=f"set {name} right, {OTHERWISE}") from None
    if not words or shutil.which(words[0], path=environ.get("PATH")) is None:
        raise NoEditor(f"{name}={said!r} names no program here", fix=f"set {name} to an editor, {OTHERWISE}")
    return words


def _run(words: list[str], environ: Mapping[str, str]) -> None:
    try:
        running = subprocess.Popen(words, env=environ)  # noqa: S603 - the author's own choice, and no shell
    except OSError as trouble:
        raise NoEditor(f"{words[0]} cannot be run: {trouble.strerror}", fix=f"set EDITOR, {OTHERWISE}") from trouble
    with running, typed_to_another():
        code = running.wait()
    if code:
        raise EditorFailed(f"nothing written: {words[0]} ended with {code}", fix=f"set EDITOR, {OTHERWISE}")


def _text_of(draft: Draft) -> str:
    try:
        return draft.text
    except FileNotFoundError:
        return ""
