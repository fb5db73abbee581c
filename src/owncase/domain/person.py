"""A person is a live human: added once, edited by those who may, retired when they own nothing any more."""

from typing import Any

from owncase.domain.change import changed
from owncase.domain.event import Event
from owncase.domain.records import Records
from owncase.domain.values import Person
from owncase.errors import NotPermitted, Refused


class HandleTaken(Refused):
    """Handles of people and keys of customers are one namespace."""


class LoginTaken(Refused):
    """An OS user is one person."""


class HasLeft(Refused):
    """Somebody who left can neither act nor be offered anything."""


class StillOwns(Refused):
    """Rule 9: a person who leaves owns nothing."""


class ClaimedAlready(NotPermitted):
    """The first OS user to join as somebody is that person; another one is for their manager to decide."""


class JoinsForAnother(NotPermitted):
    """A person is joined by their own statement, typed by the OS user who is them from then on."""


class NotTheirManager(NotPermitted):
    """Rule 11: a login or a manager is changed by the person's manager, or by whoever made the store."""


FIELDS = ("handle", "name", "email", "phone", "place", "zone", "hours", "manager", "login")
SKILLS = ("topics", "languages")
"""What was not asked for at first: the event that adds a person may say nothing of it."""


def is_active(person: Person) -> None:
    """Raise `HasLeft` for somebody retired."""
    if not person.active:
        raise HasLeft(f"{person.handle} has left", fix="owncase person list")


def is_founder(person: Person) -> bool:
    """Whether this is who made the store."""
    return person.added_by == person.id


def run_by(person: Person, command: str) -> str:
    """Who runs a command for this person: they themselves, or anybody where they have no login (rule 11)."""
    return f"{command} --as {person.handle}" if person.login is None else f"ask {person.handle} to run: {command}"


def added(records: Records, event: Event) -> None:
    """Add a person; the event's own number is who they are from now on."""
    wish = event.data
    _is_free(records, wish["handle"], wish["login"], but=None)
    known: dict[str, Any] = {name: wish[name] for name in FIELDS} | {name: wish.get(name) for name in SKILLS}
    records.put(Person(**known, id=event.seq, active=1, added_by=event.actor, added_at=event.at, event=event.seq))


def edited(records: Records, event: Event) -> None:
    """Change what is known of a person."""
    person = records.person(event.subject or 0)
    wish = event.data
    _may_edit(records, person, event, guarded={"login", "manager"} & set(wish))
    _is_free(records, wish.get("handle", person.handle), wish.get("login"), but=person.id)
    records.put(changed(person, **wish, event=event.seq))


def joined(records: Records, event: Event) -> None:
    """An OS user claims an unclaimed person: their login is whoever typed the event, whatever else it may state."""
    person = records.person(event.subject or 0)
    is_active(person)
    login = event.typed_by
    if event.actor != person.id or event.claimed or not isinstance(login, str) or not login.strip():
        raise JoinsForAnother(f"nobody joins as {person.handle} for another", fix=f"owncase join {person.handle}")
    if person.login:
        raise claimed_already(records, person, login)
    if holder := records.holder_of_login(login):
        raise LoginTaken(f"the OS user {login} is {holder.handle}", fix=_to_change(records, holder, ""))
    records.put(changed(person, login=login, event=event.seq))


def claimed_already(records: Records, person: Person, login: str, *, since: str | None = None) -> ClaimedAlready:
    """The refusal of a second claim: who holds the person (since when, where that is known), and who decides."""
    when = f" since {since}" if since else ""
    return ClaimedAlready(
        f"{person.handle} is the OS user {person.login}{when}", fix=_to_change(records, person, login)
    )


def _to_change(records: Records, person: Person, login: str) -> str:
    from shlex import quote  # only a refusal needs it

    command = f"owncase person edit {person.handle} --login {quote(login)}"
    return f"if that is wrong, {_who_decides(records, person)} runs: {command}"


def retired(records: Records, event: Event) -> None:
    """Let somebody go who owns nothing any more."""
    person = records.person(event.subject or 0)
    is_active(person)
    _may_edit(records, person, event, guarded={"active"} if event.actor != person.id else set())
    if held := records.holdings(person.id, event.at):
        raise StillOwns(f"{person.handle} still owns: {'; '.join(held)}", fix="pass each of these on first")
    records.put(changed(person, active=0, event=event.seq))


def _may_edit(records: Records, person: Person, event: Event, *, guarded: set[str]) -> None:
    actor = records.person(event.actor)
    if is_founder(actor) or event.actor == person.manager or (not guarded and event.actor == person.id):
        return
    raise NotTheirManager(
        f"{actor.handle} may not change this of {person.handle}", fix=f"ask {_who_decides(records, person)}"
    )


def _who_decides(records: Records, person: Person) -> str:
    return records.person(person.manager).handle if person.manager else "whoever made the store"


def _is_free(records: Records, handle: str, login: str | None, *, but: int | None) -> None:
    if records.is_taken(handle, but=but):
        raise HandleTaken(f"the name {handle} is taken by a person or a customer", fix="choose another handle")
    holder = records.holder_of_login(login) if login else None
    if holder and holder.id != but:
        raise LoginTaken(f"the OS user {login} is {holder.handle}", fix=f"owncase person show {holder.handle}")
