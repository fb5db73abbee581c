"""Characters that hide, reorder or break text are found here, with their place and a name people understand."""

import unicodedata

NUL = "\0"
LINE_BREAKS = "\n\r\x85\u2028\u2029"
# Embeddings, overrides and isolates; the plain marks U+200E, U+200F and U+061C cannot reorder other text.
DIRECTION_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Invisible although Unicode calls them letters, marks or symbols: fillers, joiners, the empty braille cell.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2065\u2800\u3164\uffa0")
_VARIATION_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0000, 0xE1000))
_NICKNAMES = {
    "\0": "a NUL",
    "\a": "a bell",
    "\b": "a backspace",
    "\t": "a tab",
    "\n": "a line break",
    "\r": "a carriage return",
    "\x1b": "an escape",
    "\x7f": "a delete",
    "\x85": "a line break",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
}


def is_control(character: str) -> bool:
    """Tell whether this is a C0, DEL or C1 control character."""
    return unicodedata.category(character) == "Cc"


def is_line_break(character: str) -> bool:
    """Tell whether a terminal or a file could begin a new line here."""
    return character in LINE_BREAKS


def is_direction_control(character: str) -> bool:
    """Tell whether this can show the text around it in another order."""
    return character in DIRECTION_CONTROLS


def is_invisible(character: str) -> bool:
    """Tell whether this is drawn as nothing or as an empty place: zero-width, tag, soft hyphen, filler, selector."""
    if unicodedata.category(character) == "Cf" or character in _INVISIBLE:
        return True
    return any(ord(character) in selectors for selectors in _VARIATION_SELECTORS)


def is_visible(character: str) -> bool:
    """Tell whether this puts something on the page: neither white space nor control nor invisible."""
    return unicodedata.category(character)[0] not in "ZC" and not is_invisible(character)


def first_surrogate(text: str) -> int | None:
    """Give the 0-based place of the first lone surrogate, which is what undecodable bytes become; else None."""
    try:
        text.encode()
    except UnicodeEncodeError as problem:
        return problem.start
    return None


def describe(character: str) -> str:
    """Name a character without writing it: `a line break (U+000A)`, `CYRILLIC SMALL LETTER A (U+0430)`."""
    title = _NICKNAMES.get(character) or unicodedata.name(character, "a character without a name")
    return f"{title} (U+{ord(character):04X})"
