"""Words in the cells of a screen: how wide they are, cut or folded to a width, and coloured.

Rich knows how wide the characters of other scripts are, and folds; plain text that fits, which is most, does not wait
for it.
"""

from collections.abc import Iterator

BOLD, DIM, RED = "1", "2", "31"
_OURS = str.maketrans(dict.fromkeys("·…→—", "-"))
"""What owncase itself writes beyond ASCII is one cell wide."""


def width_of(text: str) -> int:
    """How many cells of the screen a line takes."""
    if _is_plain(text):
        return len(text)
    from rich.cells import cell_len  # its tables are for what is not ASCII

    return cell_len(text)


def cut(text: str, width: int) -> str:
    """A line that is no wider than `width`; `…` stands for what was cut."""
    if width_of(text) <= width:
        return text
    if _is_plain(text):
        return f"{text[: width - 1]}…"
    from rich.cells import set_cell_size  # its tables are for what is not ASCII

    return set_cell_size(text, width - 1) + "…"


def folded(text: str, width: int) -> list[str]:
    """The lines of a text, broken between words, and inside a word that is wider than `width`."""
    lines = text.split("\n")
    if all(width_of(line) <= width for line in lines):
        return lines
    if all(map(_is_plain, lines)):
        return [part for line in lines for part in _broken(line, width)]
    from rich.console import Console  # 50 ms, for wide texts in other scripts
    from rich.text import Text

    return [line.plain for line in Text(text).wrap(Console(width=width), width, overflow="fold")]


def _broken(line: str, width: int) -> Iterator[str]:
    """The parts of a line in which every character is one cell wide."""
    while len(line) > width:
        space = line.rfind(" ", 1, width + 1)
        end = space if space > 0 and line[:space].strip() else width
        yield line[:end].rstrip()
        line = line[end:].lstrip(" ")
    yield line


def _is_plain(text: str) -> bool:
    return text.isascii() or text.translate(_OURS).isascii()


def inked(text: str, *styles: str) -> str:
    """A text in these styles."""
    return f"\x1b[{';'.join(styles)}m{text}\x1b[0m" if styles and text else text
