"""A case that follows a playbook is offered its steps: the first when it is opened, the next when an action is done."""

from typing import Annotated, NamedTuple

import typer

from owncase.cli import complete
from owncase.cli.context import can_ask, desk_of, tell
from owncase.cli.written import Writing
from owncase.errors import Refused, UsageProblem
from owncase.queries.playbooks import next_step, playbook, progress
from owncase.render.playbooks import progress_line
from owncase.render.safe import safe

Playbook = Annotated[
    str | None,
    typer.Option(
        "--playbook", metavar="KEY", help="Follow this playbook from its first step.", autocompletion=complete.playbooks
    ),
]
Step = Annotated[bool, typer.Option("--step", help="Go on with the next step of the case's playbook.")]


class NoFurtherStep(Refused):
    """The case follows no playbook, or does the last step of its own."""


class Begun(NamedTuple):
    """The version of a playbook that a case begins with, and its first step."""

    version: int | None = None
    action: str | None = None
    due: str | None = None


class Onward(NamedTuple):
    """What comes next, when it is due if that is known, and how many steps of a playbook are then done."""

    action: str
    due: str | None
    step: int | None = None


def begin(work: Writing, key: str | None, action: str | None, due: str | None) -> Begun:
    """What a case begins with: the playbook's first step, as far as nothing else was said. Raises NotFound."""
    if key is None:
        return Begun(None, action, due)
    found = playbook(work.desk.reader, key)
    first = found["plan"][0] if found["plan"] else {"action": None, "due": None}
    return Begun(found["version"], action or first["action"], due or first["due"])


def onward(work: Writing, number: int, action: str | None, due: str | None, *, step: bool) -> Onward:
    """What comes next: as said, or the playbook's next step, which is asked for or taken by Enter.

    Raises `NoFurtherStep`, and UsageProblem where nobody can be asked.
    """
    if step and action is not None:
        raise UsageProblem("-n and --step say two next actions", fix="give one of them")
    if action is not None:
        return Onward(action, due)
    coming = next_step(work.desk.reader, number)
    if step:
        if coming is None:
            raise _no_further(work, number)
        n, taken = coming
        return Onward(taken.action, due or taken.due, n - 1)
    flags = f"-n ACTION -d WHEN. Nothing left: owncase close {number}"
    if coming is None:
        _say_last(work, number)
        return Onward(work.answer(None, "What happens next?", flags), due)
    n, offered = coming
    said = work.asked("What happens next?", f"--step for {offered.action!r}, or {flags}", str, offered.action)
    return Onward(said, due or offered.due, n - 1) if said == offered.action else Onward(said, due)


def say_progress(ctx: typer.Context, number: int) -> None:
    """Say at which step of its playbook a case is."""
    if found := progress(desk_of(ctx).reader, number):
        tell(ctx, f"playbook {progress_line(found)}")


def _say_last(work: Writing, number: int) -> None:
    if can_ask(work.ctx) and (found := progress(work.desk.reader, number)):
        tell(work.ctx, f"{safe(found['playbook'])} has no further step; if nothing is left: owncase close {number}")


def _no_further(work: Writing, number: int) -> NoFurtherStep:
    found = progress(work.desk.reader, number)
    if not found:
        return NoFurtherStep(f"case {number} follows no playbook", fix=f"owncase done {number} -n ACTION -d WHEN")
    return NoFurtherStep(
        f"case {number} is at the last step of {found['playbook']}",
        fix=f"owncase close {number} --outcome TEXT --confirmed-by TEXT; or owncase done {number} -n ACTION -d WHEN",
    )
