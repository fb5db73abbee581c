"""Offer a case to its next owner; the giver stays accountable until the answer is yes."""

from typing import NamedTuple

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, Once, change
from owncase.actions.move_promise import agree
from owncase.actions.offering import offer
from owncase.desk import Desk
from owncase.domain.case import NotTheOwner
from owncase.domain.handoff import none_stands
from owncase.domain.terms import said_terms
from owncase.domain.values import Case, Person
from owncase.store.write import Write


class Packet(NamedTuple):
    """What goes with an offer: a note, a proposed next action and due, and by when the answer is needed.

    First `moves` are made, which name promises with new dues, `because` of what, and `promises` of text and due.
    """

    note: str | None = None
    next_action: str | None = None
    next_due: str | None = None
    answer_by: str | None = None
    moves: tuple[tuple[str, str], ...] = ()
    because: str | None = None
    promises: tuple[tuple[str, str], ...] = ()


def hand_off(
    desk: Desk, number: int, *, to: str, packet: Packet, on_behalf_of: str | None = None, once: Once = ANEW
) -> Changed:
    """Offer a case. A manager offers it on behalf of its owner, and names them (rule 9)."""
    told = {
        "note": typed.maybe_note(packet.note), "next_action": typed.maybe_action(packet.next_action),
        "next_due": packet.next_due, "answer_by": packet.answer_by,
    }  # fmt: skip
    promises = [(typed.line(promise, "promise"), due) for promise, due in packet.promises]
    with change(desk, once, number) as tx:
        taker = tx.person_named(to)
        _speaks_for(tx, tx.case(number), desk.me.id, taker, on_behalf_of)
        if packet.moves or promises:
            none_stands(tx, number)  # else it would be superseded without a word
        said_terms(
            tx, packet.moves, lambda case: case.number == number, f"case {number}", f"owncase promise list {number}"
        )
        agree(tx, packet.moves, packet.because or f"terms of {taker.handle}")
        for promise, due in promises:
            tx.append("promise.made", case=number, text=promise, due=due)
        return Changed(number, offered_to=offer(tx, number, taker, **told))


def _speaks_for(tx: Write, case: Case, me: int, taker: Person, on_behalf_of: str | None) -> None:
    if case.status != "open" or case.owner is None:
        return  # the rule of the offer says so
    owner = tx.person(case.owner)
    command = f"owncase handoff {case.number} --to {taker.handle}"
    if on_behalf_of is not None and on_behalf_of != owner.handle:
        raise NotTheOwner(
            f"case {case.number} is {owner.handle}'s, not {on_behalf_of}'s", fix=f"{command} --for {owner.handle}"
        )
    if on_behalf_of is None and me == owner.manager:
        raise NotTheOwner(
            f"case {case.number} is {owner.handle}'s, not yours; as their manager you may offer it for them",
            fix=f"{command} --for {owner.handle}",
        )
