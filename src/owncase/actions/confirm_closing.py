"""Whoever hears that the customer is content says so of a closing that nobody there had confirmed."""

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, Once, change
from owncase.desk import Desk


def confirm_closing(desk: Desk, number: int, by: str, once: Once = ANEW) -> Changed:
    """Say who at the customer's confirmed a closing afterwards. Raises `NothingToConfirm`."""
    confirmed = typed.line(by, "name")
    with change(desk, once, number) as tx:
        case = tx.case(number)
        if case.status == "closed" and case.confirmed_by:
            return Changed(number, already=f"already confirmed by {case.confirmed_by}")
        tx.append("case.confirmed", case=number, confirmed_by=confirmed)
    return Changed(number)
