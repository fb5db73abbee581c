"""What the stream at hand can show: its size, colour and characters, from the stream and a given environment."""

import os
from collections.abc import Mapping
from typing import NamedTuple, TextIO

BOUNDLESS = 32_000
"""The width of something that is not a terminal: nothing is cut there."""


class Terminal(NamedTuple):
    """A stream as far as printing on it is concerned; width and height in character cells."""

    is_tty: bool = False
    width: int = BOUNDLESS
    color: bool = False
    unicode: bool = True
    height: int = 24


def terminal_of(stream: TextIO, environ: Mapping[str, str]) -> Terminal:
    """Describe a stream. Obeys NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM=dumb, COLUMNS and LINES."""
    is_tty = _is_tty(stream)
    width, height = _size(stream) if is_tty else (BOUNDLESS, 24)
    return Terminal(
        is_tty=is_tty,
        width=_positive(environ.get("COLUMNS")) or width,
        color=_color(environ, is_tty=is_tty),
        unicode=(getattr(stream, "encoding", None) or "utf-8").lower().startswith("utf"),
        height=_positive(environ.get("LINES")) or height,
    )


def _is_tty(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except ValueError:  # the stream is closed
        return False


def _size(stream: TextIO) -> tuple[int, int]:
    try:
        width, height = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        return 80, 24
    return width or 80, height or 24


def _positive(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 0


def _color(environ: Mapping[str, str], *, is_tty: bool) -> bool:
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return is_tty and environ.get("TERM") != "dumb" and environ.get("CLICOLOR") != "0"
