"""A phone number is the same in any spelling, and stays stored as it was typed.

A number without a country may be of any: it is read as one of the country that the other number names, and of two that
name none the digits have to agree. So nobody has to say where they are, and whoever could be meant is found.
"""

import re
import unicodedata
from enum import IntEnum

SHORTEST = 7
"""Digits below which a number stands for a case."""

ENDING = 6
"""So many last digits are the same in every spelling of a number, with and without country, zeros and `(0)`."""

_LONGEST = 64
_MOST_DIGITS = 20
_MAIN = r"\+?[0-9(][0-9 ()./-]*[0-9]"
_EXTENSION = r"(?:;ext=|[ ,]*(?:extension|extn|ext|x|#)[.: ]*)([0-9]{1,6})"
_NUMBER = re.compile(rf"(?:tel:)?({_MAIN})(?:{_EXTENSION})?(?:;[a-z-]+(?:=[^;]*)?)*", re.IGNORECASE)
_EXTENDED = re.compile(_EXTENSION, re.IGNORECASE)
_ABROAD = re.compile(r"(?:00|011)(?=[ ().-]*[1-9])")
"""What is dialled before the number of a country, here or in North America."""


class Sameness(IntEnum):
    """How much two numbers have in common."""

    NONE = 0
    ENDING = 1
    NUMBER = 2
    EXTENSION = 3


def plain(text: str) -> str:
    """A text with the digits, dashes and spaces of a keyboard, without the invisible marks that are copied along."""
    if text.isascii():
        return text.strip()
    kept = (character for character in unicodedata.normalize("NFKC", text) if unicodedata.category(character) != "Cf")
    return "".join("-" if unicodedata.category(one) == "Pd" else " " if one.isspace() else one for one in kept).strip()


def reads_as_phone(text: str) -> bool:
    """Whether a whole text is a phone number: seven digits or more, spaced in any way, maybe an extension or `tel:`."""
    found = _NUMBER.fullmatch(plain(text)) if len(text) <= _LONGEST else None
    return found is not None and SHORTEST <= len(digits(found[1])) <= _MOST_DIGITS


def digits(text: str) -> str:
    """The digits of a text, and nothing else."""
    return "".join(re.findall(r"[0-9]", text))


def parts(text: str) -> tuple[str, str]:
    """A number without its extension, and the extension, empty where there is none."""
    found = _EXTENDED.search(text)
    return (text[: found.start()], found[1].lstrip("0") or "0") if found else (text.partition(";")[0], "")


def sameness(one: str, other: str) -> Sameness:
    """How much two numbers have in common. Two extensions of one number are two phones; one left out may be any."""
    (this, its), (that, theirs) = parts(one), parts(other)
    if its and theirs and its != theirs:
        return Sameness.NONE
    best = max(_compared(reading, as_read) for reading in _readings(this) for as_read in _readings(that))
    return Sameness.EXTENSION if best is Sameness.NUMBER and its and its == theirs else best


def _readings(number: str) -> list[str]:
    """The number as it stands and, where it could be dialled so from another country, the number of that country."""
    abroad = _ABROAD.match(number := number.removeprefix("tel:").strip())
    return [number, f"+{number[abroad.end() :]}"] if abroad else [number]


_COUNTRY = re.compile(r"1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[0-9]{3}")
"""What a number with a plus begins with: no country's number begins with that of another."""


WITH_ZERO = frozenset(("20", "27", "31", "32", "33", "40", "41", "43", "44", "46", "49", "353", "358", "972"))
"""Some countries in which a number begins with a zero that is left out after the country."""


def _are_plainly_same(one: str, other: str) -> bool:
    """Whether two numbers are the same, digit by digit, maybe without the country of one: no more rules are needed."""
    (country, this), (place, that) = _national(one), _national(other)
    if "(0)" in one + other or (country != place and "" not in (country, place)):
        return False
    return this == that or (place in WITH_ZERO and this == f"0{that}") or (country in WITH_ZERO and that == f"0{this}")


def _national(number: str) -> tuple[str, str]:
    """The digits of a country, empty where none is named, and those after it."""
    written = digits(number)
    found = _COUNTRY.match(written) if number.startswith("+") else None
    return (found[0], written[found.end() :]) if found else ("", written)


def _compared(one: str, other: str) -> Sameness:
    if _are_plainly_same(one, other):
        return Sameness.NUMBER
    from phonenumbers import MatchType, is_number_match  # 30 ms, and few look for a number

    found = is_number_match(one, other)
    if found in (MatchType.EXACT_MATCH, MatchType.NSN_MATCH):
        return Sameness.NUMBER
    return Sameness.ENDING if found == MatchType.SHORT_NSN_MATCH else Sameness.NONE
