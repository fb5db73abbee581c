"""`owncase customer add KEY --name NAME`: a customer with one account owner, you unless another is named (rule 12)."""

from typing import Annotated

import typer

from owncase.actions.add_customer import add_customer
from owncase.cli import complete
from owncase.cli.customer.options import Contact, Email, Name, Phone, Second
from owncase.cli.options import Format, Json, Note, RequestId
from owncase.cli.parties import same_customer, show_customer
from owncase.cli.person.options import stated
from owncase.cli.written import writing

Key = Annotated[str, typer.Argument(metavar="KEY", help="A short name to type: letters, digits, dots and hyphens.")]
AccountOwner = Annotated[
    str | None,
    typer.Option(
        "--owner",
        metavar="HANDLE",
        help="Who answers for the account; claimed until they acknowledge.",
        autocompletion=complete.handles,
    ),
]


def command(
    ctx: typer.Context,
    key: Key,
    name: Name = None,
    owner: AccountOwner = None,
    second: Second = None,
    contact: Contact = None,
    email: Email = None,
    phone: Phone = None,
    note: Note = None,
    request_id: RequestId = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Add a customer."""
    with writing(ctx, request_id, None, format, json, again=same_customer(ctx, format, json)) as w:
        note = w.text("note", note)
        details = stated(
            key=key, name=w.answer(name, "name", "--name NAME"), second=second, contact=contact, email=email,
            phone=phone,
        )  # fmt: skip
        show_customer(ctx, add_customer(w.desk, details, owner=owner, note=note, once=w.once), w.shape)
