"""Who is asked may say no, with a reason; the giver, who never stopped owning it, sees it come back."""

from typing import Any, NamedTuple

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, Once, change
from owncase.desk import Desk
from owncase.domain.handoff import NothingOnOffer
from owncase.domain.person import is_active
from owncase.domain.values import Prose
from owncase.store.write import Write

REASONS = ("wrong-topic", "not-my-customer", "no-capacity", "missing-info", "away", "other")


class No(NamedTuple):
    """Why not: one of REASONS, in words, and who might be a better next owner.

    `terms` are promises with the dues on which the answer would be yes: `(("42.1", "2026-12-04T22:00:00Z"),)`.
    """

    reason: str
    note: str | None = None
    suggest: str | None = None
    terms: tuple[tuple[str, str], ...] = ()


def decline(desk: Desk, number: int, no: No, once: Once = ANEW) -> Changed:
    """Say no to an offer; or, where an import claims the case to be yours, return it to the importer (rule 10)."""
    words = typed.maybe_note(no.note)
    with change(desk, once, number) as tx:
        case = tx.case(number)
        if tx.offer_of(number) is None and case.claimed and case.owner == desk.me.id:
            if no.terms:
                raise NothingOnOffer(
                    f"an import says that case {number} is yours, and nobody offers it on terms",
                    fix=f"owncase decline {number} --reason {no.reason}",
                )
            tx.append("case.returned", case=number, reason=no.reason, note=words)
        else:
            tx.append("handoff.declined", case=number, **_said(tx, no, words))
    return Changed(number)


def decline_account(desk: Desk, key: str, no: No, once: Once = ANEW) -> None:
    """Say no to the offer of an account."""
    words = typed.maybe_note(no.note)
    with change(desk, once) as tx:
        customer = tx.customer_named(key).id
        tx.append("customer.declined", subject=customer, **_said(tx, no, words))


def _said(tx: Write, no: No, words: Prose | None) -> dict[str, Any]:
    suggested = tx.person_named(no.suggest) if no.suggest is not None else None
    if suggested:
        is_active(suggested)
    said = {"reason": no.reason, "note": words, "suggested": suggested.id if suggested else None}
    return {**said, "terms": [list(term) for term in no.terms]} if no.terms else said
