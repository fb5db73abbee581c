"""Whoever told a customer something says so: how, whom there, and which ETAs they know now."""

from collections.abc import Collection
from typing import NamedTuple

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, Once, change
from owncase.desk import Desk
from owncase.domain.promise import find
from owncase.domain.told import in_debt
from owncase.store.write import Write


class Telling(NamedTuple):
    """How (email, phone, visit or chat), whom, in which words, and the ETAs of which promises.

    `promises` None means every promise of the case whose ETA the customer does not know.
    """

    how: str
    whom: str
    text: str | None = None
    promises: Collection[int] | None = None


class Eta(NamedTuple):
    """The ETA of a promise that the customer was told, and whether they knew it before."""

    n: int
    due: str
    known: bool


def tell_case(desk: Desk, number: int, said: Telling, once: Once = ANEW) -> tuple[Changed, list[Eta]]:
    """Record that the customer was told where their case stands. Raises `PromiseNotOpen` and `UnknownPromise`."""
    with change(desk, once, number) as tx:
        wanted = said.promises
        if wanted is None:
            wanted = [promise.n for promise in tx.promises_of(number) if in_debt(promise)]
        promises = [find(tx, number, n) for n in sorted(set(wanted))]
        tell_in(tx, number, said, [promise.n for promise in promises])
    return Changed(number), [Eta(promise.n, promise.due, not in_debt(promise)) for promise in promises]


def tell_in(tx: Write, number: int, said: Telling, promises: list[int]) -> None:
    """Record in a change that is under way that the customer was told, with the ETAs of these promises."""
    whom, text = typed.line(said.whom, "name"), typed.maybe_note(said.text, "text")
    tx.append("case.told", case=number, how=said.how, whom=whom, text=text, promises=promises)


def tell_customer(desk: Desk, key: str, said: Telling, once: Once = ANEW) -> None:
    """Record that the customer was told something that is about no single case."""
    whom, text = typed.line(said.whom, "name"), typed.maybe_note(said.text, "text")
    with change(desk, once) as tx:
        tx.append("customer.told", subject=tx.customer_named(key).id, how=said.how, whom=whom, text=text)
