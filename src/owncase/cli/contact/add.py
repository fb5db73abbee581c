"""`owncase contact add CUSTOMER NAME`: somebody who can be asked for there."""

from typing import Annotated

import typer

from owncase.actions.contacts import add_contact
from owncase.cli.contact.options import Email, Phone, Role, show_contact
from owncase.cli.context import desk_of
from owncase.cli.options import CustomerArgument, Format, Json, RequestId, words_to_the_end
from owncase.cli.person.options import stated
from owncase.cli.receipt import Shape
from owncase.cli.written import writing
from owncase.queries.contacts import number_requested
from owncase.queries.lookup import customer_of

Called = Annotated[list[str] | None, words_to_the_end("NAME", "The name as people say it.")]


def command(
    ctx: typer.Context,
    customer: CustomerArgument,
    name: Called = None,
    role: Role = None,
    email: Email = None,
    phone: Phone = None,
    request_id: RequestId = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Add a contact at a customer's."""

    def again(found: int) -> None:
        show_contact(ctx, found, number_requested(desk_of(ctx).reader, request_id or ""), Shape(format, json))

    with writing(ctx, request_id, None, format, json, again=again) as w:
        called = w.text("name", name)
        once = w.once
        key = customer_of(w.desk.reader, customer)["key"]
        details = stated(name=w.answer(called, "name", "NAME"), role=role, email=email, phone=phone)
        added = add_contact(w.desk, key, details, once=once)
        show_contact(ctx, added.customer, added.n, w.shape, added.already)
