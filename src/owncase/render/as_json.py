"""JSON: lists are arrays with one row on each line, a single thing is an object; nothing is lost and nothing commands.

Text stays readable, but what a terminal could obey or hide is written as an escape, so that `cat` may
show the output.
"""

import json
import re

from owncase.render.sheet import Card, Look, Sheet

_UNSEEN = (
    r"[\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    r"\U000e0000-\U000e0fff]"
)
_INDENTED = json.JSONEncoder(ensure_ascii=False, indent=2)
_COMPACT = json.JSONEncoder(ensure_ascii=False)


def render(thing: Sheet | Card, look: Look) -> str:
    """An array or an object, indented on a terminal."""
    if look.terminal.is_tty:
        return _harmless(_INDENTED.encode(thing.row if isinstance(thing, Card) else list(thing.rows))) + "\n"
    if isinstance(thing, Card):
        return line(thing.row) + "\n"
    return "[" + ",\n ".join(map(line, thing.rows)) + "]\n"


def line(value: object) -> str:
    """A row, or a part of one, on one line."""
    return _harmless(_COMPACT.encode(value))


def _harmless(text: str) -> str:
    return text if text.isprintable() else re.sub(_UNSEEN, _escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
