"""A person joins the team: known by handle and name, in the time zone of whoever adds them unless told otherwise."""

from collections.abc import Mapping

from owncase.actions.change import ANEW, Once, change
from owncase.actions.person_details import taken_with_manager
from owncase.desk import Desk
from owncase.domain.worktime import DEFAULT_HOURS

MISSING = {"email": None, "phone": None, "place": None, "manager": None, "login": None, "hours": str(DEFAULT_HOURS)}


def add_person(desk: Desk, stated: Mapping[str, str], *, once: Once = ANEW) -> str:
    """Add a person from what was stated, `handle` and `name` at least. Gives the handle.

    Raises BadData for a malformed detail, `HandleTaken` or `LoginTaken`.
    """
    zone = desk.me.zone
    with change(desk, once) as tx:
        details = {**MISSING, "zone": zone, **taken_with_manager(tx, stated)}
        tx.append("person.added", subject=tx.head.seq + 1, **details)
    return str(details["handle"])
