"""What must be true of a store, and of any two moments of it, whatever statement came between.

Written from the rules, not from the triggers. `start` is the last moment that came about legitimately, `before` the moment
right before the statement (they differ where an event was forged, or other statements came first), `after` the one since.
"""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

from campaigns.schema.letters import (
    first_accepted,
    knows_by_letter,
    letters_say_what_is_so,
    told_by_letter,
    what_waits_is_tried,
)
from campaigns.schema.snapshot import COLUMNS, Line, Snapshot

BLANK = "\t\n\v\f\r \x85\xa0\u200b\u3000"
MOMENT = "2[01][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z"
ABOUT = ("title", "customer", "cause", "contact", "channel", "urgency")
KNOWN = ("key", "name", "contact", "email", "phone", "second")
PLAN = ("next_action", "next_due", "waiting_for")
BORN = ("number", "uid", "source", "external", "opened_at", "opened_by", "imported_by", "digest", "playbook")
TERMS = {
    "handoff": ("case_number", "kind", "giver", "offered_by", "taker", "claimed", "offered_at", "answer_by", "note",
                "next_action", "next_due", "outcome", "confirmed_by", "unconfirmed", "void_reason", "eta_debt"),
    "customer_offer": ("customer", "giver", "offered_by", "taker", "note", "offered_at", "answer_by"),
    "promise": ("text", "made_by", "made_at", "made", "first_due"),
    "note": ("case_number", "author", "text", "noted_at"),
    "told": COLUMNS["told"],
    "call": COLUMNS["call"],
    "letter": COLUMNS["letter"],
    "outbox": ("letter", "n", "recipient"),
    "person": ("added_by", "added_at"),
    "customer": ("added_by", "added_at"),
    "contact": ("added_by", "added_at"),
    "duty": tuple(name for name in COLUMNS["duty"] if name not in ("active", "event")),
    "playbook": ("key", "title", "topics", "body", "added_by", "added_at"),
    "tenure": ("owner", "status", "defaulted", "from_at"),
    "setting": (),
    "cases": BORN,
}  # fmt: skip
TELLING = ("case.told", "customer.told")
CALLING = ("case.called", "customer.called")
KINDS_OF = {
    "person": ("person.",), "customer": ("customer.",), "customer_offer": ("customer.",), "cases": ("case.", "handoff.", "promise.", "letter."),
    "handoff": ("handoff.", "case.", "promise.", "log."), "promise": ("promise.", "handoff.", "case.", "letter."), "note": ("case.",), "setting": ("store.",),
    "contact": ("customer.contact_",), "told": (*TELLING, "letter.tried"), "call": CALLING,
    "letter": ("letter.queued",), "outbox": ("letter.",), "duty": ("duty.",), "playbook": ("playbook.",),
}  # fmt: skip


def violations(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """Each rule that the way from `before` to `after` breaks, in words."""
    for rule in RULES:
        yield from rule(start, before, after)


# rule 7: history and what is derived from it ----------------------------------------------------------------------------


def history_only_grows(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """Events and texts stay as they are, unless redacted; new ones follow on, made by active people."""
    for table in ("event", "text"):
        for key, line in before[table].items():
            now = after[table].get(key)
            if now != line and not (table == "text" and now is None and redacted(line, after)):
                yield f"rule 7: {table} {key} changed or vanished"
    if sorted(after["event"]) != list(range(1, len(after["event"]) + 1)):
        yield "rule 7: a gap in history"
    requests = [line.request for line in after["event"].values() if line.request is not None]
    if len(requests) != len(set(requests)):
        yield "rule 7: a request happened twice"
    for event in new(before, after, "event"):
        actor = before["person"].get(event.actor)
        if actor is None or actor.active != 1:
            yield f"rule 7: event {event.seq} is nobody's"
        if len(event.hash) != 64 or not event.intent.startswith("{") or event.signature is not None:
            yield f"rule 7: event {event.seq} has no shape"
    last = before["text"][max(before["text"])]
    for text in new(before, after, "text"):
        event = after["event"].get(text.event)
        same = [other for other in after["text"].values() if other.commitment == text.commitment]
        if event is None or text.commitment not in event.intent or len(same) > 1 or text.id != last.id + 1:
            yield f"rule 7: text {text.id} belongs to no event"
        elif text.event < last.event:
            yield f"rule 7: text {text.id} came back, or too late"


def redacted(text: Line, now: Snapshot) -> bool:
    """Whether the newest event, by whoever made the store, removes this text of something that is over."""
    last, told = now["event"][max(now["event"])], now["event"].get(text.event)
    if last.kind != "text.redacted" or told is None or told.kind == "text.redacted":
        return False
    mine = told.case_number == last.case_number and (last.case_number is not None or told.subject == last.subject)
    named = text.commitment in json.loads(last.intent)["data"].get("commitments", ())
    known = last.case_number is not None or last.subject in {**now["person"], **now["customer"]}
    return mine and named and known and now["person"][last.actor].added_by == last.actor and over(last, now)


def over(last: Line, now: Snapshot) -> bool:
    """Whether what an event is about needs nobody any more."""
    subject = last.subject if last.case_number is None else None
    cases = [case for case in now["cases"].values() if case.number == last.case_number or case.customer == subject]
    held = [promise.case_number for promise in now["promise"].values() if promise.state == "open"]
    if any(case.status == "open" or case.number in held for case in cases) or active(now, subject):
        return False
    touched = subject in now["customer"] and now["customer"][subject].next_touch is not None
    return not touched and all(
        offer.state != "offered" for offer in now["customer_offer"].values() if offer.customer == subject
    )


def nothing_vanishes(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """No row of any table goes, and what it was born with stays."""
    for table, terms in TERMS.items():
        for key, line in before[table].items():
            now = after[table].get(key)
            if now is None:
                yield f"rule 7: {table} {key} vanished"
            elif any(getattr(now, name) != getattr(line, name) for name in terms):
                yield f"rule 7: the terms of {table} {key} changed"


def rows_follow_events(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """A row is new or changed only by a new event of fitting kind about it."""
    head = max(start["event"])
    for table, kinds in KINDS_OF.items():
        for old, line in changed(before, after, table):
            event = after["event"].get(line.event)
            if event is None or event.seq <= head or (old is not None and event.seq <= old.event):
                yield f"rule 7: {table} {line[0]} changed without an event of its own"
            elif not event.kind.startswith(kinds) or subject_of(table, line) not in (
                event.case_number,
                event.subject,
                None,
            ):
                yield f"rule 7: {table} {line[0]} changed by an event of something else ({event.kind})"
            elif (
                table in BORN_BY
                and old is None
                and not event.kind.startswith(("log.", "letter.tried"))
                and (event.kind not in BORN_BY[table] or actor_of(table, line) != event.actor)
            ):
                yield f"rule 7: {table} {line[0]} was not begun by its event"
    for old, line in changed(before, after, "tenure"):
        if not any(event.case_number == line.case_number for event in new(start, after, "event")):
            yield f"rule 7: tenure {line.case_number} changed without an event"
        if old is not None and old.until_at is not None:
            yield f"rule 7: tenure {line.case_number} ended twice"
    for old, line in changed(before, after, "setting"):
        event = after["event"][line.event]
        if f'"name":"{line.name}"' not in event.intent or f'"value":"{line.value}"' not in event.intent:
            yield f"rule 7: setting {line.name} changed by the event of another"
        if after["person"][event.actor].added_by != event.actor:
            yield f"rule 7: setting {line.name} was chosen by somebody who did not make the store"


BORN_BY = {
    "person": ("person.added",), "customer": ("customer.added",), "customer_offer": ("customer.offered",),
    "cases": ("case.opened", "case.imported"), "handoff": ("handoff.offered",), "promise": ("promise.made",),
    "note": ("case.noted", "case.told", "case.called"), "contact": ("customer.contact_added",), "told": TELLING, "call": CALLING,
    "letter": ("letter.queued",), "duty": ("duty.added",), "playbook": ("playbook.added",),
}  # fmt: skip


def names_are_one(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """Handles and keys are one namespace; logins, uids and external ids are one each."""
    names = [p.handle for p in after["person"].values()] + [c.key for c in after["customer"].values()]
    logins = [p.login for p in after["person"].values() if p.login is not None]
    uids = [case.uid for case in after["cases"].values()]
    for what in (names, logins, uids):
        if len(what) != len(set(what)):
            yield "a name stands for two"


# rules 1, 2 and 4: cases ------------------------------------------------------------------------------------------------


def open_case_has_owner_and_action(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """Rule 1 holds of every open case."""
    for case in after["cases"].values():
        if case.status not in ("open", "closed", "void", "archived"):
            yield f"case {case.number} is {case.status}"
        if case.status == "open":
            if not active(after, case.owner):
                yield f"rule 1: case {case.number} has no active owner"
            if not isinstance(case.next_action, str) or not case.next_action.strip(BLANK):
                yield f"rule 1: case {case.number} has no next action"
            if not fnmatchcase(str(case.next_due), MOMENT):
                yield f"rule 1: case {case.number} has no due moment"
        if case.customer not in after["customer"]:
            yield f"case {case.number} is for nobody"


def owner_and_status_move_by_acknowledgement(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """Rules 2 and 4: by the case's own standing offer, acknowledged in that statement, or by an event that says otherwise."""
    for old, case in changed(before, after, "cases"):
        if old is None:
            yield from begins_rightly(case, after)
        elif (case.owner, case.status, case.next_owner) != (old.owner, old.status, old.next_owner):
            if not (acknowledged(old, case, before, after) or otherwise(old, case, before, after)):
                yield f"rules 2 and 4: case {case.number} moved without an acknowledgement"
        elif case.via != old.via or case.handoffs != old.handoffs or case.outcome != old.outcome:
            yield f"rule 2: case {case.number} counts a handoff that was none"


def begins_rightly(case: Line, after: Snapshot) -> Iterator[str]:
    """Rules 6 and 10: a case begins with who opens it, or claimed by an import."""
    event = after["event"].get(case.event)
    opened = (
        event and event.kind == "case.opened" and case.status == "open" and case.owner == event.actor == case.opened_by
    )
    imported = event and event.kind == "case.imported" and case.imported_by == event.actor and case.claimed == 1
    if not (opened and case.claimed == 0 and case.via == case.handoffs == 0 and case.imported_by is None) and not (
        imported and case.status in ("open", "archived")
    ):
        yield f"rule 6: case {case.number} began as somebody else's, or over"
    if case.next_owner is not None or case.outcome is not None:
        yield f"rule 4: case {case.number} began with an end"


def acknowledged(old: Line, case: Line, before: Snapshot, after: Snapshot) -> bool:
    """Whether this statement acknowledged the standing offer that says just this move."""
    was, offer, event = before["handoff"].get(case.via), after["handoff"].get(case.via), after["event"].get(case.event)
    if was is None or offer is None or event is None:
        return False
    consumed = was.state == "offered" and offer.state == "acknowledged" and was.case_number == case.number
    by_taker = (
        offer.answered_by == was.taker == event.actor
        and event.kind == "handoff.acknowledged"
        and offer.event == event.seq
    )
    ends = {"transfer": ("open", was.taker, old.next_owner), "closing": ("closed", old.owner, was.taker),
            "voiding": ("void", old.owner, was.taker)}  # fmt: skip
    moved = (case.status, case.owner, case.next_owner) == ends.get(was.kind)
    return consumed and by_taker and moved and was.giver == old.owner and old.status == "open"


def otherwise(old: Line, case: Line, before: Snapshot, after: Snapshot) -> bool:
    """Whether a reopening, a return to the importer or a lone void says just this move."""
    event = after["event"].get(case.event)
    if event is None or (case.via, case.handoffs) != (old.via, old.handoffs):
        return False
    if event.kind == "case.reopened":
        heir = old.next_owner if old.status == "closed" and active(before, old.next_owner) else event.actor
        return old.status != "open" and case.status == "open" and case.owner == heir and case.next_owner is None
    if event.kind == "case.returned":
        returned = old.claimed == 1 and case.claimed == 0 and event.actor == old.owner and case.owner == old.imported_by
        return bool(returned) and old.status == case.status == "open"
    return event.kind == "case.voided" and voids_alone(old, case, event, before)


def voids_alone(old: Line, case: Line, event: Line, before: Snapshot) -> bool:
    """Rule 8, but for the day (moments are the program's and the check's to compare)."""
    promises = [promise for promise in before["promise"].values() if promise.case_number == case.number]
    if (
        old.status != "open"
        or case.status != "void"
        or case.owner != old.owner
        or standing(before, "handoff", case.number)
    ):
        return False
    if case.void_reason == "duplicate":
        twin = before["cases"].get(case.duplicate_of)
        lives = (
            twin is not None and twin.number != case.number and twin.status == "open" and twin.customer == old.customer
        )
        return lives and event.actor == old.owner and all(promise.state != "open" for promise in promises)
    fresh = old.via == 0 and old.handoffs == 0 and old.imported_by is None and not promises and old.contacts == 0
    return case.void_reason in ("spam", "mistake") and event.actor == old.opened_by and fresh


def the_rest_of_a_case_changes_by_its_owner(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """The action changes by its owner or an acknowledgement; what the case is about by an edit of its owner."""
    for old, case in changed(before, after, "cases"):
        if old is None:
            continue
        event = after["event"].get(case.event)
        kind, by_owner = (event.kind, event.actor == old.owner) if event else ("", False)
        back = taken_back(event, after) if by_owner else ""
        plans = ("handoff.acknowledged", "case.reopened", "case.voided") + (
            (*PLANNING, *(["case.undone"] if back in PLANNING else [])) if by_owner else ()
        )
        planned = kind in plans or (kind == "case.called" and event is not None and calls_back(old, case, event))
        if any(getattr(case, name) != getattr(old, name) for name in PLAN) and not planned:
            yield f"rule 1: the next action of case {case.number} changed by {kind}"
        if any(getattr(case, name) != getattr(old, name) for name in ABOUT) and not (
            (kind == "case.edited" or back == "case.edited") and by_owner
        ):
            yield f"rule 7: what case {case.number} is about changed by {kind}"
        if case.claimed not in (0, old.claimed):
            yield f"rule 10: case {case.number} became claimed"


def calls_back(old: Line, case: Line, event: Line) -> bool:
    """Whether a call that was not answered put its callback before the action, which stays, and comes no later."""
    if old.status != "open" or case.next_action is None:
        return False
    said = json.loads(event.intent)["data"]
    if old.status != "open" or case.next_action is None:
        return False
    kept = case.next_action.endswith(old.next_action) and case.waiting_for == old.waiting_for
    due = str(case.next_due) <= old.next_due and case.next_due == said.get("next_due")
    return bool(kept and due and said.get("callback") and said.get("answer") is None)


def a_call_is_as_it_was_said(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """A call is answered or to be called back, as its event says, and about the case or customer of its event."""
    for old, call in changed(before, after, "call"):
        event = after["event"].get(call.event)
        said = json.loads(event.intent)["data"] if event is not None else {}
        case = after["cases"].get(call.case_number)
        if old is not None or event is None or call.id != event.seq or event.case_number != call.case_number:
            yield f"rule 7: call {call.id} is no event of its own"
        elif (call.answer is not None, call.callback) != (said.get("answer") is not None, said.get("callback")):
            yield f"rule 7: call {call.id} ended otherwise than its event says"
        elif (call.channel, call.called_at) != (said.get("channel"), event.at):
            yield f"rule 7: call {call.id} came another way than its event says"
        elif (call.customer, call.about_status) != (
            (event.subject, 0) if case is None else (case.customer, said.get("about_status"))
        ):
            yield f"rule 7: call {call.id} is another's"
    for old, note in changed(before, after, "note"):
        event = after["event"].get(note.event)
        if old is not None or event is None or event.kind != "case.called":
            continue
        if json.loads(event.intent)["data"].get("answer") is not None or note.unseen != 1:
            yield f"rule 7: note {note.id} is of a call that was answered"


PLANNING = ("case.done", "case.replanned")


def taken_back(event: Line | None, now: Snapshot) -> str:
    """The kind of the event that an undo takes back, if it is one of what its actor did last in the case; or nothing.

    The offer that a change makes anew is one with it.
    """
    if event is None or event.kind != "case.undone":
        return ""
    past = [
        other for other in now["event"].values() if other.case_number == event.case_number and other.seq < event.seq
    ]
    named = [other for other in past if other.seq == json.loads(event.intent).get("data", {}).get("undoes")]
    since = [other for other in past if named and other.seq > named[0].seq]
    with_it = [other for other in since if (other.kind, other.seq) == ("handoff.offered", named[0].seq + 1)]
    mine = all(other.actor == event.actor for other in (*named, *since))
    return str(named[0].kind) if named and mine and since == with_it else ""


def closed_case_is_answered_for(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """Rule 4: a closed case has a next owner, who is not the closer and acknowledged the closing."""
    for case in after["cases"].values():
        if case.status == "closed":
            offer = after["handoff"].get(case.via)
            kept = (
                offer and offer.kind == "closing" and offer.state == "acknowledged" and offer.taker == case.next_owner
            )
            if not kept or case.next_owner == case.owner:
                yield f"rule 4: case {case.number} is closed, and nobody answers for it"


def closings_are_confirmed_once(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """Who confirmed a closing comes with it, or once afterwards by an event that changes nothing else; a reopening clears it."""
    for old, case in changed(before, after, "cases"):
        said, event = (case.confirmed_by, case.unconfirmed), after["event"].get(case.event)
        kind = event.kind if event else ""
        if old is None:
            if said != (None, None):
                yield f"rule 7: case {case.number} began confirmed"
            continue
        if kind == "case.confirmed":
            rest = [name for name in case._fields if name not in ("confirmed_by", "changed_at", "version", "event")]
            if (
                old.status != "closed"
                or old.confirmed_by is not None
                or not (old.unconfirmed and (case.confirmed_by or "").strip(BLANK))
            ):
                yield f"rule 7: case {case.number} was confirmed twice, by nobody, or open"
            elif any(getattr(case, name) != getattr(old, name) for name in rest):
                yield f"rule 7: the confirmation of case {case.number} changed something else"
        elif said != (old.confirmed_by, old.unconfirmed):
            offer = after["handoff"].get(case.via)
            with_it = case.via != old.via and offer is not None and said == (offer.confirmed_by, offer.unconfirmed)
            if not with_it and not (kind == "case.reopened" and said == (None, None)):
                yield f"rule 7: case {case.number} was confirmed by {kind}"


def next_touch_is_the_account_owners(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """What comes next for a customer is an action and a due moment, or neither, said by the account owner or the second."""
    for old, customer in changed(before, after, "customer"):
        event, said = after["event"].get(customer.event), (customer.next_touch, customer.next_touch_due)
        if said == ((old.next_touch, old.next_touch_due) if old else (None, None)):
            continue
        if (
            old is None
            or event is None
            or event.kind != "customer.planned"
            or event.actor not in (old.account_owner, old.second)
        ):
            yield f"rule 7: the next touch of customer {customer.id} was said by somebody else"
        if said != (None, None) and not ((said[0] or "").strip(BLANK) and fnmatchcase(str(said[1]), MOMENT)):
            yield f"rule 7: the next touch of customer {customer.id} has no action, or no due"


# rules 3, 5, 9 and 12 ---------------------------------------------------------------------------------------------------


def one_offer_stands(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """Rule 3: one, of an open case, by its owner's side, to an active person who is not the owner."""
    for case in after["cases"].values():
        offers = standing(after, "handoff", case.number)
        if len(offers) > 1:
            yield f"rule 3: case {case.number} is offered twice"
        for offer in offers:
            if case.status != "open" or offer.giver != case.owner or offer.taker == case.owner:
                yield f"rule 3: case {case.number} is not its giver's to offer"
            if not active(after, offer.taker):
                yield f"rule 3: case {case.number} is offered to nobody"
    for old, offer in changed(before, after, "handoff"):
        case = before["cases"].get(offer.case_number)
        giver = before["person"].get(offer.giver)
        if (
            old is None
            and offer.state != "acknowledged"
            and (not case or not giver or offer.offered_by not in (giver.id, giver.manager))
        ):
            yield f"rule 3: offer {offer.id} was not made by the owner's side"
        if offer.kind not in ("transfer", "closing", "voiding"):
            yield f"rule 3: offer {offer.id} is for nothing"


def answers_are_final(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """An offer is born standing, answered once, by whom it concerns, and an acknowledgement moves what it is about."""
    for old, offer in changed(before, after, "handoff"):
        event, case = after["event"].get(offer.event), after["cases"].get(offer.case_number)
        if old is None:
            claimed = (
                offer.claimed == 1
                and event is not None
                and event.kind.startswith("log.")
                and offer.case_number not in before["cases"]
            )
            if (offer.state != "offered" or offer.answered_by is not None or offer.claimed != 0) and not claimed:
                yield f"rule 2: offer {offer.id} was born answered"
        elif old.state != "offered" or event is None or (offer.state, event.kind) not in ANSWERS:
            yield f"rule 3: offer {offer.id} was answered twice, or by no answer"
        elif offer.state in ("acknowledged", "declined") and not event.actor == offer.answered_by == old.taker:
            yield f"rule 2: offer {offer.id} was answered by somebody else"
        elif offer.state == "withdrawn" and event.actor not in (
            old.giver,
            old.offered_by,
            after["person"][old.giver].manager,
        ):
            yield f"rule 3: offer {offer.id} was withdrawn by somebody else"
        elif offer.state == "acknowledged" and (case is None or case.via != offer.id or case.event != offer.event):
            yield f"rule 2: the acknowledgement of offer {offer.id} did not move its case"
        elif offer.state == "acknowledged" and stale(offer, after):
            yield f"rule 3: offer {offer.id} was acknowledged after its case had changed"
        elif (
            offer.state == "superseded"
            and event.kind == "case.undone"
            and (event.actor != old.giver or taken_back(event, after) in ("", "case.noted"))
        ):
            yield f"rule 3: offer {offer.id} was superseded by what changed nothing of it"
        elif offer.state == "offered" and (event.actor != old.taker or offer.answered_by is not None):
            yield f"rule 3: offer {offer.id} was read by somebody else"


def stale(offer: Line, now: Snapshot) -> bool:
    """Whether the case's plan, promises or subject changed after it was offered."""
    kinds = (
        "case.done",
        "case.replanned",
        "case.edited",
        "case.reopened",
        "case.returned",
        *OF_PROMISE,
    )
    since = [
        event for event in now["event"].values() if event.case_number == offer.case_number and event.seq > offer.id
    ]
    undone = [event for event in since if event.kind == "case.undone" and taken_back(event, now) != "case.noted"]
    return bool(undone) or any(event.kind in kinds for event in since)


OF_PROMISE = ("promise.made", "promise.moved", "promise.kept", "promise.broken", "promise.released", "promise.at_risk")
ANSWERS = {
    ("acknowledged", "handoff.acknowledged"), ("declined", "handoff.declined"), ("withdrawn", "handoff.withdrawn"),
    ("offered", "case.seen"), ("superseded", "case.done"), ("superseded", "case.replanned"), ("superseded", "case.edited"),
    ("superseded", "case.undone"), ("superseded", "case.returned"),
    *(("superseded", kind) for kind in OF_PROMISE),
}  # fmt: skip


def promises_are_never_lost(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """Rule 5: an open promise has one holder, who answers for the case; only its holder keeps it, only an acknowledgement moves it."""
    for promise in after["promise"].values():
        case = after["cases"].get(promise.case_number)
        accountable = case and {"open": case.owner, "closed": case.next_owner}.get(case.status)
        if promise.state == "open" and (accountable is None or promise.holder != accountable):
            yield f"rule 5: nobody answers for promise {promise.case_number}.{promise.n}"
    for old, promise in changed(before, after, "promise"):
        event = after["event"].get(promise.event)
        name = f"{promise.case_number}.{promise.n}"
        if old is None:
            if promise.state != "open" or promise.via != 0 or not promise.due == promise.told_due == promise.first_due:
                yield f"rule 5: promise {name} was born ended, or in debt"
        elif event is not None and event.kind == "case.undone":
            if not set_right(old, promise, event, after):
                yield f"rule 5: promise {name} was taken back by what is no undo of it"
        elif event is not None and event.kind == "case.told":
            if not knows(old, promise, event):
                yield f"rule 5: of promise {name} the customer was not told so"
        elif event is not None and event.kind == "letter.tried":
            if not knows_by_letter(old, promise, event, after):
                yield f"rule 5: of promise {name} no letter told so"
        elif event is not None and event.kind in OF_PROMISE:
            if not says_so(old, promise, event):
                yield f"rule 5: promise {name} ended or changed, and its holder did not say so"
        elif old.state != "open" or not taken_on(old, promise, before, after):
            yield f"rule 5: promise {name} moved without an acknowledgement"


def says_so(old: Line, promise: Line, event: Line) -> bool:
    """Whether an event of its holder, about this open promise, says just this change."""
    said, late = json.loads(event.intent)["data"], max(event.at, event.recorded_at) >= old.due
    since = None if said["due"] == old.told_due else old.debt_since or event.at
    ended = {"state": event.kind.removeprefix("promise."), "ended_at": event.at, "ended_by": event.actor}
    ways: dict[str, tuple[dict[str, Any], bool]] = {
        "promise.moved": (
            {"due": said["due"], "debt_since": since, "risk": None, "risk_at": None,
             "moves": old.moves + (not late), "late_moves": old.late_moves + late}, said["due"] != old.due,
        ),
        "promise.at_risk": ({"risk": promise.risk, "risk_at": event.at}, promise.risk is not None and old.risk is None),
        "promise.kept": ({**ended, "confirmed_by": promise.confirmed_by}, True),
        "promise.broken": ({**ended, "because": promise.because}, promise.because is not None),
        "promise.released": (
            {**ended, "confirmed_by": promise.confirmed_by, "because": promise.because}, promise.confirmed_by is not None,
        ),
    }  # fmt: skip
    changes, whole = ways.get(event.kind, ({}, False))
    by_holder = old.state == "open" and event.actor == old.holder and said.get("n") == old.n
    return by_holder and whole and promise == old._replace(**changes, event=event.seq)


def knows(old: Line, promise: Line, event: Line) -> bool:
    """Whether an event says that the customer was told the present ETA of this open promise, and nothing else changed."""
    named = old.n in json.loads(event.intent)["data"].get("promises", ())
    now = old._replace(told_due=old.due, debt_since=None, event=event.seq)
    return named and old.state == "open" and old.told_due != old.due and promise == now


def what_was_told_is_as_it_was_said(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """A telling is one event, by who told, about its case or customer; and only by it a silence ends."""
    for _, told in changed(before, after, "told"):
        event = after["event"].get(told.event)
        said = json.loads(event.intent)["data"] if event else {}
        case = after["cases"].get(told.case_number)
        about = case.customer if case is not None else event.subject if event and told.case_number is None else None
        if event is not None and event.kind == "letter.tried":
            if not told_by_letter(told, event, after):
                yield f"rule 7: telling {told.id} is not that of a letter"
        elif event is None or (told.id, told.teller, told.told_at) != (event.seq, event.actor, event.at):
            yield f"rule 7: telling {told.id} is no event of its own"
        elif event.case_number != told.case_number or told.customer != about:
            yield f"rule 7: telling {told.id} is about something else"
        elif told.how != said.get("how") or not str(told.whom or "").strip():
            yield f"rule 7: telling {told.id} is not as it was said"
        elif json.loads(told.promises or "[]") != (said.get("promises") or [] if case is not None else []):
            yield f"rule 7: telling {told.id} names other promises"
    for old, case in changed(before, after, "cases"):
        event = after["event"].get(case.event)
        if old is None or event is None or (old.heard_at, old.contacts) == (case.heard_at, case.contacts):
            continue
        unanswered = event.kind == "case.called" and json.loads(event.intent)["data"].get("answer") is None
        unsent = event.kind == "letter.tried" and first_accepted(event, after) is None
        if (
            event.kind not in HEARD
            or unanswered
            or unsent
            or (case.heard_at, case.contacts) != (event.at, old.contacts + 1)
        ):
            yield f"rule 7: of case {case.number} the customer heard nothing then"


HEARD = ("case.told", "case.called", "letter.tried")


def set_right(old: Line, promise: Line, event: Line, after: Snapshot) -> bool:
    """Whether an undo of the promise's own last event says just this change, by whoever recorded and still holds it."""
    last = json.loads(event.intent)["data"].get("undoes") == old.event and promise.holder == old.holder == event.actor
    kind, state = taken_back(event, after), promise.state
    ways = {("promise.made", "open", "undone"), ("promise.at_risk", "open", "open")}
    ways |= {(f"promise.{ended}", ended, "open") for ended in ("kept", "broken", "released")}
    never_taken = kind != "promise.made" or (old.via == 0 and old.made_by == event.actor)
    again = dict.fromkeys(("ended_at", "ended_by", "confirmed_by", "because"))
    if kind == "promise.at_risk":
        again |= {"risk": None, "risk_at": None}
    same = promise == old._replace(**again, state=state, event=event.seq)
    return last and (kind, old.state, state) in ways and never_taken and same


def offers_say_what_was_not_told(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """An offer names just the promises whose ETA the customer was not told; the terms of a no are those that its event states."""
    for offer in new(before, after, "handoff"):
        held = sorted((p.n, p.due, p.told_due) for p in after["promise"].values()
                      if p.case_number == offer.case_number and p.state == "open")  # fmt: skip
        debt = [n for n, due, told in held if due != told]
        event = after["event"].get(offer.event)
        stated = json.loads(event.intent)["data"].get("eta_debt", []) if event is not None else None
        if offer.eta_debt != (plain(debt) if debt else None) or stated != debt:
            yield f"offer {offer.id} does not say what the customer was not told"
    for table in ("handoff", "customer_offer"):
        for _, offer in changed(before, after, table):
            event = after["event"].get(offer.event)
            stated = json.loads(event.intent)["data"].get("terms") if event is not None else None
            if offer.terms != (plain(stated) if stated and offer.state == "declined" else None):
                yield f"{table} {offer.id} does not keep just the terms that its decline states"


def plain(value: object) -> str:
    """JSON without a space."""
    return json.dumps(value, separators=(",", ":"))


def notes_are_seen_or_taken_back(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """A note is marked seen by the case's owner, and undone by its author while it is the last thing that happened."""
    for old, note in changed(before, after, "note"):
        event, case = after["event"].get(note.event), before["cases"].get(note.case_number)
        if old is None:
            if note.undone != 0:
                yield f"rule 7: note {note.id} was born undone"
            told = event is not None and event.kind == "case.told"
            if told and (note.unseen != 1 or case is None or case.status != "open" or case.owner == note.author):
                yield f"rule 7: note {note.id} shows nobody what another told"
        elif event is None or note.unseen != 0 or note.undone not in (old.undone, 1):
            yield f"rule 7: note {note.id} changed otherwise"
        elif note.undone == old.undone:
            if event.kind != "case.seen" or case is None or event.actor != case.owner:
                yield f"rule 7: note {note.id} was seen by somebody else"
        elif (taken_back(event, after), event.actor) != ("case.noted", note.author) or json.loads(event.intent)["data"][
            "undoes"
        ] != note.id:
            yield f"rule 7: note {note.id} was taken back by somebody else, or too late"


def taken_on(old: Line, promise: Line, before: Snapshot, after: Snapshot) -> bool:
    """Whether the acknowledgement of a standing offer of its case took the promise on, by number."""
    was, event = before["handoff"].get(promise.via), after["event"].get(promise.event)
    offer = after["handoff"].get(promise.via)
    if was is None or offer is None or event is None or was.case_number != promise.case_number:
        return False
    by_number = promise.n in json.loads(event.intent)["data"].get("take", ())
    by_taker = event.kind == "handoff.acknowledged" and event.actor == was.taker == promise.holder and by_number
    if promise != old._replace(holder=was.taker, via=was.id, event=event.seq):
        return False
    return was.state == "offered" and offer.state == "acknowledged" and by_taker


def who_left_owns_nothing(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """Rule 9, and nobody who left comes back by an edit."""
    for person in after["person"].values():
        if person.active not in (0, 1):
            yield f"rule 9: person {person.id} is neither here nor gone"
        if (person.active != 1 and any(held(after, person.id))) or due_after_leaving(person, before, after):
            yield f"rule 9: person {person.id} left with something"
    for old, person in changed(before, after, "person"):
        event = after["event"].get(person.event)
        if (old.active if old else 1) != person.active and (
            event is None or event.kind != "person.retired" or person.active != 0
        ):
            yield f"rule 9: person {person.id} came or went without leaving"


def due_after_leaving(person: Line, before: Snapshot, after: Snapshot) -> bool:
    """Whether somebody has left by this change, and is on duty after that."""
    was, event = before["person"].get(person.id), after["event"].get(person.event)
    if was == person or person.active == 1 or event is None:
        return False
    return any(
        duty.person == person.id and duty.active == 1 and duty.until_at > event.at for duty in after["duty"].values()
    )


def duties_are_as_published(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """A stretch of at most 366 days of somebody active, as its event says; taken back once, by those who may."""
    for old, duty in changed(before, after, "duty"):
        event = after["event"].get(duty.event)
        said = json.loads(event.intent)["data"] if event else {}
        if old is None:
            if (
                event is None
                or duty.active != 1
                or duty.id != event.seq
                or duty.added_at != event.at
                or (duty.from_at, duty.until_at) != (said.get("from_at"), said.get("until_at"))
                or not active(after, duty.person)
                or not lasts(duty.from_at, duty.until_at)
            ):
                yield f"rule 7: duty {duty.id} is not what its event says, or no duty"
        elif event is None or (old.active, duty.active, event.kind, said.get("n")) != (1, 0, "duty.removed", duty.id):
            yield f"rule 7: duty {duty.id} changed otherwise than by being taken back"
        elif event.actor not in (old.added_by, old.person) and after["person"][event.actor].added_by != event.actor:
            yield f"rule 7: duty {duty.id} was taken back by somebody who may not"


def lasts(since: str, until: str) -> bool:
    """Whether there is a stretch between two moments, and at most a year and a day of it."""
    if not (fnmatchcase(since, MOMENT) and fnmatchcase(until, MOMENT)):
        return False
    return timedelta(0) < datetime.fromisoformat(until) - datetime.fromisoformat(since) <= timedelta(days=366)


def logins_come_by_joining(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """Rule 11: a person changes by an edit; but that who had no login may join, and has that of who typed it."""
    for old, person in changed(before, after, "person"):
        event = after["event"].get(person.event)
        if old is None or event is None or event.kind == "person.edited":
            continue
        if any(getattr(person, name) != getattr(old, name) for name in KNOWN_OF_PEOPLE):
            yield f"rule 7: what is known of person {person.id} changed by {event.kind}"
        if event.kind == "person.joined":
            own = old.login is None and event.actor == person.id
            if not own or person.login is None or person.login != json.loads(event.intent).get("typed_by"):
                yield f"rule 11: person {person.id} was joined by somebody else"
        elif person.login != old.login:
            yield f"rule 11: the login of person {person.id} changed by {event.kind}"


KNOWN_OF_PEOPLE = ("handle", "name", "email", "phone", "place", "zone", "hours", "manager", "topics", "languages")


def held(now: Snapshot, person: int) -> Iterator[bool]:
    """Whether somebody owns a case, an account or a promise, or is asked to own a case or an account."""
    yield any(case.owner == person and case.status == "open" for case in now["cases"].values())
    yield any(customer.account_owner == person for customer in now["customer"].values())
    yield any(promise.holder == person and promise.state == "open" for promise in now["promise"].values())
    for table in ("handoff", "customer_offer"):
        yield any(offer.taker == person and offer.state == "offered" for offer in now[table].values())


def account_owner_changes_by_acknowledgement(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """Rule 12: an active person; another only by the account's own offer, acknowledged in that statement or refused while claimed."""
    for old, customer in changed(before, after, "customer"):
        event = after["event"].get(customer.event)
        if not active(after, customer.account_owner):
            yield f"rule 12: account {customer.id} is nobody's"
        if old is None:
            if customer.claimed != int(event is None or customer.account_owner != event.actor) or customer.via != 0:
                yield f"rule 12: account {customer.id} began wrongly"
            continue
        if any(getattr(old, name) != getattr(customer, name) for name in KNOWN) and (
            event is None or event.kind != "customer.edited"
        ):
            yield f"rule 7: what is known of customer {customer.id} changed without an edit"
        if (old.account_owner, old.claimed, old.via) != (customer.account_owner, customer.claimed, customer.via):
            was, offer = before["customer_offer"].get(customer.via), after["customer_offer"].get(customer.via)
            if event is None or was is None or offer is None or not answered(old, customer, was, offer, event):
                yield f"rule 12: account {customer.id} moved without an acknowledgement"
    for old, offer in changed(before, after, "customer_offer"):
        yield from account_offer(old, offer, before, after)


def answered(old: Line, customer: Line, was: Line, offer: Line, event: Line) -> bool:
    """Whether this answer to the account's offer says just this move."""
    about = was.customer == customer.id and customer.claimed == 0 and offer.event == event.seq
    if offer.state == "acknowledged":
        by_taker = event.kind == "customer.acknowledged" and event.actor == was.taker == offer.answered_by
        return about and was.state == "offered" and by_taker and customer.account_owner == was.taker
    returned = old.claimed == 1 and customer.account_owner == old.added_by and was.taker == old.account_owner
    return about and returned and offer.state in ("declined", "withdrawn")


def account_offer(old: Line | None, offer: Line, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """Rule 3 for accounts."""
    event, customer = after["event"].get(offer.event), before["customer"].get(offer.customer)
    name = f"account offer {offer.id}"
    if old is None:
        if (
            offer.state != "offered"
            or offer.answered_by is not None
            or len(standing(after, "customer_offer", offer.customer)) != 1
        ):
            yield f"rule 3: {name} was born answered, or beside another"
        if (
            not customer
            or not active(after, offer.taker)
            or offer.taker == offer.giver
            or not sides(customer, offer, before)
        ):
            yield f"rule 12: {name} was not made by the account owner's side, or to nobody"
    elif event is None or old.state != "offered" or (offer.state, event.kind) not in ACCOUNT_ANSWERS:
        yield f"rule 3: {name} was answered twice, or by no answer"
    elif offer.state in ("acknowledged", "declined", "offered") and event.actor != old.taker:
        yield f"rule 12: {name} was answered by somebody else"
    elif offer.state in ("acknowledged", "declined") and offer.answered_by != old.taker:
        yield f"rule 12: {name} was answered for somebody else"
    elif offer.state == "acknowledged" and after["customer"][offer.customer].via != offer.id:
        yield f"rule 12: the acknowledgement of {name} did not move the account"


ACCOUNT_ANSWERS = {
    ("acknowledged", "customer.acknowledged"), ("declined", "customer.declined"), ("withdrawn", "customer.withdrawn"),
    ("offered", "customer.seen"),
}  # fmt: skip


def sides(customer: Line, offer: Line, before: Snapshot) -> bool:
    """Whether an account was offered by its owner or their manager, or named again by who claimed it."""
    owner = before["person"][customer.account_owner]
    naming = customer.claimed == 1 and offer.giver == offer.offered_by == customer.added_by
    return naming or (offer.giver == owner.id and offer.offered_by in (owner.id, owner.manager))


def contacts_change_by_events_about_them(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """Rule 7: numbered in the order of their events; edited or removed by an event with their number, and then no more."""
    for old, contact in changed(before, after, "contact"):
        event, name = after["event"].get(contact.event), f"contact {contact.customer}.{contact.n}"
        if old is None:
            others = [other for other in before["contact"].values() if other.customer == contact.customer]
            last = max((other.event for other in others), default=0) < contact.event
            if (
                contact.active != 1
                or contact.n != len(others) + 1
                or not last
                or contact.customer not in after["customer"]
            ):
                yield f"rule 7: {name} was not born after the others, or to nobody"
        elif event is None or json.loads(event.intent)["data"].get("n") != contact.n or old.active != 1:
            yield f"rule 7: {name} changed by an event about another, or after it was removed"
        elif event.kind == "customer.contact_removed":
            if contact.active != 0 or any(getattr(old, part) != getattr(contact, part) for part in CONTACT):
                yield f"rule 7: {name} was not removed as it was"
        elif event.kind != "customer.contact_edited" or contact.active != 1:
            yield f"rule 7: {name} changed otherwise"


CONTACT = ("name", "role", "email", "phone")


def playbooks_come_in_versions(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """Rule 7: each version by an event about its key, one of a key in use; once out of use it stays so."""
    used = [one.key for one in after["playbook"].values() if one.active == 1]
    if len(used) != len(set(used)):
        yield "rule 7: two versions of a playbook are in use"
    for old, one in changed(before, after, "playbook"):
        event = after["event"].get(one.event)
        said = json.loads(event.intent)["data"] if event is not None else {}
        if said.get("key") != one.key:
            yield f"rule 7: playbook {one.id} changed by an event about another"
        if old is None and (one.active != 1 or one.id != one.event or one.topics != said.get("topics")):
            yield f"rule 7: playbook {one.id} was not born as its event says"
        if old is None and event is not None and one.added_at != event.at:
            yield f"rule 7: playbook {one.id} was added at another moment"
        if old is not None and (old.active, one.active) != (1, 0):
            yield f"rule 7: playbook {one.id} came back, or changed in use"


def steps_are_done_in_order(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """A case begins with the playbook that its opening names; a step is one more that its owner says is done, or undone."""
    for old, case in changed(before, after, "cases"):
        event = after["event"].get(case.event)
        said = json.loads(event.intent)["data"] if event is not None else {}
        if old is None:
            named = case.playbook is None or (
                event is not None and event.kind == "case.opened" and said.get("playbook") == case.playbook
            )
            in_use = case.playbook is None or (
                case.playbook in before["playbook"] and before["playbook"][case.playbook].active == 1
            )
            if case.step != 0 or not named or not in_use:
                yield f"rule 7: case {case.number} began with another playbook than its event says"
        elif case.step != old.step:
            by_owner = event is not None and event.actor == old.owner and old.playbook is not None
            on = by_owner and event.kind == "case.done" and case.step == old.step + 1 == said.get("step")
            back = by_owner and taken_back(event, after) == "case.done" and case.step == old.step - 1
            if not on and not back:
                yield f"rule 7: case {case.number} is at another step than its owner says"


# looking ----------------------------------------------------------------------------------------------------------------


def active(now: Snapshot, person: int | None) -> bool:
    """Whether this is somebody who has not left."""
    found = now["person"].get(person)
    return found is not None and found.active == 1


def standing(now: Snapshot, table: str, about: int) -> list[Line]:
    """The offers of a case or an account that stand."""
    return [line for line in now[table].values() if subject_of(table, line) == about and line.state == "offered"]


def subject_of(table: str, line: Line) -> int | None:
    """The case, person or customer that a row is about; a setting and a text are about none."""
    if table in ("setting", "text", "playbook"):
        return None
    if table == "outbox":
        return None
    if table in ("told", "call", "letter") and line.case_number is None:
        return int(line.customer)
    names = {
        "person": "id",
        "customer": "id",
        "customer_offer": "customer",
        "contact": "customer",
        "cases": "number",
        "duty": "person",
    }
    found: int = getattr(line, names.get(table, "case_number"))
    return found


def actor_of(table: str, line: Line) -> int | None:
    """Who a row says began it."""
    names = {"customer_offer": "offered_by", "handoff": "offered_by", "promise": "made_by", "note": "author"}
    names |= {"told": "teller", "call": "taken_by", "letter": "sender"}
    if table == "cases":
        found: int | None = line.imported_by or line.opened_by
        return found
    found = getattr(line, names.get(table, "added_by"))
    return found


def new(before: Snapshot, after: Snapshot, table: str) -> list[Line]:
    """The rows of a table that were not there before."""
    return [line for key, line in after[table].items() if key not in before[table]]


def changed(before: Snapshot, after: Snapshot, table: str) -> list[tuple[Line | None, Line]]:
    """The rows of a table that are new or not as they were."""
    was, now = before[table], after[table]
    return [] if was == now else [(was.get(key), line) for key, line in now.items() if was.get(key) != line]


RULES: tuple[Callable[[Snapshot, Snapshot, Snapshot], Iterator[str]], ...] = (
    history_only_grows,
    nothing_vanishes,
    rows_follow_events,
    names_are_one,
    open_case_has_owner_and_action,
    owner_and_status_move_by_acknowledgement,
    the_rest_of_a_case_changes_by_its_owner,
    closed_case_is_answered_for,
    closings_are_confirmed_once,
    next_touch_is_the_account_owners,
    one_offer_stands,
    answers_are_final,
    promises_are_never_lost,
    offers_say_what_was_not_told,
    what_was_told_is_as_it_was_said,
    notes_are_seen_or_taken_back,
    who_left_owns_nothing,
    duties_are_as_published,
    logins_come_by_joining,
    account_owner_changes_by_acknowledgement,
    contacts_change_by_events_about_them,
    playbooks_come_in_versions,
    steps_are_done_in_order,
    a_call_is_as_it_was_said,
    letters_say_what_is_so,
    what_waits_is_tried,
)
