"""The ETA of a promise moves, and why; the customer believes the old one until they are told."""

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, Once, change
from owncase.actions.offering import offer_again
from owncase.actions.tell import Telling, tell_in
from owncase.desk import Desk
from owncase.domain.terms import Terms
from owncase.domain.values import Prose
from owncase.store.write import Write


def move_promise(
    desk: Desk, number: int, n: int, *, due: str, because: str, told: Telling | None = None, once: Once = ANEW
) -> Changed:
    """Move the ETA of the n-th promise of a case to a moment, as stored; nothing changes where it is that already.

    `told` says how and whom the customer was told in the same breath.
    """
    reason = typed.note(because, "reason")
    with change(desk, once, number) as tx:
        if not _is_due_then(tx, number, n, due):
            return Changed(number, offered_to=_move(tx, number, n, due, reason, told=told))
        if told is None:
            return Changed(number, already=f"promise {number}.{n} is due then already")
        tell_in(tx, number, told, [n])
        return Changed(number)


def agree(tx: Write, terms: Terms, because: str) -> None:
    """Move each promise to the due that was asked for. Raises `NotTheHolder` and `PromiseNotOpen`."""
    reason = typed.note(because, "reason")
    for name, due in terms:
        number, n = map(int, name.split("."))
        if not _is_due_then(tx, number, n, due):
            _move(tx, number, n, due, reason)


def _is_due_then(tx: Write, number: int, n: int, due: str) -> bool:
    return any(promise.n == n and (promise.state, promise.due) == ("open", due) for promise in tx.promises_of(number))


def _move(tx: Write, number: int, n: int, due: str, reason: Prose, *, told: Telling | None = None) -> str | None:
    standing = tx.offer_of(number)
    tx.append("promise.moved", case=number, n=n, due=due, because=reason)
    if told is not None:
        tell_in(tx, number, told, [n])
    return offer_again(tx, number, standing)
