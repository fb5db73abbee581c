"""What stands between two owners: the ETAs the customer was not told, and the dues on which a no would be a yes."""

import json
from collections.abc import Callable, Iterable, Sequence

from owncase.domain.records import Records
from owncase.domain.values import Case, Promise
from owncase.errors import Refused

Terms = Sequence[Sequence[str]]
"""Promises with the dues on which they would be taken on: `[["42.1", "2026-12-04T22:00:00Z"]]`."""


class DebtNotNamed(Refused):
    """An offer names each promise whose ETA the customer was not told, and no other: nobody takes it on unmentioned."""


class OtherTerms(Refused):
    """Terms name open promises of what was offered, each once."""


def in_debt(promises: Iterable[Promise]) -> list[int]:
    """The numbers of the open promises of which the customer was told another ETA than we believe."""
    return [promise.n for promise in promises if promise.state == "open" and promise.told_due != promise.due]


def named_debt(records: Records, case: int, named: Sequence[int]) -> str | None:
    """The promises in debt as an offer keeps them, or None. Raises `DebtNotNamed` unless just they are named."""
    debt = in_debt(records.promises_of(case))
    if debt != list(named):
        listed = ", ".join(f"{case}.{n}" for n in debt) or "none of them"
        raise DebtNotNamed(
            f"an offer of case {case} has to name the promises whose ETA the customer was not told: {listed}",
            fix=f"owncase told {case} --how phone --whom TEXT",
        )
    return as_text(debt) if debt else None


def said_terms(records: Records, said: Terms, fits: Callable[[Case], bool], about: str, fix: str) -> str | None:
    """The terms of a no as the offer keeps them; None without any. Raises `OtherTerms`, and NotFound."""
    names = [name for name, _ in said]
    for name in names:
        number, n = map(int, name.split("."))
        case = records.case(number)
        held = {promise.n for promise in records.promises_of(number) if promise.state == "open"}
        if not fits(case) or n not in held or names.count(name) > 1:
            once = "named twice" if names.count(name) > 1 else f"no open promise of {about}"
            raise OtherTerms(f"{name} is {once}", fix=fix)
    return as_text(said) if said else None


def as_text(value: object) -> str:
    """Numbers or terms as a column keeps them: as history states them."""
    return json.dumps(value, separators=(",", ":"))
