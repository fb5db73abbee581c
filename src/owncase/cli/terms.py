"""`--terms 42.1=WHEN` and `--move 42.1=WHEN`: promises with the due that one person asks for and another agrees to."""

from typing import Annotated

import typer

from owncase.cli.parse import promise_name, promise_of
from owncase.cli.written import Writing
from owncase.errors import UsageProblem

Terms = Annotated[
    list[str] | None,
    typer.Option("--terms", metavar="PROMISE=WHEN", help="I would take it on with this promise due then; repeatable."),
]
Move = Annotated[
    list[str] | None,
    typer.Option("--move", metavar="PROMISE=WHEN", help="Move the ETA of this promise first; repeatable."),
]


def reason(work: Writing, because: str | None, move: list[str] | None) -> str | None:
    """Why ETAs move, if it was said. Raises UsageProblem where none does."""
    if because is not None and not move:
        raise UsageProblem("--because says why an ETA moves", fix="--move 42.1=WHEN, or --note TEXT")
    return work.text("because", because)


def agreed(
    work: Writing, said: list[str] | None, flag: str, *, case: int | None = None, allow_past: bool | None = None
) -> tuple[tuple[str, str], ...]:
    """Names of promises with the moments meant, such as `("42.1", "2026-12-04T22:00:00Z")`.

    Of a `case` its own number will do: `1=WHEN`. Raises UsageProblem, `BadWhen` and `DuePassed`.
    """
    return tuple(_one(work, text, flag, case, allow_past) for text in said or ())


def _one(work: Writing, text: str, flag: str, case: int | None, allow_past: bool | None) -> tuple[str, str]:
    promise, equals, moment = text.partition("=")
    if not equals:
        raise UsageProblem(f"{flag} takes a promise and its due, not {text[:40]!r}", fix=f"{flag} 42.1=WHEN")
    number, n = promise_name(promise) if case is None else (str(case), promise_of(case, promise))
    name = f"{number.removeprefix('#')}.{n}"
    due = work.when(f"{name} by", moment, allow_past=allow_past, flag=f"{flag} {name}=WHEN")
    return name, due or ""
