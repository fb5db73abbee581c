"""A person leaves, and owns nothing when they do (rule 9)."""

from owncase.actions.change import ANEW, Once, change
from owncase.desk import Desk


def retire_person(desk: Desk, handle: str, *, once: Once = ANEW) -> None:
    """Let a person go. Raises `StillOwns` listing what is theirs, `NotTheirManager` (77) for others' doing."""
    with change(desk, once) as tx:
        tx.append("person.retired", subject=tx.person_named(handle).id)
