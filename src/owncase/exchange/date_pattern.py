"""A pattern of strptime reads a date only where it says the whole day; of several, apart by `|`, the first that fits.

A weekday that the day is not, and a zone that is known by nothing but its name, are no date at all.
"""

import re
from datetime import UTC, datetime

from owncase.errors import UsageProblem

_TIMES = re.compile(r"%[HIMpcX]")
_SAYS_SO_ITSELF = {"%a": "%a", "%A": "%a", "%j": "%j"}
"""What strptime takes without a look at the day that it means."""
_UTC = re.compile(r"\b(?:UTC|GMT)\b", re.IGNORECASE)


def checked(patterns: str, now: datetime) -> str:
    """The patterns, if each reads as today what it writes of today. Raises UsageProblem."""
    for pattern in patterns.split("|"):
        try:
            said = read(now.strftime(pattern), pattern)
        except ValueError:  # some systems refuse to write what others do
            said = None
        if said is None or said.date() != now.date():
            raise UsageProblem(
                f"--dates {pattern!r} is no pattern that says a whole day", fix="one of strptime, such as '%d %b %Y'"
            )
    return patterns


def read(words: str, pattern: str) -> datetime | None:
    """The date as it stands there, with an offset only where it says one; None for what is not written like that."""
    try:
        reading = datetime.strptime(words, pattern)  # noqa: DTZ007 - the zone is the importer's
    except (ValueError, re.error):
        return None
    for directive, shown in _SAYS_SO_ITSELF.items():
        if directive in pattern and reading.strftime(shown).lstrip("0").casefold() not in words.casefold():
            return None
    if "%Z" in pattern and reading.tzinfo is None:
        return reading.replace(tzinfo=UTC) if _UTC.search(words) else None
    return reading


def has_time(pattern: str) -> bool:
    """Whether it says more than the day."""
    return _TIMES.search(pattern) is not None
