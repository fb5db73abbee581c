"""What comes next for a customer is set, replaced or cleared, and what was done before is told with it."""

from typing import NamedTuple

from owncase.actions import typed
from owncase.actions.change import ANEW, Once, change
from owncase.desk import Desk
from owncase.domain.values import Prose
from owncase.store.write import Write

NONE_YET = "no next touch to clear"


class Touch(NamedTuple):
    """What is done next for a customer, by when; neither where there is nothing. `did` is what was done before."""

    action: str | None = None
    due: str | None = None
    did: str | None = None


def plan_touch(desk: Desk, key: str, touch: Touch, once: Once = ANEW) -> str | None:
    """Say what comes next for a customer. Gives why there was nothing to do, if there was nothing.

    Raises `NotYourCustomer`.
    """
    action, did = typed.maybe_action(touch.action), typed.maybe_note(touch.did, "what was done")
    with change(desk, once) as tx:
        customer = tx.customer_named(key)
        if not action and not did and customer.next_touch is None:
            return NONE_YET
        append(tx, customer.id, action, touch.due, did)
    return None


def append(tx: Write, customer: int, action: Prose | None, due: str | None, did: Prose | None = None) -> None:
    """The event of a next touch."""
    tx.append("customer.planned", subject=customer, next_touch=action, next_touch_due=due, did=did)
