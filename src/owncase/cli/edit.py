"""`owncase edit CASE …`: a mistake in what a case is about is mended by its owner."""

from typing import Annotated

import typer

from owncase.actions.edit_case import Mending, edit_case
from owncase.cli.options import (
    URGENCIES,
    CaseArgument,
    Cause,
    Contact,
    Customer,
    Format,
    IfVersion,
    Json,
    RequestId,
    Urgency,
)
from owncase.cli.parse import choice
from owncase.cli.written import AGAIN, OFFERED, writing
from owncase.errors import UsageProblem
from owncase.queries.lookup import customer_of

Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What the customer needs, in one line.")]


def command(
    ctx: typer.Context,
    case: CaseArgument,
    title: Title = None,
    customer: Customer = None,
    cause: Cause = None,
    contact: Contact = None,
    urgency: Urgency = None,
    request_id: RequestId = None,
    if_version: IfVersion = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Mend the title, customer, cause, contact or urgency of a case."""
    if all(said is None for said in (title, customer, cause, contact, urgency)):
        raise UsageProblem("nothing to change", fix="say it with --title, --customer, --cause, --contact or --urgency")
    with writing(ctx, request_id, if_version, format, json) as w:
        cause = w.text("cause", cause)
        contact = w.text("contact", contact)
        number = w.case(case)
        wish = Mending(
            title=title,
            customer=customer and str(customer_of(w.desk.reader, customer)["key"]),
            cause=cause,
            contact=contact,
            urgency=urgency and choice(urgency, URGENCIES, "--urgency"),
        )
        w.show(edit_case(w.desk, number, wish, w.once), OFFERED if customer else AGAIN)
