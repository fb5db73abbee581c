"""Anybody may help by writing something down, and that never moves ownership."""

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, Once, change
from owncase.desk import Desk


def note(desk: Desk, number: int, text: str, once: Once = ANEW) -> Changed:
    """Write a note into a case; the owner is shown another's note until they say that they have seen it."""
    words = typed.note(text)
    with change(desk, once, number) as tx:
        tx.append("case.noted", case=number, text=words)
    return Changed(number)
