"""The screen of one stop fits: no line is wider than the terminal, and it is not taller where that can be."""

import pytest
from rich.cells import cell_len

from owncase.render.as_stop import Stage, drawn, key_line
from owncase.render.safe import safe
from owncase.render.stop import Line
from owncase.render.terminal import Terminal

NASTY = (
    *("[red]PAID[/red]", "x[/]", "\x1b[2J\x07", "good\rEVIL", "\u202egpj", "a\u200bb", "x" * 5000, "漢字" * 600),
    *("👩‍👩‍👧" * 40, "e" + "\u0301" * 5000, "مرحبا بالعالم " * 90, "one\ntwo\n" * 90, "word " * 900),
)
HEAD = Stage("To acknowledge", "123 of 456")
LABELS = (
    ("[d]one", "[r]eplan", "[n]ote", "[h]andoff", "[x] close", "[e] seen"),
    ("[v]iew", "[s]kip", "[b]ack", "[q]uit", "[?]"),
)


def lines_of(most: int) -> list[Line]:
    """Every kind of text under every label, many of them the last two."""
    lines = [Line(label, safe(text, one_line=False)) for label in ("Next", "Note") for text in NASTY]
    return lines + [
        Line(label, safe(NASTY[n % len(NASTY)]), "dim", "last") for label in ("New", "Before") for n in range(most)
    ]


@pytest.mark.parametrize("width", [20, 40, 80, 300])
@pytest.mark.parametrize("unicode", [True, False])
def test_no_line_is_wider_than_the_screen(width: int, unicode: bool) -> None:
    terminal = Terminal(is_tty=True, width=width, unicode=unicode, height=24)
    shown = "".join(drawn(HEAD, f"42 norfolk · {safe(text)}", [], terminal) for text in NASTY)
    shown += drawn(HEAD, "42 norfolk", lines_of(13), terminal._replace(height=900))
    assert max(map(cell_len, shown.splitlines())) <= max(width, 40)
    assert not set(shown) & set("\x1b\x07\r\u202e\u200b")
    assert unicode or shown.isascii()


@pytest.mark.parametrize("height", [24, 30, 50])
def test_little_room_shows_less_of_each_thing_and_says_so(height: int) -> None:
    terminal = Terminal(is_tty=True, width=80, height=height)
    shown = drawn(HEAD, "42 norfolk · Drives fail", lines_of(30), terminal)
    assert shown.count("\n") + 3 <= height
    assert "more: [v]iew" in shown
    for label in ("Next", "Note", "New", "Before"):
        assert shown.count(f"\n{label.ljust(11)}") == 1


def test_of_events_and_notes_the_last_are_kept_and_of_promises_the_first() -> None:
    terminal = Terminal(is_tty=True, width=80, height=12)
    events = [Line("Before", f"event {n}", keep="last") for n in range(9)]
    promises = [Line("Promised", f"promise {n}") for n in range(9)]
    shown = drawn(HEAD, "42", [*promises, *events], terminal)
    assert "promise 0\n" in shown
    assert "event 8\n" in shown
    assert "promise 8" not in shown
    assert "event 0" not in shown


def test_colours_are_ours_alone_and_none_without_colour() -> None:
    line = [Line("Due", "[bold]late[/bold]", "red")]
    assert "\x1b[31m[bold]late[/bold]" in drawn(HEAD, "42", line, Terminal(is_tty=True, width=80, color=True))
    assert "\x1b" not in drawn(HEAD, "42", line, Terminal(is_tty=True, width=80))


@pytest.mark.parametrize(("width", "lines"), [(160, 1), (80, 2), (40, 3), (24, 5)])
def test_keys_stand_on_one_line_where_it_is_wide_enough(width: int, lines: int) -> None:
    shown = key_line(LABELS, Terminal(is_tty=True, width=width)).splitlines()
    assert len(shown) == lines
    assert max(map(len, shown)) <= width - 4
