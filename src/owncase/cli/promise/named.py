"""Which promise is meant: `42.1`, or a case with one open promise, which then is named."""

from owncase.cli import parse
from owncase.cli.context import tell
from owncase.cli.receipt import absolute
from owncase.cli.written import Writing
from owncase.errors import UsageProblem
from owncase.queries.promises_due import promises
from owncase.render.safe import safe


def promise_named(work: Writing, text: str) -> tuple[int, int]:
    """The case and the number in it. Raises UsageProblem, NotFound."""
    if "." in text:
        case, n = parse.promise_name(text)
        return work.case(case), n
    number = work.case(text)
    held = promises(work.desk.reader, {"case": number, "status": "open"}, work.desk.now())
    if not held:
        raise UsageProblem(f"case {number} has no open promise", fix=f"owncase promise list {number} --status all")
    if len(held) > 1:
        listed = "; ".join(f"{one['promise']} {safe(one['text'], one_line=True)}" for one in held)
        raise UsageProblem(
            f"case {number} has {len(held)} open promises: {listed}",
            fix=f"{work.ctx.command_path} {held[0]['promise']}",
        )
    (only,) = held
    by = absolute(only["due"], work.desk.zone)
    tell(work.ctx, f"promise {only['promise']}: {safe(only['text'], one_line=True)}, by {by}")
    return number, only["n"]
