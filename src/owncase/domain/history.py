"""The fold: what an event does to the records, or the named rule by which it may not happen.

The same function serves a write, `store check` and an import, so that a rule holds wherever history is made or read.
"""

import re
from collections.abc import Callable

from owncase.domain import (
    call,
    case,
    contact,
    customer,
    duty,
    ending,
    handoff,
    letter,
    log,
    person,
    playbook,
    promise,
    told,
    touch,
    undo,
)
from owncase.domain.event import Event
from owncase.domain.form import has_form
from owncase.domain.person import is_active, is_founder
from owncase.domain.records import Records
from owncase.domain.redaction import redacted
from owncase.domain.values import Setting
from owncase.errors import NotPermitted, Unsound, UsageProblem


class LoginRequired(NotPermitted):
    """Rule 11: this store does not let anybody act for a person without a login."""


class UnknownKind(Unsound):
    """History holds an event of a kind that this program does not know."""


class FounderOnly(NotPermitted):
    """A setting of the whole store is chosen by whoever made it."""


class NotYetThen(Unsound):
    """Nothing is recorded before it happens."""


class BeganBefore(Unsound):
    """A store begins once, by its first event."""


class NoSuchSetting(UsageProblem):
    """The store knows no choice of this name or value."""


def is_group(value: object) -> bool:
    """Whether a Unix group can have this name; an empty one says that a store is shared with no group."""
    return isinstance(value, str) and (not value or _GROUP.fullmatch(value) is not None)


_GROUP = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_.@+\\ -]{0,62}[$]?", re.ASCII)
STORE_SETTINGS: dict[str, Callable[[object], bool]] = {
    "require-login": lambda value: value in ("true", "false"),
    "group": is_group,
}


def _created(records: Records, event: Event) -> None:
    """The store begins."""
    if event.seq != 1:
        raise BeganBefore(f"event {event.seq} begins a store that is there", fix="owncase store check")


def _upgraded(records: Records, event: Event) -> None:
    """What is derived was made anew."""


def _set(records: Records, event: Event) -> None:
    if not is_founder(records.person(event.actor)):
        raise FounderOnly("a setting of the store is chosen by whoever made it", fix="ask them")
    known = STORE_SETTINGS.get(event.data["name"])
    if known is None or not known(event.data["value"]):
        raise NoSuchSetting(f"the store has no setting {event.data['name']} with this value", fix="owncase config list")
    records.put(Setting(name=event.data["name"], value=event.data["value"], event=event.seq))


HANDLERS: dict[str, Callable[[Records, Event], None]] = {
    "store.created": _created,
    "store.set": _set,
    "store.upgraded": _upgraded,
    "person.added": person.added,
    "person.edited": person.edited,
    "person.joined": person.joined,
    "person.retired": person.retired,
    "duty.added": duty.added,
    "duty.removed": duty.removed,
    "customer.added": customer.added,
    "customer.edited": customer.edited,
    "customer.offered": customer.offered,
    "customer.seen": customer.seen,
    "customer.acknowledged": customer.acknowledged,
    "customer.declined": customer.declined,
    "customer.withdrawn": customer.withdrawn,
    "customer.told": told.customer_told,
    "customer.called": call.customer_called,
    "customer.contact_added": contact.added,
    "customer.contact_edited": contact.edited,
    "customer.contact_removed": contact.removed,
    "customer.planned": touch.planned,
    "case.opened": case.opened,
    "case.done": case.done,
    "case.replanned": case.replanned,
    "case.noted": case.noted,
    "case.seen": case.seen,
    "case.told": told.case_told,
    "case.called": call.case_called,
    "case.edited": case.edited,
    "case.reopened": ending.reopened,
    "case.voided": ending.voided,
    "case.confirmed": ending.confirmed,
    "case.returned": case.returned,
    "case.undone": undo.undone,
    "case.imported": log.imported,
    "handoff.offered": handoff.offered,
    "handoff.acknowledged": handoff.acknowledged,
    "handoff.declined": handoff.declined,
    "handoff.withdrawn": handoff.withdrawn,
    "playbook.added": playbook.added,
    "playbook.retired": playbook.retired,
    "promise.made": promise.made,
    "promise.moved": promise.moved,
    "promise.kept": promise.kept,
    "promise.broken": promise.broken,
    "promise.released": promise.released,
    "promise.at_risk": promise.at_risk,
    "text.redacted": redacted,
    "letter.queued": letter.queued,
    "letter.tried": letter.tried,
    "log.opened": log.opened,
    "log.noted": log.noted,
    "log.offered": log.noted,
    "log.moved": log.moved,
    "log.acknowledged": log.acknowledged,
}


def apply(records: Records, event: Event) -> None:
    """Let an event happen. Raises the named refusal of the rule it breaks; then nothing was put."""
    handler = HANDLERS.get(event.kind)
    if handler is None:
        raise UnknownKind(f"event {event.seq} is of the unknown kind {event.kind}", fix="use a newer owncase")
    has_form(event)
    if event.recorded_at and event.at > event.recorded_at and not event.kind.startswith("log."):
        raise NotYetThen(f"event {event.seq} says {event.at}, and was recorded before that", fix="set the clock right")
    if event.seq > FOUNDING:
        is_active(records.person(event.actor))
        if event.claimed and records.setting("require-login") == "true":
            handle = records.person(event.actor).handle
            raise LoginRequired(
                f"{handle} has no login, and this store requires one",
                fix=f"if you are {handle}: owncase join {handle}; else: owncase person edit {handle} --login OS-USER",
            )
    handler(records, event)


FOUNDING = 2
"""The first two events make the store and the person who made it; nobody was there before to act."""
