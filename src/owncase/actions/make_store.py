"""A store begins with two events: it was made, and by whom; that person is its founder."""

from collections.abc import Mapping
from secrets import token_hex

from owncase import __version__
from owncase.actions.add_person import MISSING
from owncase.actions.person_details import taken
from owncase.desk import Desk
from owncase.store.connection import SCHEMA_VERSION
from owncase.store.engine import FOUNDER, create_tx

STORE_ID_BYTES = 16


def make_store(desk: Desk, stated: Mapping[str, str]) -> None:
    """Make the store of this desk and register its founder, with the login of the OS user.

    `stated` has `handle`, `name` and `zone` at least. Raises `AlreadyThere` (73), BadData for a malformed detail.
    """
    details = {**MISSING, **taken({**stated, "login": desk.os_user})}
    store = token_hex(STORE_ID_BYTES)
    with create_tx(desk.store, desk, store=store) as tx:
        tx.append("store.created", store=store, schema=SCHEMA_VERSION, program=__version__)
        tx.append("person.added", subject=FOUNDER, **details)
