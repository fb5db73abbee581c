"""`owncase handoff CASE --to HANDLE`: an offer; it stays yours until they acknowledge."""

from typing import Annotated

import typer

from owncase.actions.hand_off import Packet, hand_off
from owncase.cli import complete
from owncase.cli.context import answer_if_any
from owncase.cli.options import (
    AllowPast,
    AnswerBy,
    Because,
    CaseArgument,
    Due,
    Editor,
    Format,
    IfVersion,
    Json,
    NextAction,
    Note,
    RequestId,
    To,
)
from owncase.cli.promised import By, Promised, with_dues
from owncase.cli.terms import Move, agreed, reason
from owncase.cli.written import OFFERED, writing
from owncase.queries.lookup import person_of

For = Annotated[
    str | None,
    typer.Option(
        "--for",
        metavar="OWNER",
        help="Offer it on behalf of its owner, as their manager.",
        autocompletion=complete.handles,
    ),
]


def command(
    ctx: typer.Context,
    case: CaseArgument,
    to: To = None,
    note: Note = None,
    editor: Editor = False,
    next_action: NextAction = None,
    due: Due = None,
    answer_by: AnswerBy = None,
    move: Move = None,
    because: Because = None,
    promise: Promised = None,
    by: By = None,
    on_behalf_of: For = None,
    allow_past: AllowPast = False,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Offer a case to its next owner.

    With --move and --promise, what was agreed is moved and promised in the same act.
    """
    with writing(ctx, request_id, if_version, format, json) as w:
        note, because = w.text("note", note), reason(w, because, move)
        promise = [w.text("promised", text) or "" for text in promise or []]
        number = w.case(case)
        if to is None:
            to = w.asked("next owner", "--to HANDLE", lambda said: str(person_of(w.desk.reader, said)["handle"]))
            note = note if note or editor else answer_if_any(ctx, "note")
        packet = Packet(
            next_action=next_action,
            next_due=w.when("due", due, allow_past=allow_past),
            answer_by=w.when("answer by", answer_by, allow_past=None, flag="--answer-by WHEN"),
            moves=agreed(w, move, "--move", case=number, allow_past=allow_past),
            because=because,
            promises=with_dues(w, promise, by, allow_past=allow_past),
            note=w.edited("note", note, number, editor=editor),
        )
        changed = hand_off(w.desk, number, to=to, packet=packet, on_behalf_of=on_behalf_of, once=w.once)
        w.show(changed, f"offered to {{0}}; {on_behalf_of}'s until {{0}} acknowledges" if on_behalf_of else OFFERED)
