"""`--promise TEXT --by WHEN`, as often as something was promised: at the opening of a case, and with a handoff."""

from typing import Annotated

import typer

from owncase.cli.written import Writing
from owncase.errors import UsageProblem

Promised = Annotated[
    list[str] | None, typer.Option("--promise", metavar="TEXT", help="What the customer was promised; with --by.")
]
By = Annotated[list[str] | None, typer.Option("--by", metavar="WHEN", help="By when, once for each --promise.")]


def with_dues(
    work: Writing, texts: list[str], moments: list[str] | None, *, allow_past: bool
) -> tuple[tuple[str, str], ...]:
    """Each promise with its moment, as stored. Raises UsageProblem where one has none, `BadWhen` and `DuePassed`."""
    given = moments or []
    if len(texts) != len(given):
        raise UsageProblem(
            f"{len(texts)} --promise and {len(given)} --by: each promise needs its own moment",
            fix="--promise TEXT --by WHEN",
        )
    dues = [work.when("promised by", moment, allow_past=allow_past, flag="--by WHEN") or "" for moment in given]
    return tuple(zip(texts, dues, strict=True))
