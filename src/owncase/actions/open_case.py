"""A case belongs to who opens it, and is offered in the same act to who should own it (rule 6)."""

from typing import Any, NamedTuple
from uuid import uuid4

from owncase.actions import typed
from owncase.actions.change import ANEW, Changed, Once, change
from owncase.actions.offering import offer
from owncase.desk import Desk
from owncase.domain import text
from owncase.domain.case import ExternalTaken
from owncase.domain.handoff import SelfHandoff
from owncase.domain.person import HandleTaken
from owncase.domain.values import Customer, Person, Prose
from owncase.store.write import Write


class Opening(NamedTuple):
    """What is known of a new case. Moments are text as stored; `promises` are (text, due) pairs.

    The customer is named by key, or made of the name of a new one. `to` is who is asked to own the case, by default the
    account owner; `kept` asks nobody. `playbook` is the version whose steps it follows.
    """

    title: str
    next_action: str
    next_due: str
    customer: str | None = None
    new_customer: str | None = None
    to: str | None = None
    kept: bool = False
    urgency: str = "normal"
    cause: str | None = None
    contact: str | None = None
    channel: str | None = None
    waiting_for: str | None = None
    external: str | None = None
    promises: tuple[tuple[str, str], ...] = ()
    playbook: int | None = None


def open_case(desk: Desk, wish: Opening, once: Once = ANEW) -> Changed:
    """Open a case and offer it. Raises `ExternalTaken`, `HandleTaken`, and the refusals of offering."""
    facts = facts_of(wish)
    promises = [(typed.line(promise, "promise"), due) for promise, due in wish.promises]
    with change(desk, once) as tx:
        _is_free(tx, wish.external)
        customer = _customer(tx, desk.me.id, wish)
        taker = taker_of(tx, desk.me.id, wish, tx.person(customer.account_owner))
        number = tx.next_number()
        tx.append("case.opened", case=number, customer=customer.id, **facts)
        for promise, due in promises:
            tx.append("promise.made", case=number, text=promise, due=due)
        if taker:
            offer(tx, number, taker)
        elif customer.account_owner != desk.me.id:
            kept(tx, number, customer)
    return Changed(number, offered_to=taker.handle if taker else None)


def facts_of(wish: Opening) -> dict[str, Any]:
    """What `case.opened` says beside the customer. Raises the BadData that names what is wrong with a text."""
    return {
        "title": typed.line(wish.title, "title"),
        "next_action": typed.action(wish.next_action), "next_due": wish.next_due,
        "urgency": wish.urgency, "cause": typed.maybe_line(wish.cause, "cause"), "channel": wish.channel,
        "contact": typed.maybe_line(wish.contact, "contact"), "source": "", "uid": str(uuid4()),
        "waiting_for": typed.maybe_line(wish.waiting_for, "waiting for"),
        "external": text.external_id(wish.external) if wish.external is not None else None,
    } | ({} if wish.playbook is None else {"playbook": wish.playbook})  # fmt: skip


def _is_free(tx: Write, external: str | None) -> None:
    taken = tx.case_of("", external) if external is not None else None
    if taken:
        raise ExternalTaken(f"{external} is case {taken} already", fix=f"owncase show {taken}")


def _customer(tx: Write, me: int, wish: Opening) -> Customer:
    if wish.new_customer is None:
        return tx.customer_named(wish.customer or "")
    name = Prose(text.name(wish.new_customer, "customer name"))
    key = text.handle_from(name)
    if tx.is_taken(key):
        raise HandleTaken(
            f"a new customer {name} would be called {key}, and that name is taken",
            fix=f"-c {key} if it is the same one, else owncase customer add KEY --name NAME first",
        )
    request, tx.request = tx.request, None  # the request is for the case
    made = tx.append("customer.added", subject=tx.head.seq + 1, key=key, name=name, contact=None, email=None,
                     phone=None, account_owner=me, second=None)  # fmt: skip
    tx.request = request
    return tx.customer(made.seq)


def taker_of(tx: Write, me: int, wish: Opening, account_owner: Person) -> Person | None:
    """Who is asked to own the case: who was named, else the account owner; nobody where that is the opener."""
    if wish.to is None:
        return None if wish.kept or account_owner.id == me else account_owner
    taker = tx.person_named(wish.to)
    if taker.id == me:
        raise SelfHandoff(
            f"{taker.handle} opens the case, and cannot be offered it too", fix="say --keep instead of --to"
        )
    return taker


def kept(tx: Write, number: int, customer: Customer) -> None:
    """Tell the account owner, by a note, that the case is not offered to them."""
    owner = tx.person(customer.account_owner).handle
    tx.append(
        "case.noted", case=number, text=Prose(f"Kept by its opener, and not offered to the account owner {owner}.")
    )
