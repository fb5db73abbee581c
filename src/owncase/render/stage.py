"""A story on a screen: headings, what people type, and what is answered; plain text where there is no colour."""

import re
import shlex
from collections.abc import Sequence
from textwrap import wrap
from typing import TextIO

from owncase.render.safe import ascii_only, safe
from owncase.render.terminal import Terminal

NARROWEST, WIDEST, UNKNOWN = 40, 110, 100
"""Widths of the story in character cells; `UNKNOWN` is for what is not a terminal."""
INDENT = "  "
QUOTED = re.compile(r"`[^`]*`")


class Stage:
    """Where a story is shown, line by line."""

    def __init__(self, stream: TextIO, terminal: Terminal) -> None:
        from rich.console import Console  # 50 ms, for the demo only

        self.terminal = terminal
        self.width = max(NARROWEST, min(terminal.width, WIDEST)) if terminal.is_tty else UNKNOWN
        self._console = Console(
            file=stream, width=self.width, force_terminal=terminal.color, no_color=not terminal.color,
            color_system="standard" if terminal.color else None, markup=False, emoji=False, highlight=False,
            legacy_windows=False,
        )  # fmt: skip

    def heading(self, text: str) -> None:
        """A new part of the story."""
        shown = self._shown(text)
        self._console.print()
        self._console.print(shown, style="bold cyan")
        self._console.print(self._shown("─") * min(len(shown), self.width), style="cyan")

    def tell(self, text: str, style: str = "italic") -> None:
        """What happens, in words; what stands in `backquotes` is bold and on one line."""
        from rich.text import Text  # loaded with the console

        whole = QUOTED.sub(lambda quoted: quoted[0].replace(" ", "\xa0"), self._shown(text))
        for line in wrap(whole, self.width, break_on_hyphens=False):
            parts = [(part, "bold" if n % 2 else "") for n, part in enumerate(line.replace("\xa0", " ").split("`"))]
            self._console.print(Text.assemble(*parts, style=style), soft_wrap=True)

    def prompt(self, moment: str, mark: str, command: str) -> None:
        """What somebody types behind the prompt `mark`, and when."""
        from rich.text import Text  # loaded with the console

        lines = command.split("\n")
        self._console.print()
        self._console.print(self._shown(moment), style="dim")
        first = Text.assemble((f"{mark} ", "bold green"), (self._shown(lines[0]), "bold"))
        self._console.print(first, soft_wrap=True)
        for line in lines[1:]:
            self._console.print(self._shown(line), style="bold", soft_wrap=True)

    def answer(self, text: str) -> None:
        """What is printed by what was typed, escape codes and all."""
        for line in text.splitlines():
            self._console.file.write(f"{INDENT}{line}".rstrip() + "\n")

    def verdict(self, text: str) -> None:
        """What to make of it."""
        self.line(text, "bold yellow")

    def line(self, text: str, style: str = "") -> None:
        """One line beside the words."""
        self._console.print(f"{INDENT}{self._shown(text)}", style=style, soft_wrap=True)

    def gap(self) -> None:
        """An empty line."""
        self._console.print()

    def _shown(self, text: str) -> str:
        if self.terminal.unicode:
            return text
        return ascii_only(text.replace("─", "-"))


def command_line(words: Sequence[str], width: int) -> str:
    """What somebody types, on as many lines as its flags need at this width, ready to be pasted."""
    flat = shlex.join(words)
    if len(flat) <= width:
        return safe(flat)
    lines = [""]
    for group in _groups(words):
        if lines[-1] and len(lines[-1]) + len(group) + 3 > width:
            lines[-1] += " \\"
            lines.append("    " + group)
        else:
            lines[-1] += f" {group}" if lines[-1] else group
    return "\n".join(safe(line) for line in lines)


def _groups(words: Sequence[str]) -> list[str]:
    """Words that belong on one line: a flag and its value."""
    groups: list[list[str]] = []
    for word in words:
        if groups and groups[-1][0].startswith("-") and len(groups[-1]) == 1:
            groups[-1].append(word)
        else:
            groups.append([word])
    return [shlex.join(group) for group in groups]
