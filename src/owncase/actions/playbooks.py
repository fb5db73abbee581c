"""Anybody adds a playbook, a further version of one, or takes one out of use; only what differs becomes history."""

from collections.abc import Sequence

from owncase.actions.change import ANEW, Once, change
from owncase.desk import Desk
from owncase.domain.playbook import UnknownPlaybook
from owncase.domain.playbook_text import Written
from owncase.domain.values import Prose
from owncase.errors import LookAgain


class NewerPlaybook(LookAgain):
    """The playbook is no longer the version that was looked at."""


def add_playbooks(
    desk: Desk, playbooks: Sequence[Written], *, instead_of: int | None = None, once: Once = ANEW
) -> list[str]:
    """Add playbooks, all or none. Gives the keys of those that differ from what is in use.

    `instead_of` is the version that was looked at. Raises `NewerPlaybook` where another is in use.
    """
    added = []
    with change(desk, once) as tx:
        for one in playbooks:
            standing = tx.playbook_of(one.key)
            if instead_of is not None and (standing is None or standing.id != instead_of):
                raise NewerPlaybook(f"the playbook {one.key} has changed", fix=f"owncase playbook show {one.key}")
            if standing is None or standing.body != one.body:
                topics = ",".join(one.topics) or None
                tx.append("playbook.added", key=one.key, title=Prose(one.title), topics=topics, body=Prose(one.body))
                added.append(one.key)
    return added


def retire_playbook(desk: Desk, key: str, *, once: Once = ANEW) -> None:
    """Take a playbook out of use. Raises `UnknownPlaybook`."""
    with change(desk, once) as tx:
        if tx.playbook_of(key) is None:
            raise UnknownPlaybook(f"no playbook is called {key[:80]!r}", fix="owncase playbook list")
        tx.append("playbook.retired", key=key)
