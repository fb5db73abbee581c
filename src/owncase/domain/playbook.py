"""Playbooks come in versions of a key: the newest is the one that cases begin with, until it is retired.

What a playbook says is read where somebody asks, never here: history stays sound whatever later readers make of it.
"""

from owncase.domain.change import changed
from owncase.domain.event import Event
from owncase.domain.records import Records
from owncase.domain.values import Case, Playbook
from owncase.errors import NotFound, Refused


class UnknownPlaybook(NotFound):
    """No playbook of this key is there to begin with."""


class PlaybookRetired(Refused):
    """A case begins with the version of a playbook that is in use."""


class NotItsStep(Refused):
    """A case goes through the steps of its playbook one after the other."""


def added(records: Records, event: Event) -> None:
    """A playbook is there, or a further version of one: cases that began with an older one keep it."""
    if standing := records.playbook_of(event.data["key"]):
        records.put(changed(standing, active=0, event=event.seq))
    records.put(
        Playbook(**event.data, id=event.seq, active=1, added_by=event.actor, added_at=event.at, event=event.seq)
    )


def retired(records: Records, event: Event) -> None:
    """No further case begins with it."""
    standing = records.playbook_of(event.data["key"])
    if standing is None:
        raise UnknownPlaybook(f"no playbook is called {event.data['key']}", fix="owncase playbook list")
    records.put(changed(standing, active=0, event=event.seq))


def begins_with(records: Records, number: int | None) -> None:
    """Raise `PlaybookRetired` unless a case may begin with this version, or with none."""
    if number is not None and not records.playbook(number).active:
        key = records.playbook(number).key
        raise PlaybookRetired(f"this version of the playbook {key} is not in use", fix="owncase playbook list")


def step_after(case: Case, stated: int | None) -> int:
    """How many steps are done when an action is. Raises `NotItsStep` for any but the next."""
    if stated is None:
        return case.step
    if case.playbook is None or stated != case.step + 1:
        raise NotItsStep(
            f"that is not the next step of case {case.number}", fix=f"look again: owncase show {case.number}"
        )
    return stated


def step_before(case: Case, stated: int | None) -> int:
    """How many steps are done when an action is not done after all."""
    if stated is None:
        return case.step
    if case.playbook is None or stated != case.step - 1:
        raise NotItsStep(
            f"that is not the last step of case {case.number}", fix=f"look again: owncase show {case.number}"
        )
    return stated
