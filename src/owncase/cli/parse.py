"""Numbers and choices are read strictly: what is not exactly one of the written forms is refused with a fix."""

import re
from collections.abc import Sequence

from owncase.errors import UsageProblem

_COUNT = re.compile(r"[0-9]{1,7}")
_PROMISE = re.compile(r"(#?[1-9][0-9]{0,14})\.([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_WORKING = re.compile(r"([1-9][0-9]{0,4})(h|d|bd|w)")
_REQUEST = re.compile(r"[A-Za-z0-9._:-]{1,64}")


def limit(text: str, flag: str = "--limit") -> int:
    """How many rows; 0 is all. Raises UsageProblem, naming the flag, for anything but one to seven digits."""
    return _count(text, flag)


def version(text: str | None) -> int | None:
    """What `--if-version` expects, if it was given."""
    return None if text is None else _count(text, "--if-version")


def request_id(text: str | None) -> str | None:
    """What `--request-id` names, if it was given: 1 to 64 of letters, digits and `.`, `_`, `:`, `-`."""
    if text is None or _REQUEST.fullmatch(text):
        return text
    raise UsageProblem(
        "--request-id takes 1 to 64 letters, digits, dots, dashes, colons and underscores", fix="--request-id ID"
    )


def promise_name(text: str) -> tuple[str, int]:
    """The case and the number in `42.1` or `#42.1`. Raises UsageProblem for anything else."""
    if match := _PROMISE.fullmatch(text):
        return match[1], int(match[2])
    raise UsageProblem(f"{text[:40]!r} is not a promise", fix="write it like 42.1: owncase promise list")


def promise_of(case: int, text: str) -> int:
    """The number of a promise of this case, in `1` or `42.1`. Raises UsageProblem for anything else."""
    found, n = promise_name(f"{case}.{text}" if _NUMBER.fullmatch(text) else text)
    if found.removeprefix("#") != str(case):
        raise UsageProblem(f"promise {text} is not one of case {case}", fix=f"owncase promise list {case}")
    return n


def working_time(text: str, flag: str) -> tuple[int, str]:
    """How many working hours (`h`), working days (`d`, also written `bd`) or working weeks (`w`) somebody means."""
    if match := _WORKING.fullmatch(text):
        return int(match[1]), match[2][-1]
    raise UsageProblem(f"{flag} takes working time, not {text[:20]!r}", fix=f"{flag} 3d, or 4h, or 1w")


def choice(text: str, choices: Sequence[str], flag: str) -> str:
    """One of the choices, exactly. Raises UsageProblem naming them all."""
    if text in choices:
        return text
    raise UsageProblem(f"{flag} takes no {text!r}", fix=f"one of {', '.join(choices)}")


def _count(text: str, flag: str) -> int:
    if _COUNT.fullmatch(text):
        return int(text)
    raise UsageProblem(f"{flag} takes a whole number, not {text[:20]!r}", fix=f"{flag} 20")
