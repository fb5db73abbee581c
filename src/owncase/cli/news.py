"""Who owns a case, and that it is done, is told to the customer after the acknowledgement, never before."""

import typer

from owncase.actions.change import Changed
from owncase.cli.context import desk_of, tell, world_of
from owncase.queries.case_story import case_object
from owncase.queries.customers import can_be_told
from owncase.render.safe import safe

KINDS = {"open": "new-owner", "closed": "resolved"}
"""The letter that tells how an acknowledged case stands; of one that is void there is nothing to tell."""


def tell_of_case(ctx: typer.Context, changed: Changed) -> None:
    """Say on a terminal which letter tells the customer what was just acknowledged."""
    desk = desk_of(ctx)
    case = case_object(desk.reader, changed.case, desk.now())
    if changed.already is None and case["status"] in KINDS:
        _tell(ctx, case["customer"], f"{changed.case} --kind {KINDS[case['status']]}")


def tell_of_account(ctx: typer.Context, key: str, already: str | None) -> None:
    """Say on a terminal which letter tells the customer who answers for their account now."""
    if already is None:
        _tell(ctx, key, f"{key} --account --kind new-owner")


def _tell(ctx: typer.Context, key: str, letter: str) -> None:
    if world_of(ctx).stderr.isatty() and can_be_told(desk_of(ctx).reader, key):
        tell(ctx, f"tell {safe(key)}: owncase letter {letter} --send")
