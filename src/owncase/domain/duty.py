"""Somebody is on duty from one moment to another, for whatever nobody else answers: the last rung is a named human."""

from datetime import timedelta

from owncase.domain.change import changed
from owncase.domain.event import Event
from owncase.domain.moment import from_text
from owncase.domain.person import is_active, is_founder
from owncase.domain.records import Records
from owncase.domain.values import Duty
from owncase.errors import NotPermitted, Refused

LONGEST = timedelta(days=366)


class EndsBeforeItBegins(Refused):
    """A duty begins before it ends."""


class TooLongADuty(Refused):
    """A duty is at most a year long: nobody knows who will be there after that."""


class TakenBack(Refused):
    """A duty is taken back once."""


class NotTheirDuty(NotPermitted):
    """A duty is taken back by who added it, by whose it is, or by whoever made the store."""


def added(records: Records, event: Event) -> None:
    """Somebody is on duty in this stretch; said by anybody, and it may overlap with others."""
    person = records.person(event.subject or 0)
    since, until = event.data["from_at"], event.data["until_at"]
    is_active(person)
    if since >= until:
        raise EndsBeforeItBegins(
            f"this duty of {person.handle} ends before it begins", fix=f"owncase duty add {person.handle} FROM UNTIL"
        )
    if from_text(until) - from_text(since) > LONGEST:
        raise TooLongADuty(
            f"a duty is at most {LONGEST.days} days long", fix=f"owncase duty add {person.handle} FROM UNTIL, in parts"
        )
    records.put(
        Duty(id=event.seq, person=person.id, from_at=since, until_at=until, note=event.data.get("note"), active=1,
             added_by=event.actor, added_at=event.at, event=event.seq)
    )  # fmt: skip


def removed(records: Records, event: Event) -> None:
    """A duty is taken back; history keeps that it was published."""
    duty = records.duty(event.data["n"])
    actor, owner = records.person(event.actor), records.person(duty.person)
    if not duty.active or event.subject != duty.person:
        raise TakenBack(f"there is no duty {duty.id} any more", fix="owncase duty list")
    if actor.id not in (duty.added_by, duty.person) and not is_founder(actor):
        others = sorted({owner.handle, records.person(duty.added_by).handle})
        raise NotTheirDuty(
            f"duty {duty.id} is {owner.handle}'s", fix=f"ask {' or '.join(others)}: owncase duty remove {duty.id}"
        )
    records.put(changed(duty, active=0, event=event.seq))
