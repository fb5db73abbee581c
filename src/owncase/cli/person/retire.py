"""`owncase person retire HANDLE`: who leaves owns nothing any more (rule 9)."""

import typer

from owncase.actions.retire_person import retire_person
from owncase.cli.options import Format, Json, PersonArgument, RequestId
from owncase.cli.parties import same_person, show_person
from owncase.cli.written import writing


def command(
    ctx: typer.Context,
    person: PersonArgument,
    request_id: RequestId = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Let a person go who owns nothing any more."""
    with writing(ctx, request_id, None, format, json, again=same_person(ctx, format, json)) as w:
        retire_person(w.desk, person, once=w.once)
        show_person(ctx, person, w.shape)
