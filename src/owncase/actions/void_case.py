"""Void is not closing: what should not be a case ends alone only where nobody is let down (rule 8)."""

from typing import NamedTuple

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, Once, change
from owncase.actions.offering import offer, who_answers_afterwards
from owncase.desk import Desk
from owncase.domain.case import is_owner
from owncase.domain.ending import may_void_alone
from owncase.domain.event import Event
from owncase.domain.values import Case
from owncase.store.write import Write

REASONS = ("duplicate", "spam", "mistake")


class Voiding(NamedTuple):
    """Why it is no case: one of REASONS; `of` is the surviving case of a duplicate; `to` who is asked to agree."""

    reason: str
    of: int | None = None
    note: str | None = None
    to: str | None = None


def void_case(desk: Desk, number: int, wish: Voiding, once: Once = ANEW) -> Changed:
    """Take a case out of the way; where rule 8 wants an answer, offer that to who would answer for the case."""
    words = typed.maybe_note(wish.note)
    with change(desk, once, number) as tx:
        case = tx.case(number)
        if wish.to is None and (case.status != "open" or _alone(tx, case, desk.me.id, wish)):
            tx.append("case.voided", case=number, reason=wish.reason, of=wish.of, note=words)
            return Changed(number)
        command = f"owncase void {number} --reason {wish.reason}"
        if case.status == "open":
            is_owner(tx, case, desk.me.id, command)
        taker = tx.person_named(wish.to) if wish.to else who_answers_afterwards(tx, case, command=command)
        return Changed(number, offered_to=offer(tx, number, taker, form="voiding", void_reason=wish.reason, note=words))


def _alone(tx: Write, case: Case, me: int, wish: Voiding) -> bool:
    wished = Event(kind="case.voided", actor=me, at=tx.now, case=case.number)
    return wish.reason == "duplicate" or may_void_alone(tx, case, wished)
