"""`owncase person add HANDLE --name NAME`: a live human joins the team."""

from typing import Annotated

import typer

from owncase.actions.add_person import add_person
from owncase.cli.options import Format, Json, RequestId
from owncase.cli.parties import same_person, show_person
from owncase.cli.person.options import Email, Hours, Languages, Login, Manager, Name, Phone, Place, Topics, Zone, stated
from owncase.cli.written import writing

Handle = Annotated[
    str, typer.Argument(metavar="HANDLE", help="A short name to type: letters, digits, dots and hyphens.")
]


def command(
    ctx: typer.Context,
    handle: Handle,
    name: Name = None,
    email: Email = None,
    phone: Phone = None,
    place: Place = None,
    zone: Zone = None,
    hours: Hours = None,
    manager: Manager = None,
    login: Login = None,
    topics: Topics = None,
    languages: Languages = None,
    request_id: RequestId = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Add a person to the team."""
    with writing(ctx, request_id, None, format, json, again=same_person(ctx, format, json)) as w:
        details = stated(
            handle=handle, name=w.answer(name, "name", "--name NAME"), email=email, phone=phone, place=place,
            zone=zone, hours=hours, manager=manager, login=login, topics=topics, languages=languages,
        )  # fmt: skip
        show_person(ctx, add_person(w.desk, details, once=w.once), w.shape)
