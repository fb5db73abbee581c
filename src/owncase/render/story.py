"""What an event says in plain English, for people: `offered to dana`, `acknowledged, takes on promises 1 and 2`."""

from collections.abc import Callable, Mapping
from datetime import UTC, tzinfo
from typing import Any

from owncase.render.safe import safe
from owncase.render.words import day_and_time

_PLAIN = {
    "store.created": "made the store",
    "store.upgraded": "upgraded the store",
    "store.set": "changed a setting",
    "person.added": "added",
    "person.edited": "changed",
    "person.joined": "joined",
    "person.retired": "let go",
    "customer.added": "added the customer",
    "customer.edited": "changed the customer",
    "customer.seen": "read the offer of the account",
    "customer.acknowledged": "acknowledged: owns the account now",
    "customer.contact_added": "added a contact",
    "customer.withdrawn": "took the offer of the account back",
    "case.opened": "opened",
    "case.done": "done; what is next",
    "case.replanned": "planned anew",
    "case.noted": "noted",
    "case.seen": "has read it",
    "case.edited": "mended",
    "case.reopened": "opened again",
    "case.returned": "says it is not theirs",
    "case.confirmed": "the customer confirmed that it is done",
    "case.imported": "imported",
    "handoff.withdrawn": "took the offer back",
    "log.opened": "opened, says the log",
    "log.noted": "row of the log",
    "log.offered": "offered, says the log",
}
_TAKEN_BACK = {
    "case.done": "done, the plan is as before",
    "case.replanned": "the new plan",
    "case.edited": "what was mended",
    "case.noted": "the note",
    "promise.made": "promise",
    "promise.kept": "having kept promise",
    "promise.broken": "having broken promise",
    "promise.released": "the release from promise",
    "promise.at_risk": "the risk of promise",
}
_FORMS = {"transfer": "offered", "closing": "offered the closing", "voiding": "offered to void it"}


def phrase(event: Mapping[str, Any], zone: tzinfo = UTC) -> str:
    """The event as `queries.events` gives it, in words, with moments in the reader's `zone`.

    What people wrote in it stands beside it, not in it.
    """
    kind: str = event["kind"]
    tell = _TOLD.get(kind)
    if kind == "promise.moved":
        said = f"moved promise {event['data']['n']} to {day_and_time(event['data']['due'], zone, now=event['at'])}"
    else:
        said = tell(event["data"]) if tell else _PLAIN.get(kind, kind)
    return f"{said} (undone)" if event.get("undone") else said


def _undone(said: Mapping[str, Any]) -> str:
    numbered = f" {said['n']}" if said.get("n") else ""
    return f"took back: {_TAKEN_BACK.get(said['what'], said['what'])}{numbered}"


def _offered(said: Mapping[str, Any]) -> str:
    again = " again" if said.get("undoes") else ""
    return f"{_FORMS.get(said['form'], 'offered')}{again} to {_named(said, 'to')}"


def _declined(said: Mapping[str, Any]) -> str:
    suggested = f", suggests {_named(said, 'suggested')}" if said.get("suggested") else ""
    named = ", ".join(safe(str(name)) for name, _ in said.get("terms") or ())
    return f"declined: {said['reason']}{suggested}{f', names terms for {named}' if named else ''}"


def _voided(said: Mapping[str, Any]) -> str:
    return f"void: {said['reason']} of {said['of']}" if said.get("of") else f"void: {said['reason']}"


def _told(said: Mapping[str, Any]) -> str:
    numbers = said.get("promises") or []
    etas = f", the ETA of {_promises(numbers)}" if numbers else ""
    return f"told {safe(said['whom'], one_line=True)} ({said['how']}){etas}"


def _called(said: Mapping[str, Any]) -> str:
    whom = safe(said["whom"], one_line=True) if said["whom"] else "the customer"
    ending = f"answered: {safe(said['answer'], one_line=True)}" if said["answer"] else "to be called back"
    return f"{whom} called ({said['channel']}), {ending}"


def _planned(said: Mapping[str, Any]) -> str:
    if not said.get("next_touch"):
        return "was in touch; no next touch" if said.get("did") else "clears the next touch"
    return "was in touch, and plans the next" if said.get("did") else "plans the next touch"


def _moved(said: Mapping[str, Any]) -> str:
    return f"handed to {_named(said, 'to')}, says the log"


def _named(said: Mapping[str, Any], name: str) -> str:
    return safe(str(said.get(name) or "somebody unknown"))


def _taken(numbers: list[int]) -> str:
    if not numbers:
        return ""
    return f", takes on {_promises(numbers)}"


def _promises(numbers: list[int]) -> str:
    listed = " and ".join(", ".join(map(str, numbers)).rsplit(", ", 1))
    return f"promise{'s' if len(numbers) > 1 else ''} {listed}"


def _minute(moment: str) -> str:
    return f"{moment[:16].replace('T', ' ')} UTC"


def _texts(count: int) -> str:
    return "1 text" if count == 1 else f"{count} texts"


def _queued(said: Mapping[str, Any]) -> str:
    return f"wrote the letter {said['form']} to {', '.join(map(safe, said['to']))}"


def _tried(said: Mapping[str, Any]) -> str:
    named = (("accepted", said["accepted"]), ("refused for good", said["refused"]), ("waiting", said["waiting"]))
    return f"sent letter {said['letter']}: " + ", ".join(f"{len(some)} {what}" for what, some in named if some)


_TOLD: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "handoff.offered": _offered,
    "handoff.acknowledged": lambda said: f"acknowledged: owns it now{_taken(said.get('take') or [])}",
    "handoff.declined": _declined,
    "customer.declined": _declined,
    "customer.planned": _planned,
    "customer.offered": lambda said: f"offered the account to {_named(said, 'to')}",
    "customer.contact_edited": lambda said: f"changed contact {said['n']}",
    "customer.contact_removed": lambda said: f"removed contact {said['n']}",
    "duty.added": lambda said: f"on duty from {_minute(said['from_at'])} to {_minute(said['until_at'])}",
    "duty.removed": lambda said: f"took duty {said['n']} back",
    "case.undone": _undone,
    "case.told": _told,
    "customer.told": _told,
    "case.called": _called,
    "customer.called": _called,
    "case.voided": _voided,
    "playbook.added": lambda said: f"added the playbook {said['key']}",
    "playbook.retired": lambda said: f"retired the playbook {said['key']}",
    "promise.made": lambda said: "promised",
    "promise.kept": lambda said: f"kept promise {said['n']}",
    "promise.broken": lambda said: f"broke promise {said['n']}",
    "promise.released": lambda said: f"promise {said['n']} released by {_named(said, 'confirmed_by')}",
    "promise.at_risk": lambda said: f"promise {said['n']} is at risk",
    "text.redacted": lambda said: f"removed {_texts(len(said['commitments']))} for good",
    "letter.queued": _queued,
    "letter.tried": _tried,
    "log.moved": _moved,
    "log.acknowledged": _moved,
}
