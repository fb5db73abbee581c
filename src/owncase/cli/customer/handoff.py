"""`owncase customer handoff CUSTOMER --to HANDLE`: the account is theirs when they acknowledge (rule 12)."""

import typer

from owncase.actions.hand_off_customer import hand_off_customer
from owncase.cli.options import AnswerBy, Because, CustomerArgument, Format, Json, Note, RequestId, To
from owncase.cli.parties import same_customer, show_customer
from owncase.cli.relationship import tell_offered
from owncase.cli.standing_offer import say_debt
from owncase.cli.terms import Move, agreed, reason
from owncase.cli.written import writing
from owncase.queries.lookup import customer_of


def command(
    ctx: typer.Context,
    customer: CustomerArgument,
    to: To = None,
    note: Note = None,
    answer_by: AnswerBy = None,
    move: Move = None,
    because: Because = None,
    request_id: RequestId = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Offer the account of a customer to its next owner."""
    with writing(ctx, request_id, None, format, json, again=same_customer(ctx, format, json)) as w:
        note, because = w.text("note", note), reason(w, because, move)
        once = w.once
        key = customer_of(w.desk.reader, customer)["key"]
        taker = w.answer(to, "next account owner", "--to HANDLE")
        moment = w.when("answer by", answer_by, allow_past=None, flag="--answer-by WHEN")
        moves = agreed(w, move, "--move")
        hand_off_customer(w.desk, key, to=taker, note=note, answer_by=moment, moves=moves, because=because, once=once)
        show_customer(ctx, key, w.shape)
        tell_offered(ctx, key)
        for number in sorted({int(name.split(".")[0]) for name, _ in moves}):
            say_debt(ctx, number)
