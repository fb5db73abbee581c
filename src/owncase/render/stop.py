"""What a walk shows of one case or account before somebody presses a key, as labelled lines in words.

Every text of users passes through `safe`; moments are the reader's.
"""

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Any, Literal, NamedTuple

from owncase.render.relationship import held, relationship_parts
from owncase.render.safe import safe
from owncase.render.story import phrase
from owncase.render.terms import declined
from owncase.render.words import aside, counted, day_and_time, due_phrase, relative

Row = Mapping[str, Any]
LATEST = 3
"""How many of the last events are told."""


class Line(NamedTuple):
    """One thing about it. Of many with the same label those at the `keep` end are shown where there is little room."""

    label: str
    text: str
    style: str = ""
    keep: Literal["first", "last"] = "first"


class Reading(NamedTuple):
    """Who reads it: their handle, by which clock, and when."""

    me: str
    zone: tzinfo
    now: str

    def moment(self, moment: str) -> str:
        """The moment by the reader's clock."""
        return day_and_time(moment, self.zone, now=self.now)

    def ago(self, moment: str) -> str:
        """How long before, such as `2 h ago`."""
        return relative(moment, self.now).replace("now", "just now")


def heading(number: int | None, customer: str, title: str) -> str:
    """`42 norfolk · Drives fail`, or the account of a customer."""
    return " · ".join((f"{number} {safe(customer)}" if number else safe(customer), safe(title)))


def case_lines(case: Row, customer: Row, offer: Row | None, read: Reading) -> list[Line]:
    """A case whole, as `queries.whole_case` gives it, and its `offer` to the reader as `queries.packet` does."""
    return [
        *(_offered(offer, read) if offer else []),
        *_plan(case, offer, read),
        *_contact(case["contact"], customer),
        *([Line("External", f"{safe(case['external'])}, {safe(case['source'])}")] if case["source"] else []),
        *_notices(case, offer, read),
        *_promises(case, read),
        *_notes(case, read),
        *_latest(case, read),
    ]


def account_lines(account: Row, read: Reading) -> list[Line]:
    """A customer, as `queries.customers` gives it, whose account may be on offer to the reader."""
    pending = account["pending"]
    lines = list(_offered(pending, read)) if pending and pending["to"] == read.me else []
    lines += _touch(account, read)
    lines.append(Line("Owner", safe(account["account_owner"]), "bold"))
    lines += [Line("Second", safe(account["second"]))] if account["second"] else []
    lines += _contact(None, account)
    lines += [Line("Came back", declined(no, read.zone, read.now), "yellow")] if (no := account["declined"]) else []
    parts = relationship_parts(account, read.zone, read.now)
    return [*lines, *(Line(part.label, part.text, "red" if part.late else "") for part in parts)]


def _touch(account: Row, read: Reading) -> Iterator[Line]:
    due = account["next_touch_due"]
    if due:
        yield Line("Next", safe(account["next_touch"]), "bold")
        yield Line("Due", due_phrase(due, read.zone, read.now), "red" if due < read.now else "")


_ENDING = (("Outcome", "outcome"), ("Confirmed", "confirmed_by"), ("Not sure", "unconfirmed"))


def _contact(of_case: str | None, customer: Row) -> Iterator[Line]:
    """Whom to talk to, and how."""
    known = [of_case or customer["contact"], customer["phone"], customer["email"]]
    if any(known):
        yield Line("Contact", ", ".join(safe(part) for part in known if part))


def _offered(offer: Row, read: Reading) -> Iterator[Line]:
    by = f"{safe(offer['from'])}{aside(offer, 'from')}"
    yield Line("Offered", f"{offer['kind']}, by {by}, {read.moment(offer['offered_at'])}", "bold")
    if offer["answer_by"]:
        late = offer["answer_by"] < read.now
        text = f"{read.moment(offer['answer_by'])}{', lapsed' if late else ''}"
        yield Line("Answer by", text, "red" if late else "")
    for label, name in _ENDING:
        if offer.get(name):
            yield Line(label, safe(offer[name]))
    if offer["note"]:
        yield Line("Note", safe(offer["note"], one_line=False), "bold")


def _plan(case: Row, offer: Row | None, read: Reading) -> Iterator[Line]:
    if case["status"] != "open":
        yield Line("Status", " · ".join(filter(None, (safe(case["status"]), safe(case["outcome"] or "")))))
        return
    if case["owner"] != read.me and not offer:
        yield Line("Owner", safe(case["owner"] or "nobody known"), "bold")
    if offer and offer["kind"] != "transfer":
        return
    plan = offer or case
    yield Line("Next", safe(plan["next_action"]), "bold")
    late = plan["next_due"] < read.now
    yield Line("Due", due_phrase(plan["next_due"], read.zone, read.now), "red" if late else "")
    if case["waiting_for"]:
        yield Line("Waiting", safe(case["waiting_for"]))


def _notices(case: Row, offer: Row | None, read: Reading) -> Iterator[Line]:
    words = [case["urgency"]] if case["urgency"] in ("high", "hot") else []
    words += ["claimed by an import"] if case["claimed"] else []
    words += [f"planned anew {counted(case['replans'], 'time')} in a row"] if case["replans"] > 1 else []
    if words:
        yield Line("Notice", ", ".join(words), "yellow")
    if no := case["declined"]:
        yield Line("Came back", declined(no, read.zone, read.now), "yellow")
    pending = case["pending"]
    if pending and not offer:
        kind = "" if pending["kind"] == "transfer" else f"{pending['kind']} "
        lapsed = ", lapsed" if pending["lapsed"] else ", read" if pending["seen_at"] else ""
        text = f"{kind}offered to {safe(pending['to'])}, answer by {read.moment(pending['answer_by'])}{lapsed}"
        yield Line("On offer", text, "yellow")


def _promises(case: Row, read: Reading) -> Iterator[Line]:
    for promise in case["promises"]:
        if promise["status"] == "open":
            late = promise["due"] < read.now
            yield Line("Promised", held(promise, read.zone, read.now, me=read.me), "red" if late else "")


def _notes(case: Row, read: Reading) -> Iterator[Line]:
    for note in case["notes"]:
        if note["unseen"] and note["author"] != read.me and not note["undone"]:
            author = f"{safe(note['author'])}{aside(note, 'author')}"
            text = f"{author}, {read.ago(note['noted_at'])}: {safe(note['text'], one_line=False)}"
            yield Line("New note", text, "cyan", "last")


def _latest(case: Row, read: Reading) -> Iterator[Line]:
    unseen = [note["text"] for note in case["notes"] if note["unseen"] and note["author"] != read.me]
    events = [event for event in case["history"] if event["kind"] != "case.noted" or event["text"] not in unseen]
    for event in events[-LATEST:]:
        said = phrase(event, read.zone)
        told = event["text"] in (None, case["title"]) or safe(event["text"]) in said
        more = "" if told else f": {safe(event['text'])}"
        text = f"{read.ago(event['at'])}, {safe(event['by'] or 'the log')}{aside(event, 'by')} {said}{more}"
        yield Line("Before", text, "dim", "last")
