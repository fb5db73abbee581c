"""How each character that cannot be seen, or that a terminal would obey, is shown; needed only where one occurs.

Control characters become their picture (`␛`, `␡`), everything else its code (`<U+202E>`). Joiners stay where writing
needs them: inside emoji, between letters of Arabic and Indian scripts, and after Chinese characters.
"""

import re

_NEWLINES = "\n\x85\u2028\u2029"
_UNSEEN = (
    r"\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_EMOJI = (
    r"\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    r"\U0001f000-\U0001faff"
)
_JOINED = r"\u0620-\u06ff\u0750-\u0dff"
_CHINESE = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TAGS = {letter: f"\\U{0xE0000 + ord(letter):08x}" for letter in "bceglnstw"}
_BRITISH = "|".join("".join(_TAGS[letter] for letter in nation) for nation in ("eng", "sct", "wls"))
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
        rf"(?<=\U0001f3f4){_TAGS['g']}{_TAGS['b']}(?:{_BRITISH})\U000e007f",
    )
)
_SHOW = re.compile(rf"(?P<written>{_WRITTEN})|\r\n|[{_UNSEEN}]")
_PILE = re.compile(rf"([{_MARKS}]{{8}})[{_MARKS}]+")


def shown(text: str) -> str:
    """Text in which every unseen character can be seen; line breaks of every kind become a newline."""
    return _SHOW.sub(_seen, text)


def unpiled(text: str) -> str:
    """Text with at most eight marks on one letter; `…` stands for the others."""
    return _PILE.sub(r"\1…", text)


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
