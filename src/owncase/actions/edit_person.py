"""What is known of a person changes; only what really differs becomes history."""

from collections.abc import Mapping

from owncase.actions.change import ANEW, Once, change
from owncase.actions.person_details import taken_with_manager
from owncase.desk import Desk
from owncase.domain.values import Person
from owncase.errors import Refused


class OwnManager(Refused):
    """Nobody is their own manager: there would be nobody else to ask."""


def edit_person(desk: Desk, handle: str, stated: Mapping[str, str], *, once: Once = ANEW) -> str:
    """Change what is stated of a person; an empty text clears it. Gives the handle they go by now.

    Raises `NotTheirManager` (77) for a login or manager that others may not change, `HandleTaken`, `LoginTaken`.
    """
    with change(desk, once) as tx:
        person = tx.person_named(handle)
        wish = taken_with_manager(tx, stated)
        _is_somebody_else(person, wish.get("manager"))
        changed = {field: value for field, value in wish.items() if getattr(person, field) != value}
        if changed:
            tx.append("person.edited", subject=person.id, **changed)
        return str(changed.get("handle", person.handle))


def _is_somebody_else(person: Person, manager: int | None) -> None:
    if manager == person.id:
        raise OwnManager(
            f"{person.handle} cannot be their own manager", fix=f"owncase person edit {person.handle} --manager HANDLE"
        )
