"""Numbers and choices are read strictly: what is not exactly one of the written forms is refused with a fix."""

import re
from collections.abc import Sequence

from owncase.errors import BadData, UsageProblem

_COUNT = re.compile(r"[0-9]{1,7}")
_CASE = re.compile(r"#?([1-9][0-9]{0,14})")
_DIGITS = re.compile(r"#?[0-9]+")
_REQUEST = re.compile(r"[A-Za-z0-9._:-]{1,64}")


def limit(text: str, flag: str = "--limit") -> int:
    """How many rows; 0 is all. Raises UsageProblem, naming the flag, for anything but one to seven digits."""
    return _count(text, flag)


def version(text: str | None) -> int | None:
    """What `--if-version` expects, if it was given."""
    return None if text is None else _count(text, "--if-version")


def case_number(text: str) -> int | None:
    """The number in `42` or `#42`, or None when the text is something else, such as a customer.

    Raises UsageProblem for a number that is written wrongly, BadData for one that no case can have.
    """
    if match := _CASE.fullmatch(text):
        return int(match[1])
    if not _DIGITS.fullmatch(text):
        return None
    digits = text.removeprefix("#").lstrip("0")
    if len(digits) > 15:  # noqa: PLR2004 - what a JSON number holds exactly
        raise BadData(f"{text[:20]}… is too large for a case number", fix="owncase list")
    fix = f"did you mean {digits}?" if digits else "cases are counted from 1"
    raise UsageProblem(f"{text} is not a case number", fix=fix)


def request_id(text: str | None) -> str | None:
    """What `--request-id` names, if it was given: 1 to 64 of letters, digits and `.`, `_`, `:`, `-`."""
    if text is None or _REQUEST.fullmatch(text):
        return text
    raise UsageProblem(
        "--request-id takes 1 to 64 letters, digits, dots, dashes, colons and underscores", fix="--request-id ID"
    )


def choice(text: str, choices: Sequence[str], flag: str) -> str:
    """One of the choices, exactly. Raises UsageProblem naming them all."""
    if text in choices:
        return text
    raise UsageProblem(f"{flag} takes no {text!r}", fix=f"one of {', '.join(choices)}")


def _count(text: str, flag: str) -> int:
    if _COUNT.fullmatch(text):
        return int(text)
    raise UsageProblem(f"{flag} takes a whole number, not {text[:20]!r}", fix=f"{flag} 20")
