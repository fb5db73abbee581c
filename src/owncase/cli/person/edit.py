"""`owncase person edit HANDLE …`: what is known of a person changes; an empty text clears it."""

from typing import Annotated

import typer

from owncase.actions.edit_person import edit_person
from owncase.cli.options import Format, Json, PersonArgument, RequestId
from owncase.cli.parties import same_person, show_person
from owncase.cli.person.options import Email, Hours, Languages, Login, Manager, Name, Phone, Place, Topics, Zone, stated
from owncase.cli.written import writing
from owncase.errors import UsageProblem

NewHandle = Annotated[str | None, typer.Option("--handle", metavar="NEW", help="Another handle for the same person.")]


def command(
    ctx: typer.Context,
    person: PersonArgument,
    handle: NewHandle = None,
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
    """Change what is known about a person."""
    details = stated(
        handle=handle, name=name, email=email, phone=phone, place=place, zone=zone, hours=hours, manager=manager,
        login=login, topics=topics, languages=languages,
    )  # fmt: skip
    if not details:
        raise UsageProblem(f"nothing to change of {person}", fix="owncase person edit --help")
    with writing(ctx, request_id, None, format, json, again=same_person(ctx, format, json)) as w:
        show_person(ctx, edit_person(w.desk, person, details, once=w.once), w.shape)
