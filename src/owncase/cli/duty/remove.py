"""`owncase duty remove 12`: somebody is no longer on duty then; history keeps that they were to be."""

from typing import Annotated

import typer

from owncase.actions.duty import remove_duty
from owncase.cli.context import tell
from owncase.cli.duty.options import duty_number, show_duty
from owncase.cli.options import Format, Json, RequestId
from owncase.cli.receipt import Shape
from owncase.cli.written import writing

Duty = Annotated[str, typer.Argument(metavar="DUTY", help="Number of a duty, as duty list shows it.")]


def command(
    ctx: typer.Context, duty: Duty, request_id: RequestId = None, format: Format = None, json: Json = False
) -> None:
    """Take a duty back."""
    number = duty_number(duty)
    with writing(
        ctx, request_id, None, format, json, again=lambda found: show_duty(ctx, number, Shape(format, json))
    ) as w:
        stood = remove_duty(w.desk, number, once=w.once)
        show_duty(ctx, number, w.shape)
        if not stood:
            tell(ctx, f"duty {number} was taken back already")
