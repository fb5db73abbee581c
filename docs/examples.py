"""Every command line shown in README.md and docs/guide is run, and what is printed below it is what it answered.

In a fenced `console` block a line `rob$ owncase …` is run by the OS user rob on a terminal of 100 columns, in one store
for each page that begins empty; `# 2026-11-24 09:00` sets the clock (UTC). A `sqlite3 STORE "…"` line runs plain SQL
past owncase. A block with a name behind its language, such as `csv team.csv`, is a file beside the store, and
`owncase shell < FILE` runs its lines. After `owncase shell` alone, `rob 3 · 1 to ack> …` is a line at its prompt.
`python docs/examples.py` writes the answers anew; the tests compare.
"""

import contextlib
import io
import re
import shlex
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from owncase.bootstrap import World
from owncase.cli.main import run
from owncase.cli.shell.prompt import prompt_of
from owncase.cli.shell.session import Session
from owncase.render.terminal import Terminal

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"(?ms)^```(?:console|[a-z]+ (?P<file>[a-z.-]+))\n(?P<body>.*?)^```$")
PROMPT = re.compile(r"^([a-z]+)\$ (.*)$")
CLOCK = re.compile(r"^# (\d{4}-\d\d-\d\d \d\d:\d\d)$")
AT_PROMPT = re.compile(r"^[a-z]+[^$>]*> (.*)$")
HEAD = re.compile(r"(owncase-head/v1) [0-9a-f]{32} (\d+) [0-9a-f]{16}")  # another one each time
SIZE = re.compile(r"^(Bytes +)\d+$")  # every change of the schema makes it another
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Screen(io.StringIO):
    """A terminal that only remembers."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """It says it is one."""
        return True


class Page:
    """One page's store, its users and its clock, which goes on by a minute with each command."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.at = START
        self.shell: Session | None = None

    def rewrite(self, text: str) -> str:
        """The page with the answers that its command lines give now."""
        return BLOCK.sub(self._block, text)

    def _block(self, block: re.Match[str]) -> str:
        if block["file"]:
            (self.folder / block["file"]).write_text(block["body"], "utf-8")
            return block[0]
        return f"```console\n{''.join(self._lines(block['body']))}```"

    def _lines(self, block: str) -> Iterator[str]:
        for line in block.splitlines():
            if moment := CLOCK.match(line):
                self.at = datetime.fromisoformat(moment[1]).replace(tzinfo=UTC)
                yield f"{line}\n"
            elif command := PROMPT.match(line):
                yield f"{line}\n"
                yield self._answer(command[1], shlex.split(command[2], comments=True))
            elif self.shell and (typed := AT_PROMPT.match(line)):
                yield f"{''.join(text for _, text in prompt_of(self.shell, Terminal()))}{typed[1]}\n"
                yield self._at_prompt(self.shell, typed[1])
            elif line.startswith("#") or not line.strip():
                yield f"{line}\n" if line else ""

    def _answer(self, user: str, words: list[str]) -> str:
        self.at += timedelta(minutes=1)
        if words[0] == "sqlite3":
            return self._past_owncase(words[-1])
        given = (self.folder / words.pop()).read_text("utf-8") if words[-2:-1] == ["<"] else ""
        world, screen = self._world(user, given)
        if words == ["owncase", "shell"]:
            self.shell = Session(world)
            return ""
        with contextlib.chdir(self.folder):
            run([word for word in words[1:] if word != "<"], world)
        return self._shown(screen)

    def _at_prompt(self, shell: Session, line: str) -> str:
        self.at += timedelta(minutes=1)
        screen = shell.world.stdout
        assert isinstance(screen, Screen)
        screen.seek(0)
        screen.truncate()
        shell.run_line(line)
        self.shell = None if shell.over else shell
        return self._shown(screen)

    def _world(self, user: str, stdin: str) -> tuple[World, Screen]:
        screen = Screen()
        environ = {"OWNCASE_STORE": str(self.folder / "store.db"), "COLUMNS": "100", "NO_COLOR": "1", "PAGER": "cat"}
        here = {"HOME": str(self.folder), "XDG_STATE_HOME": str(self.folder / user)}
        streams = (io.StringIO(stdin), screen, screen)
        return World(environ | here, self.folder, user, lambda: self.at, lambda: "UTC", *streams), screen

    def _shown(self, screen: Screen) -> str:
        lines = (
            SIZE.sub(r"\1…", HEAD.sub(r"\1 … \2 …", line)).rstrip()
            for line in screen.getvalue().replace(f"{self.folder}/", "").splitlines()
        )
        return "".join(f"{line}\n" for line in lines if line)

    def _past_owncase(self, sql: str) -> str:
        connection = sqlite3.connect(self.folder / "store.db", isolation_level=None)
        try:
            return "".join("|".join(map(str, row)) + "\n" for row in connection.execute(sql).fetchall())
        except sqlite3.Error as refused:
            return f"Error: {refused}\n"
        finally:
            connection.close()


def pages() -> list[Path]:
    """README and every page of the guide."""
    return [ROOT / "README.md", *sorted((ROOT / "docs" / "guide").glob("*.md"))]


def rewritten(page: Path) -> str:
    """The page as it would be written now."""
    with tempfile.TemporaryDirectory() as folder:
        return Page(Path(folder).resolve()).rewrite(page.read_text("utf-8"))


def main() -> int:
    """Write every page anew."""
    for page in pages():
        text = rewritten(page)
        if text != page.read_text("utf-8"):
            page.write_text(text, "utf-8")
            sys.stderr.write(f"{page.relative_to(ROOT)} written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
