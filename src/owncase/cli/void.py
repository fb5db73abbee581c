"""`owncase void CASE --reason …`: not closing; a duplicate, spam or a mistake is taken out of the way (rule 8)."""

from typing import Annotated

import typer

from owncase.actions.void_case import REASONS, Voiding, void_case
from owncase.cli import complete
from owncase.cli.ending import say_not_yet
from owncase.cli.options import CaseArgument, Editor, Format, IfVersion, Json, Note, RequestId, To
from owncase.cli.parse import choice
from owncase.cli.written import writing
from owncase.errors import UsageProblem

Reason = Annotated[
    str | None,
    typer.Option("--reason", metavar="REASON", help=f"{', '.join(REASONS)}.", autocompletion=lambda: list(REASONS)),
]
Of = Annotated[
    str | None,
    typer.Option(
        "--of", metavar="CASE", help="The case that a duplicate is a duplicate of.", autocompletion=complete.cases
    ),
]


def command(
    ctx: typer.Context,
    case: CaseArgument,
    reason: Reason = None,
    of: Of = None,
    note: Note = None,
    editor: Editor = False,
    to: To = None,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Take a duplicate, spam or a mistake out of the way."""
    with writing(ctx, request_id, if_version, format, json) as w:
        note = w.text("note", note)
        number = w.case(case)
        why = choice(w.answer(reason, f"reason ({', '.join(REASONS)})", "--reason REASON"), REASONS, "--reason")
        if of is not None and why != "duplicate":
            raise UsageProblem("--of names the case that a duplicate repeats", fix="--reason duplicate, or no --of")
        survivor = w.case(w.answer(of, "duplicate of case", "--of CASE")) if why == "duplicate" else None
        if survivor is not None and to is not None:
            fix = f"owncase void {number} --reason duplicate --of {survivor}"
            raise UsageProblem("a duplicate needs nobody's answer", fix=fix)
        note = w.edited("note", note, number, editor=editor)
        say_not_yet(w, void_case(w.desk, number, Voiding(why, survivor, note, to), w.once), "void")
