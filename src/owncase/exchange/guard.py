"""A spreadsheet never computes what a user typed: a cell that could start a formula begins with an apostrophe.

`unguard` takes off exactly what `guard` put on, so that a file goes out and comes back unchanged.
"""

import re

_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u207c\u207a\u207b\u208c\u208a\u208b\u2212"
_FORMULA = re.compile(rf"'*(?:[\t\r\n]|\s*[{_SIGNS}])|(?s:.*)[\r\n][^\S\r\n]*[{_SIGNS}]")


def guard(text: str) -> str:
    """Prefix an apostrophe where a spreadsheet could see a formula: at the start, after blanks or on a later line."""
    return "'" + text if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Undo `guard`."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text
