"""A customer is added with one account owner; somebody else named is claimed, and asked to acknowledge (rule 12)."""

from collections.abc import Mapping

from owncase.actions.account_offer import offer_account
from owncase.actions.change import ANEW, Once, change
from owncase.actions.customer_details import taken
from owncase.desk import Desk

MISSING = {"contact": None, "email": None, "phone": None, "second": None}


def add_customer(
    desk: Desk,
    stated: Mapping[str, str],
    *,
    owner: str | None = None,
    note: str | None = None,
    once: Once = ANEW,
) -> str:
    """Add a customer from what was stated, `key` and `name` at least; the account is yours unless `owner` is named.

    Gives the key. Raises BadData for a malformed detail, NotFound for an unknown person, `HandleTaken`, `HasLeft`.
    """
    with change(desk, once) as tx:
        named = tx.person_named(owner) if owner is not None else tx.person(desk.me.id)
        details = {**MISSING, **taken(tx, stated)}
        added = tx.append("customer.added", subject=tx.head.seq + 1, account_owner=named.id, **details)
        if named.id != added.actor:
            offer_account(tx, added.seq, named, note=note)
    return str(details["key"])
