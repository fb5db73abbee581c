"""An offer is answered by the number of its case, or by its customer: then the account or the one case is meant."""

from typing import Annotated, Any

import typer

from owncase.cli import complete
from owncase.cli.context import tell
from owncase.cli.parties import show_customer
from owncase.cli.written import Writing
from owncase.errors import NotFound
from owncase.queries.answerable import Side, last_account_offer, offered_cases
from owncase.queries.lookup import SeveralFit, case_number_of, customer_of, reads_as_number

SubjectArgument = Annotated[
    str,
    typer.Argument(
        metavar="CASE",
        help="Number of a case, or a customer, for a case or the account.",
        autocompletion=complete.cases,
    ),
]
Account = Annotated[bool, typer.Option("--account", help="The account of the customer is meant, not a case.")]


def meant(work: Writing, text: str, side: Side, verb: str, *, account: bool) -> int | str:
    """The number of the case, or the key of the customer whose account is meant.

    Raises UsageProblem naming both forms when both are on offer, and NotFound as the lookups do.
    """
    _ = work.once
    reader = work.desk.reader
    if reads_as_number(text) and not account:
        return case_number_of(reader, text)
    customer = customer_of(reader, text)
    if account:
        return str(customer["key"])
    return _case_or_account(work, customer, side, verb)


def case_or_customer(work: Writing, text: str, *, account: bool) -> int | str:
    """The case that is meant, or the key of a customer that has no open one, or that `account` says is meant.

    Raises NotFound as the lookups do, and `SeveralFit` for a customer with several open cases.
    """
    _ = work.once
    reader = work.desk.reader
    if reads_as_number(text) and not account:
        return case_number_of(reader, text)
    key = str(customer_of(reader, text)["key"])
    try:
        return key if account else case_number_of(reader, key)
    except SeveralFit as several:
        raise SeveralFit(several.message, fix=f"{several.fix}; or of the customer as a whole: --account") from None
    except NotFound:
        return key


def show_account(work: Writing, key: str, already: str | None = None) -> None:
    """Say how the customer stands after an answer about the account."""
    show_customer(work.ctx, key, work.shape)
    if already:
        tell(work.ctx, already)


def _case_or_account(work: Writing, customer: dict[str, Any], side: Side, verb: str) -> int | str:
    reader, me, key = work.desk.reader, work.desk.me.id, str(customer["key"])
    cases = offered_cases(reader, customer["id"], me, side)
    offer = last_account_offer(reader, customer["id"], me, side)
    mine = offer is not None and offer["mine"]
    if cases and (len(cases) > 1 or (mine and offer and offer["state"] == "offered")):
        forms = [f"owncase {verb} {number}" for number in cases]
        if mine and offer and offer["state"] == "offered":
            forms.append(f"owncase {verb} {key} --account")
        raise SeveralFit(f"more than one offer is about {key}", fix=" or ".join(forms))
    if cases:
        return cases[0]
    if mine:
        return key
    try:
        return case_number_of(reader, key)
    except (NotFound, SeveralFit):
        if offer is None:
            raise
        return key
