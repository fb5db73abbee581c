"""User text reaches a terminal or a file only in a form that shows every character and commands nothing.

Control characters become their picture (`␛`, `␡`), everything else that cannot be seen becomes its code (`<U+202E>`), so
that nothing is hidden and nothing is dropped silently. Joiners stay where writing needs them: inside emoji, between letters
of Arabic and Indian scripts, and after Chinese characters. Markup is not interpreted here or anywhere after.
"""

import re

_NEWLINES = "\n\x85\u2028\u2029"
_UNSEEN = (
    r"\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_EMOJI = r"\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_JOINED = r"\u0620-\u06ff\u0750-\u0dff"
_CHINESE = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_GB = r"\U000e0067\U000e0062"
_MARKS = (
    r"\u0300-\u034e\u0350-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_WRITTEN = "|".join(
    (
        rf"(?<=[{_EMOJI}])[\ufe0e\ufe0f]",
        r"(?<=[0-9#*])\ufe0f(?=\u20e3)",
        rf"(?:(?<=[{_EMOJI}])|(?<=[{_EMOJI}]\ufe0f))\u200d(?=[{_EMOJI}])",
        rf"(?<=[{_JOINED}])[\u200c\u200d](?=[{_JOINED}])",
        rf"(?<=[{_CHINESE}])[\U000e0100-\U000e01ef]",
        # The flags of England, Scotland and Wales are the only ones spelled with tag characters.
        rf"(?<=\U0001f3f4){_GB}(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074|\U000e0077\U000e006c\U000e0073)\U000e007f",
    )
)
_LOOK = re.compile(rf"[{_UNSEEN}]")
_SHOW = re.compile(rf"(?P<written>{_WRITTEN})|\r\n|[{_UNSEEN}]")
_PILE = re.compile(rf"([{_MARKS}]{{8}})[{_MARKS}]+")
_PICTURES = {0x2400 + code: "^" + chr(code + 64) for code in range(32)}
_IN_ASCII = _PICTURES | {0x2421: "^?", 0x2026: "...", 0xB7: "-", 0x2192: "->", 0x2014: "-"}


def safe(text: str, *, one_line: bool = True) -> str:
    """Text that a terminal can show as it stands; with `one_line` a line break is shown as `␊`.

    Otherwise line breaks of every kind come out as a newline. More than eight marks on one letter are cut with `…`.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = _PILE.sub(r"\1…", visible(text))
    return shown.replace("\n", "␊") if one_line else shown


def visible(text: str) -> str:
    """Text of any length in which only a newline is not a visible character; nothing is cut."""
    return _SHOW.sub(_seen, text) if _LOOK.search(text) else text


def ascii_only(text: str) -> str:
    """Text for a terminal that cannot show Unicode: pictures as `^[`, other letters as Python would escape them."""
    return text if text.isascii() else text.translate(_IN_ASCII).encode("ascii", "backslashreplace").decode("ascii")


def _seen(match: re.Match[str]) -> str:
    found = match.group()
    if match.lastgroup == "written":
        return found
    if found == "\r\n" or found in _NEWLINES:
        return "\n"
    code = ord(found)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"<U+{code:04X}>"
