"""What a stream can show, and when a text is paged."""

import io
import sys

import pytest

from owncase.render.pager import pager_of
from owncase.render.sheet import Column, Columns, Sheet, write
from owncase.render.terminal import Terminal, terminal_of


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class OldScreen(Screen):
    """A terminal that cannot show Unicode."""

    encoding = "ANSI_X3.4-1968"


@pytest.mark.parametrize(
    ("environ", "color"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
        ({"TERM": "dumb"}, False),
        ({"CLICOLOR": "0"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"CLICOLOR_FORCE": "0", "TERM": "dumb"}, False),
    ],
)
def test_23_colour_follows_the_environment(environ: dict[str, str], color: bool) -> None:
    assert terminal_of(Screen(), environ).color is color


def test_a_pipe_has_no_colour_and_no_edge() -> None:
    terminal = terminal_of(io.StringIO(), {})
    assert (terminal.is_tty, terminal.color) == (False, False)
    assert terminal.width > 1000
    assert terminal_of(io.StringIO(), {"CLICOLOR_FORCE": "1"}).color


def test_the_size_is_the_environments_if_it_makes_sense() -> None:
    assert terminal_of(Screen(), {"COLUMNS": "40", "LINES": "9"})[1::3] == (40, 9)
    assert terminal_of(Screen(), {"COLUMNS": "-3", "LINES": "x"})[1::3] == (80, 24)


def test_a_closed_stream_is_not_a_terminal() -> None:
    stream = Screen()
    stream.close()
    closed = io.StringIO()
    closed.close()
    assert terminal_of(stream, {}).is_tty
    assert not terminal_of(closed, {}).is_tty


def test_24_an_encoding_that_cannot_show_unicode_is_known() -> None:
    assert not terminal_of(OldScreen(), {}).unicode
    assert terminal_of(Screen(), {}).unicode


def long_sheet(rows: int) -> Sheet:
    return Sheet([{"n": number} for number in range(rows)], Columns((Column("n", "N", "number"),), ("n",)))


def test_only_what_is_longer_than_the_screen_is_paged() -> None:
    paged: list[str] = []
    screen = Screen()
    write(long_sheet(5), "table", screen, terminal=Terminal(is_tty=True, width=80, height=24), page=paged.append)
    assert not paged
    write(long_sheet(50), "table", screen, terminal=Terminal(is_tty=True, width=80, height=24), page=paged.append)
    assert len(paged) == 1
    assert screen.getvalue().count("\n") == 6


def test_a_pipe_is_never_paged() -> None:
    stream = io.StringIO()
    write(long_sheet(50), "tsv", stream, terminal=Terminal(), page=lambda _: pytest.fail("paged"))
    assert stream.getvalue().startswith("n\n0\n")


def test_the_pager_is_the_readers_own(capfd: pytest.CaptureFixture[str]) -> None:
    upper = f"{sys.executable} -c 'import sys; print(sys.stdin.read().upper())'"
    page = pager_of({"PAGER": upper}, io.StringIO())
    assert page is not None
    page("shown")
    assert "SHOWN" in capfd.readouterr().out


def test_no_pager_means_the_stream_itself() -> None:
    stream = io.StringIO()
    assert pager_of({"OWNCASE_PAGER": "", "PAGER": "less"}, stream) is None
    assert pager_of({"PAGER": "cat"}, stream) is None
    page = pager_of({"PAGER": "/nowhere/at-all"}, stream)
    assert page is not None
    page("shown")
    assert stream.getvalue() == "shown"


def test_a_reader_who_leaves_early_is_no_error() -> None:
    page = pager_of({"PAGER": f"{sys.executable} -c pass"}, io.StringIO())
    assert page is not None
    page("x" * 1_000_000)
