"""After the card of a call: the question is recorded, with its answer or with the callback that comes first now."""

from shlex import quote
from typing import TYPE_CHECKING, Any

import typer

from owncase.actions.call import Asked, Taken, call_about_case, call_of_customer
from owncase.actions.due import DuePassed
from owncase.cli import receipt
from owncase.cli.context import answer_if_any, tell
from owncase.cli.output import show
from owncase.cli.parties import show_customer
from owncase.cli.written import OFFERED, Writing, writing
from owncase.domain.case import CaseNotOpen
from owncase.domain.wallclock import BadWhen
from owncase.errors import UsageProblem
from owncase.queries.case_story import case_object
from owncase.queries.heard import call_of
from owncase.render.columns import CALLED
from owncase.render.safe import safe
from owncase.render.sheet import Card
from owncase.store.engine import AlreadyDone

if TYPE_CHECKING:
    from owncase.cli.call import Line, Said

Found = dict[str, Any]
NOTHING = "nothing recorded"


def record(ctx: typer.Context, found: Found, said: "Said", line: "Line") -> None:
    """Record the call whose card was `found`. Raises as the action does; Enter to a question records nothing."""
    with writing(ctx, line.request, line.version, line.format, line.json) as work:
        question, answered = work.text("text", said.text), work.text("answered", said.answered)
        try:
            _ = work.once
        except AlreadyDone as before:
            _show(work, found, _taken_before(work, before))
            tell(ctx, "already done")
            return
        asked = _asked(work, found, said._replace(answered=answered), question)
        if asked is None:
            tell(ctx, NOTHING)
            return
        taken = _recorded(work, found, asked, said)
        _show(work, found, taken)
        if asked.answer is not None:
            tell(ctx, "answered on the spot")
            _tell_debt(work, found, asked)


def _asked(work: Writing, found: Found, said: "Said", question: str | None) -> Asked | None:
    """The call as it was said or is answered now; None where somebody only pressed Enter."""
    if question is None:
        question = answer_if_any(work.ctx, "Question")
    if question is None:
        return None
    asked = Asked(question, said.whom, said.channel, said.answered)
    if said.callback is not None:
        return asked._replace(callback=work.when("call back", said.callback, allow_past=None, flag="--callback WHEN"))
    return asked if said.answered is not None else _answered_or_later(work, asked)


def _answered_or_later(work: Writing, asked: Asked) -> Asked | None:
    """A moment that can be read is when somebody calls back; all else is the answer."""
    while True:
        said = answer_if_any(work.ctx, "Answered, or call back when?")
        if said is None:
            return None
        try:
            return asked._replace(callback=work.later("call back", said))
        except BadWhen as problem:
            if any(map(str.isalpha, said)):
                return asked._replace(answer=said)
            trouble = f"{problem.message}: say when, or the answer in words"
        except DuePassed as problem:
            trouble = problem.message
        tell(work.ctx, safe(trouble))


def _recorded(work: Writing, found: Found, asked: Asked, said: "Said") -> Taken:
    if found["kind"] == "case":
        case = found["cases"][0]
        if said.to is not None:
            raise UsageProblem("--to is for a customer's call that begins a case", fix="leave it out")
        if asked.callback is not None and case["status"] != "open":
            anew = f"owncase call {found['customer']} {quote(asked.question)} --callback {asked.callback}"
            raise CaseNotOpen(f"case {case['case']} is {case['status']}, and has no next action", fix=anew)
        return call_about_case(work.desk, case["case"], asked, work.once)
    if asked.callback is None and said.to is not None:
        raise UsageProblem("--to is for a call that is not answered", fix="leave it out, or say --callback WHEN")
    return call_of_customer(work.desk, found["customer"], asked, said.to, work.once)


def _taken_before(work: Writing, before: AlreadyDone) -> Taken:
    """The call that a repeated request recorded: by its own event, or by the one after a case was opened for it."""
    events = (before.event, before.event + 1)
    event = next((event for event in events if call_of(work.desk.reader, event)), before.event)
    from owncase.actions.change import Changed

    return Taken(event, Changed(before.case) if before.case is not None else None)


def _show(work: Writing, found: Found, taken: Taken) -> None:
    case = taken.changed.case if taken.changed else None
    if not work.shape.plain:
        desk = work.desk
        whole = {
            "card": found,
            "call": call_of(desk.reader, taken.event),
            "case": case_object(desk.reader, case, desk.now()) if case is not None else None,
        }
        show(work.ctx, Card(whole, CALLED), work.shape.format, json=work.shape.json)
        work.about = case
    elif taken.changed:
        work.show(taken.changed, OFFERED)
    else:
        show_customer(work.ctx, found["customer"], work.shape)


def _tell_debt(work: Writing, found: Found, asked: Asked) -> None:
    """Whoever has the customer on the phone can tell what they do not know yet."""
    for promise in found["promises"]:
        if promise["eta_debt"]:
            due = receipt.absolute(promise["due"], work.desk.zone)
            case = promise["promise"].partition(".")[0]
            whom = quote(asked.whom) if asked.whom else "TEXT"
            how = asked.channel if asked.channel in TELLING else "phone"
            command = f"owncase told {case} --how {how} --whom {whom} --promise {promise['promise']}"
            tell(work.ctx, f"promise {promise['promise']} is {due} now, and they do not know yet: {safe(command)}")


TELLING = ("phone", "email", "chat", "visit")
"""The channels by which a customer is told something."""
