"""User text reaches a terminal or a file only in a form that shows every character and commands nothing.

Nothing is hidden and nothing is dropped silently; markup is not interpreted here or anywhere after. Ordinary text comes
back as it is, without loading the patterns of `unseen`.
"""

# Characters that Python calls printable although nothing is to be seen.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0").union(
    map(chr, range(0xFE00, 0xFE10)), map(chr, range(0xE0100, 0xE01F0))
)
_IN_ASCII = {0x2400 + code: "^" + chr(code + 64) for code in range(32)} | {
    ord("␡"): "^?",
    ord("…"): "...",
    ord("·"): "-",
    ord("—"): "-",
    ord("→"): "->",
}


def safe(text: str, *, one_line: bool = True) -> str:
    """Text that a terminal can show as it stands; with `one_line` a line break is shown as `␊`.

    Otherwise line breaks of every kind come out as a newline. More than eight marks on one letter are cut with `…`.
    """
    if text.isascii() and text.isprintable():
        return text
    seen = visible(text)
    if len(seen) > 8 and max(seen) >= "\u0300":  # the first of the marks that could pile up
        from owncase.render.unseen import unpiled  # its patterns cost milliseconds that plain text need not pay

        seen = unpiled(seen)
    return seen.replace("\n", "␊") if one_line else seen


def visible(text: str) -> str:
    """Text of any length in which only a newline is not a visible character; nothing is cut."""
    if is_plain(text):
        return text
    from owncase.render.unseen import shown  # its patterns cost milliseconds that plain text need not pay

    return shown(text)


def is_plain(text: str) -> bool:
    """Whether every character of a text can be seen."""
    return text.isprintable() and (text.isascii() or _BLANK.isdisjoint(text))


def ascii_only(text: str) -> str:
    """Text for a terminal that cannot show Unicode: pictures as `^[`, other letters as Python would escape them."""
    return text if text.isascii() else text.translate(_IN_ASCII).encode("ascii", "backslashreplace").decode("ascii")
