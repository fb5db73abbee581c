"""What an event of a kind may state, and nothing else: a made-up history must not set a field that no command sets.

A handler trusts the fields of its event, since the program wrote them. A history brought back from a file was written
by whoever had the file; so each field is looked at here before its handler is asked.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from owncase.domain.channels import CHANNELS
from owncase.domain.event import Event
from owncase.errors import OwncaseError, Unsound


class NotOfItsForm(Unsound):
    """An event states something that no event of its kind states."""


Check = Callable[[Any], bool]
_MESSAGE_ID = re.compile(r"<[0-9a-f]{32}@[A-Za-z0-9.-]{1,253}>", re.ASCII)
_MOMENT = re.compile(r"(?:19|2\d)\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\dZ", re.ASCII)
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}", re.ASCII)
_TOPICS = re.compile(r"[a-z0-9._-]+(,[a-z0-9._-]+)*", re.ASCII)
_PROMISE = re.compile(r"[1-9][0-9]{0,15}\.[1-9][0-9]{0,6}", re.ASCII)


def is_moment(value: Any) -> bool:
    """A second of UTC as `moment` writes it, on a day that there is; a text that may be removed is none."""
    if type(value) is not str or not _MOMENT.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _key(value: Any) -> bool:
    return type(value) is int and value > 0


def _count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _bit(value: Any) -> bool:
    return type(value) is int and value in (0, 1)


def _keys(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(map(_key, value))


def _in_order(value: Any) -> bool:
    return _keys(value) and bool(value) and list(value) == sorted(set(value))


def _none_or_in_order(value: Any) -> bool:
    return value in ([], ()) or _in_order(value)


def _terms(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(map(_term, value))


def _term(value: Any) -> bool:
    match value:
        case [str(promise), due]:
            return bool(_PROMISE.fullmatch(promise)) and is_moment(due)
    return False


def _commitments(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(map(_is_commitment, value))


def _is_commitment(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[0-9a-f]{64}", value) is not None


def _all(check: Check) -> Check:
    return lambda value: isinstance(value, list | tuple) and all(map(check, value))


def _pair(first: Check, second: Check) -> Check:
    return lambda value: isinstance(value, list | tuple) and len(value) == 2 and first(value[0]) and second(value[1])  # noqa: PLR2004


def _is_message_id(value: Any) -> bool:
    return isinstance(value, str) and _MESSAGE_ID.fullmatch(value) is not None


def _name(value: Any) -> bool:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _topics(value: Any) -> bool:
    return isinstance(value, str) and _TOPICS.fullmatch(value) is not None


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _any(value: Any) -> bool:
    return isinstance(value, str)


def _or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


def _one_of(*allowed: str) -> Check:
    return lambda value: type(value) is str and value in allowed


@cache
def _is_zone(value: Any) -> bool:
    from owncase.domain.wallclock import zone_named  # only people have one

    try:
        zone_named(value)
    except (OwncaseError, TypeError):
        return False
    return True


@cache
def _are_hours(value: Any) -> bool:
    from owncase.domain.worktime import WorkingHours  # only people have some

    try:
        WorkingHours.parse(value)
    except (OwncaseError, TypeError, ValueError, AttributeError):
        return False
    return True


_text, _who, _when = _or_none(_any), _or_none(_key), _or_none(is_moment)
_urgency = _one_of("low", "normal", "high", "hot")
_person: dict[str, Check] = {
    "handle": _words, "name": _words, "email": _text, "phone": _text, "place": _text, "zone": _is_zone,
    "hours": _are_hours, "manager": _who, "login": _or_none(_words), "topics": _text, "languages": _text,
}  # fmt: skip
_details: dict[str, Check] = {"key": _words, "name": _words, "contact": _text, "email": _text, "phone": _text}
_contact: dict[str, Check] = {"name": _words, "role": _text, "email": _text, "phone": _text}
# that both are there is rule 1, which the handler names
_plan: dict[str, Check] = {"next_action": _or_none(_words), "next_due": _when}
_no: dict[str, Check] = {"reason": _words, "note": _text, "suggested": _who, "terms": _terms}
_row: dict[str, Check] = {"status": _any, "ended": _flag}
_call: dict[str, Check] = {"whom": _or_none(_words), "question": _words, "channel": _one_of(*CHANNELS)}
_told: dict[str, Check] = {"how": _one_of("email", "phone", "visit", "chat"), "whom": _words, "text": _text}

FORMS: dict[str, dict[str, Check]] = {
    "store.set": {"name": _words, "value": _any},
    "person.added": _person,
    "person.edited": _person,
    "person.joined": {},
    "person.retired": {},
    "duty.added": {"from_at": is_moment, "until_at": is_moment, "note": _text},
    "duty.removed": {"n": _key},
    "customer.added": {**_details, "account_owner": _key, "second": _who},
    "customer.edited": {**_details, "second": _who},
    "customer.offered": {"to": _key, "note": _text, "answer_by": is_moment},
    "customer.declined": _no,
    "customer.told": _told,
    "customer.called": {**_call, "answer": _words},
    "customer.contact_added": _contact,
    "customer.contact_edited": {**_contact, "n": _key},
    "customer.contact_removed": {"n": _key},
    "customer.planned": {"next_touch": _or_none(_words), "next_touch_due": _when, "did": _text},
    "case.opened": {
        **_plan, "uid": _words, "source": _any, "external": _text, "title": _words, "customer": _key,
        "urgency": _urgency, "cause": _text, "contact": _text, "channel": _text, "waiting_for": _text,
        "digest": _or_none(_words), "playbook": _key,
    },
    "case.done": {**_plan, "waiting_for": _text, "did": _text, "step": _key},
    "case.replanned": {**_plan, "waiting_for": _text, "because": _text},
    "case.noted": {"text": _words},
    "case.told": {**_told, "promises": _none_or_in_order},
    "case.called": {
        **_call, **_plan, "answer": _or_none(_words), "callback": _when, "about_status": _bit,
    },
    "case.edited": {"title": _words, "customer": _key, "cause": _text, "contact": _text, "urgency": _urgency},
    "case.reopened": {**_plan, "because": _text},
    "case.voided": {"reason": _one_of("duplicate", "spam", "mistake"), "of": _who, "note": _text},
    "case.confirmed": {"confirmed_by": _words},
    "case.undone": {
        **_plan, "undoes": _key,
        "what": _one_of(
            "case.done", "case.replanned", "case.edited", "case.noted", "promise.made", "promise.kept",
            "promise.broken", "promise.released", "promise.at_risk",
        ),
        "waiting_for": _text, "replans": _count, "came_back": _who, "title": _words, "customer": _key, "cause": _text,
        "contact": _text, "urgency": _urgency, "n": _key, "step": _count,
    },
    "handoff.withdrawn": {"undoes": _key},
    "handoff.offered": {
        "undoes": _key, "to": _key, "form": _one_of("transfer", "closing", "voiding"), "note": _text,
        "next_action": _text, "next_due": _when, "answer_by": is_moment, "outcome": _text, "confirmed_by": _text,
        "unconfirmed": _text, "void_reason": _text, "eta_debt": _in_order,
    },
    "handoff.acknowledged": {"next_action": _or_none(_words), "next_due": _when, "take": _keys},
    "handoff.declined": _no,
    "playbook.added": {"key": _name, "title": _words, "topics": _or_none(_topics), "body": _words},
    "playbook.retired": {"key": _name},
    "promise.made": {"text": _words, "due": is_moment},
    "promise.moved": {"n": _key, "due": is_moment, "because": _words},
    "promise.kept": {"n": _key, "confirmed_by": _or_none(_words)},
    "promise.broken": {"n": _key, "because": _words},
    "promise.released": {"n": _key, "confirmed_by": _words, "because": _or_none(_words)},
    "promise.at_risk": {"n": _key, "because": _words},
    "text.redacted": {
        "what": _one_of("case", "customer", "person"), "commitments": _commitments, "because": _words,
    },
    "letter.queued": {
        "form": _one_of("welcome", "eta", "eta-moved", "new-owner", "resolved"), "to": _all(_words),
        "title": _words, "message": _words, "message_id": _is_message_id, "promises": _all(_pair(_key, is_moment)),
    },
    "letter.tried": {
        "letter": _key, "accepted": _keys, "refused": _all(_pair(_key, _words)), "waiting": _all(_pair(_key, _words)),
    },
    "log.opened": {
        **_row, "uid": _words, "source": _any, "external": _words, "title": _words, "customer": _key, "owner": _who,
    },
    "log.noted": {**_row, "owner": _who},
    "log.offered": {**_row, "owner": _who},
    "log.moved": {**_row, "to": _key},
    "log.acknowledged": {**_row, "to": _key, "offered_at": is_moment},
    "case.imported": {"owner_default": _who, "next_action": _or_none(_words), "next_due": _when, "digest": _words},
}  # fmt: skip
"""The fields that an event of a kind may have. Which of them it must have, its handler says by asking for them."""

ABOUT_ITSELF = frozenset(("person.added", "customer.added"))
"""Whoever is added is numbered by the event that adds them."""


def has_form(event: Event) -> None:
    """Raise `NotOfItsForm` for a field that this kind does not have, or that cannot be what it says."""
    form: Mapping[str, Check] | None = FORMS.get(event.kind)
    if form is None:
        return
    for name, value in event.data.items():
        check = form.get(name)
        if check is None or not check(value):
            raise NotOfItsForm(f"no {event.kind} states this as its {name}", fix="owncase store check")
    if event.case is not None and event.subject is not None:
        raise NotOfItsForm(f"{event.kind} is about a case and somebody else at once", fix="owncase store check")
    if event.kind in ABOUT_ITSELF and event.subject != event.seq:
        raise NotOfItsForm(f"{event.kind} adds somebody under a number that is not theirs", fix="owncase store check")
