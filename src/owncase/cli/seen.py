"""`owncase seen CASE`: reading never writes, so that it was read is said."""

import typer

from owncase.actions.seen import seen, seen_account
from owncase.cli.options import Format, IfVersion, Json, RequestId
from owncase.cli.parties import same_customer
from owncase.cli.subject import Account, SubjectArgument, meant, show_account
from owncase.cli.written import writing


def command(
    ctx: typer.Context,
    case: SubjectArgument,
    account: Account = False,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Say that you read the notes of others, or an offer."""
    with writing(ctx, request_id, if_version, format, json, again=same_customer(ctx, format, json)) as w:
        subject = meant(w, case, "taker", "seen", account=account)
        if isinstance(subject, int):
            w.show(seen(w.desk, subject, w.once))
        else:
            show_account(w, subject, seen_account(w.desk, subject, w.once))
