"""Who is on duty when is published by anybody, and taken back by those who may."""

from owncase.actions import typed
from owncase.actions.change import ANEW, Once, change
from owncase.desk import Desk


def add_duty(desk: Desk, handle: str, since: str, until: str, note: str | None = None, *, once: Once = ANEW) -> int:
    """Put a person on duty. Gives the number of the duty. Raises `HasLeft`, `EndsBeforeItBegins`, `TooLongADuty`."""
    said = typed.maybe_line(note, "note")
    with change(desk, once) as tx:
        person = tx.person_named(handle)
        tx.append("duty.added", subject=person.id, from_at=since, until_at=until, note=said)
        return tx.head.seq


def remove_duty(desk: Desk, number: int, *, once: Once = ANEW) -> bool:
    """Take a duty back. Gives whether it stood until now. Raises NotFound, and `NotTheirDuty` (77)."""
    with change(desk, once) as tx:
        duty = tx.duty(number)
        if duty.active:
            tx.append("duty.removed", subject=duty.person, n=duty.id)
        return bool(duty.active)
