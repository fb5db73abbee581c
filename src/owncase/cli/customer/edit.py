"""`owncase customer edit CUSTOMER …`: what is known of a customer changes; an empty text clears it."""

from typing import Annotated

import typer

from owncase.actions.edit_customer import edit_customer
from owncase.cli.customer.options import Contact, Email, Name, Phone, Second
from owncase.cli.options import CustomerArgument, Format, Json, RequestId
from owncase.cli.parties import same_customer, show_customer
from owncase.cli.person.options import stated
from owncase.cli.written import writing
from owncase.errors import UsageProblem
from owncase.queries.lookup import customer_of

NewKey = Annotated[str | None, typer.Option("--key", metavar="NEW", help="Another key for the same customer.")]


def command(
    ctx: typer.Context,
    customer: CustomerArgument,
    key: NewKey = None,
    name: Name = None,
    second: Second = None,
    contact: Contact = None,
    email: Email = None,
    phone: Phone = None,
    request_id: RequestId = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Change what is known about a customer."""
    details = stated(key=key, name=name, second=second, contact=contact, email=email, phone=phone)
    if not details:
        raise UsageProblem(f"nothing to change of {customer}", fix="owncase customer edit --help")
    with writing(ctx, request_id, None, format, json, again=same_customer(ctx, format, json)) as w:
        once = w.once
        meant = customer_of(w.desk.reader, customer)["key"]
        show_customer(ctx, edit_customer(w.desk, meant, details, once=once), w.shape)
