"""A choice that holds for the whole store is an event, made by whoever made the store."""

from owncase.desk import Desk
from owncase.store.engine import write_tx


def choose(desk: Desk, name: str, value: str) -> None:
    """Record a choice such as `require-login`. Raises FounderOnly for anybody but the founder."""
    with write_tx(desk) as tx:
        if tx.setting(name) != value:
            tx.append("store.set", name=name, value=value)
