"""A store begins with two events: it was made, and by whom; that person is its founder."""

from collections.abc import Mapping
from secrets import token_hex

from owncase import __version__
from owncase.actions.add_person import MISSING
from owncase.actions.person_details import taken
from owncase.desk import Desk
from owncase.store.connection import SCHEMA_VERSION
from owncase.store.engine import create_tx
from owncase.store.groups import Group
from owncase.store.write import FOUNDER, Typist

STORE_ID_BYTES = 16


def make_store(desk: Desk, stated: Mapping[str, str], *, group: Group | None = None) -> None:
    """Make the store of this desk and register its founder, with the login of the OS user.

    With a `group` its members share it. `stated` has `handle`, `name` and `zone` at least. Raises `AlreadyThere` (73),
    BadData for a malformed detail, `UnsafePlace` (77) for a folder that is not the group's.
    """
    details = {**MISSING, **taken({**stated, "login": desk.os_user})}
    store = token_hex(STORE_ID_BYTES)
    with create_tx(desk.store, desk, store=store, group=group) as tx:
        tx.append("store.created", store=store, schema=SCHEMA_VERSION, program=__version__)
        tx.append("person.added", subject=FOUNDER, **details)
        if group is not None:
            tx.who = Typist(FOUNDER, desk.os_user, claimed=False)
            tx.append("store.set", name="group", value=group.name)
