"""`owncase contact edit norfolk.1 …`: what is known of a contact changes; an empty text clears it."""

import typer

from owncase.actions.contacts import edit_contact
from owncase.cli.contact.options import ContactArgument, Email, Name, Phone, Role, show_contact
from owncase.cli.context import desk_of
from owncase.cli.options import Format, Json, RequestId
from owncase.cli.person.options import stated
from owncase.cli.receipt import Shape
from owncase.cli.written import writing
from owncase.errors import UsageProblem
from owncase.queries.contacts import contact_named


def command(
    ctx: typer.Context,
    contact: ContactArgument,
    name: Name = None,
    role: Role = None,
    email: Email = None,
    phone: Phone = None,
    request_id: RequestId = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Change what is known about a contact."""
    details = stated(name=name, role=role, email=email, phone=phone)
    if not details:
        raise UsageProblem(f"nothing to change of {contact}", fix="owncase contact edit --help")

    def again(found: int) -> None:
        show_contact(ctx, found, contact_named(desk_of(ctx).reader, contact)[1], Shape(format, json))

    with writing(ctx, request_id, None, format, json, again=again) as w:
        once = w.once
        key, n = contact_named(w.desk.reader, contact)
        changed = edit_contact(w.desk, key, n, details, once=once)
        show_contact(ctx, changed.customer, n, w.shape)
