"""A case that is to end stays whose it is until somebody else says that they answer for it; that is said first."""

from owncase.actions.change import Changed
from owncase.cli.context import tell
from owncase.cli.receipt import say
from owncase.cli.written import OFFERED, Writing


def say_not_yet(work: Writing, changed: Changed, ended: str) -> None:
    """Say that the case is not `ended` yet, beside the answer where that is for a script; then show the case."""
    if changed.offered_to:
        line = f"{changed.case} is NOT {ended} yet: {OFFERED.format(changed.offered_to)}"
        if work.shape.plain:
            say(work.ctx, line)
        else:
            tell(work.ctx, line)
    work.show(changed)
