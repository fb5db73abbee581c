"""`owncase withdraw CASE`: an offer is taken back by the giver's side, until it is answered."""

import typer

from owncase.actions.withdraw import withdraw, withdraw_account
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
    """Take an offer back."""
    with writing(ctx, request_id, if_version, format, json, again=same_customer(ctx, format, json)) as w:
        subject = meant(w, case, "giver", "withdraw", account=account)
        if isinstance(subject, int):
            w.show(withdraw(w.desk, subject, w.once))
        else:
            withdraw_account(w.desk, subject, w.once)
            show_account(w, subject)
