"""What is known of a customer changes; only what really differs becomes history, and never the account owner."""

from collections.abc import Mapping

from owncase.actions.change import ANEW, Once, change
from owncase.actions.customer_details import taken
from owncase.desk import Desk


def edit_customer(desk: Desk, key: str, stated: Mapping[str, str], *, once: Once = ANEW) -> str:
    """Change what is stated of a customer; an empty text clears it. Gives the key it goes by now.

    Raises `NotTheAccountOwner` when somebody else names the second, `HandleTaken` for a key in use.
    """
    with change(desk, once) as tx:
        customer = tx.customer_named(key)
        wish = taken(tx, stated)
        changed = {field: value for field, value in wish.items() if getattr(customer, field) != value}
        if changed:
            tx.append("customer.edited", subject=customer.id, **changed)
        return str(changed.get("key", customer.key))
