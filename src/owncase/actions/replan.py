"""The next action changes without having been done, and somebody says why."""

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, Once, change
from owncase.actions.offering import offer_again, without_proposal
from owncase.desk import Desk
from owncase.domain.values import Prose


def replan(
    desk: Desk,
    number: int,
    *,
    because: str,
    next_action: str | None = None,
    next_due: str | None = None,
    waiting_for: str | None = None,
    once: Once = ANEW,
) -> Changed:
    """Change action, due or whom the case waits for; what is not given stays.

    A new action ends the waiting unless that is given too, and an empty `waiting_for` ends it.
    """
    action = typed.maybe_action(next_action)
    reason = typed.note(because, "reason")
    waiting = typed.line(waiting_for, "waiting for") if waiting_for else None
    with change(desk, once, number) as tx:
        case = tx.case(number)
        standing = without_proposal(tx.offer_of(number))
        stays = action is None and waiting_for is None
        tx.append(
            "case.replanned", case=number, because=reason, next_action=action or _prose(case.next_action),
            next_due=next_due or case.next_due, waiting_for=_prose(case.waiting_for) if stays else waiting,
        )  # fmt: skip
        return Changed(number, offered_to=offer_again(tx, number, standing))


def _prose(text: str | None) -> Prose | None:
    return None if text is None else Prose(text)
