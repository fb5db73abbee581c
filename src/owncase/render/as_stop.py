"""One stop of a walk on one screen: a rule that says where it is, a title, and labelled lines that are cut to fit."""

import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from rich.console import Console  # noqa: TID253 - a walk is for a terminal alone
from rich.text import Text  # noqa: TID253 - a walk is for a terminal alone

from owncase.render.safe import ascii_only
from owncase.render.stop import Line
from owncase.render.terminal import Terminal

NARROWEST, WIDEST = 20, 110
_LABEL = 11
_PRESSED = 4
"""Characters that a colon and the key that is pressed need behind the keys."""
_BELOW = 4
"""Lines that the keys and the receipt before it may need."""
_CUTS = ((8, 8), (4, 5), (2, 3), (2, 1), (1, 1))
"""How many lines of one text, and how many texts of one label, are shown: the first that fits."""


class Stage(NamedTuple):
    """Where it stands in the walk: the block, and `3 of 12`."""

    block: str
    position: str


def drawn(stage: Stage, title: str, lines: Sequence[Line], terminal: Terminal) -> str:
    """The whole screen as text, not taller than a terminal that has room for one line of each label."""
    paper = _Paper(terminal)
    body: list[Text] = []
    head = [paper.rule(stage), *paper.wrapped(paper.text(title, "bold"), 3)]
    for longest, most in _CUTS:
        body = [line for entry in _fewer(lines, most) for line in paper.entry(entry, longest)]
        if len(head) + len(body) + _BELOW <= terminal.height:
            break
    return "\n" + paper.printed([*head, *body])


def key_line(groups: Sequence[Sequence[str]], terminal: Terminal) -> str:
    """The keys on one line, or where that is too narrow each group on lines of its own; the last one does not end."""
    room = max(NARROWEST, terminal.width - _PRESSED)
    lines = _filled([label for group in groups for label in group], room)
    if len(lines) > 1:
        lines = [line for group in groups for line in _filled(group, room)]
    texts = [Text(line) for line in lines]
    for text in texts:
        text.highlight_regex(r"\[.\]", "bold cyan")
    return _Paper(terminal).printed(texts).rstrip("\n")


def _filled(words: Sequence[str], width: int) -> list[str]:
    """The words in lines of this width."""
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _fewer(lines: Sequence[Line], most: int) -> Iterator[Line]:
    """At most so many lines of each label, and how many there are besides."""
    for label, found in groupby(lines, key=lambda line: line.label):
        alike = list(found)
        rest = len(alike) - most
        if rest > 0 and alike[0].keep == "last":
            yield Line(label, f"… {rest} more: [v]iew", "dim")
            alike = alike[rest:]
        yield from alike[:most]
        if rest > 0 and alike[0].keep == "first":
            yield Line(label, f"… {rest} more: [v]iew", "dim")


class _Paper:
    """Wraps and colours for one terminal."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.width = max(NARROWEST, min(terminal.width, WIDEST))
        self.out = io.StringIO()
        self.console = Console(
            file=self.out, width=max(terminal.width, NARROWEST), force_terminal=terminal.color,
            color_system="standard" if terminal.color else None, no_color=not terminal.color, markup=False,
            highlight=False, emoji=False, legacy_windows=False, _environ={},
        )  # fmt: skip
        self.label = ""

    def text(self, words: str, style: str = "") -> Text:
        """Words as this terminal can show them."""
        return Text(words if self.terminal.unicode else ascii_only(words.replace("─", "-")), style)

    def rule(self, stage: Stage) -> Text:
        """`── Overdue ─────── 3 of 12 ──`."""
        room = max(2, self.width - len(stage.block) - len(stage.position) - 8)
        parts = ("── ", f"{stage.block}", f" {'─' * room} ", stage.position, " ──")
        styles = ("cyan", "bold cyan", "cyan", "", "cyan")
        return Text.assemble(*(self.text(part, style) for part, style in zip(parts, styles, strict=True)))

    def wrapped(self, text: Text, longest: int, width: int | None = None) -> list[Text]:
        """A text in lines of this width; `…` stands for what is cut."""
        width = width or self.width
        text.truncate(longest * width + width)  # a very long one need not be wrapped to its end
        found = list(text.wrap(self.console, width, overflow="fold"))
        if len(found) > longest:
            found = found[:longest]
            found[-1].truncate(width - 4, overflow="crop")
            found[-1].append_text(self.text(" …"))
        return found

    def entry(self, line: Line, longest: int) -> Iterator[Text]:
        """A label, once for all lines that have it, and its text beside it."""
        label = "" if line.label == self.label else line.label
        self.label = line.label
        for part in self.wrapped(self.text(line.text, line.style), longest, max(8, self.width - _LABEL)):
            yield Text.assemble((label.ljust(_LABEL), "dim"), part)
            label = ""

    def printed(self, lines: Sequence[Text]) -> str:
        """What the terminal is sent."""
        for line in lines:
            self.console.print(line, soft_wrap=True)
        return "".join(f"{line.rstrip()}\n" for line in self.out.getvalue().splitlines())
