"""`owncase contact remove norfolk.1`: they are no longer to be asked for; history keeps who they were."""

import typer

from owncase.actions.contacts import remove_contact
from owncase.cli.contact.options import ContactArgument, show_contact
from owncase.cli.context import desk_of
from owncase.cli.options import Format, Json, RequestId
from owncase.cli.receipt import Shape
from owncase.cli.written import writing
from owncase.queries.contacts import contact_named


def command(
    ctx: typer.Context,
    contact: ContactArgument,
    request_id: RequestId = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Take a contact from a customer's list."""

    def again(found: int) -> None:
        show_contact(ctx, found, contact_named(desk_of(ctx).reader, contact)[1], Shape(format, json))

    with writing(ctx, request_id, None, format, json, again=again) as w:
        once = w.once
        key, n = contact_named(w.desk.reader, contact)
        gone = remove_contact(w.desk, key, n, once=once)
        show_contact(ctx, gone.customer, n, w.shape, gone.already)
