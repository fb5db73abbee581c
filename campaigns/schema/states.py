"""Every state of the desk that people reach by a few legitimate events, each with a shortest way to it."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from campaigns.schema import letters
from campaigns.schema.snapshot import Snapshot, essence, take
from campaigns.schema.world import (
    ACME,
    ADA,
    BEGINNING,
    BOB,
    CY,
    DUE,
    ENDED,
    GLOBEX,
    LATE,
    LATER,
    LOG,
    PASSED,
    PEOPLE,
    Desk,
    commitment,
    opening,
    stated,
    undone,
)
from owncase.domain.event import Event
from owncase.errors import OwncaseError

Path = tuple[Event, ...]


class Disagreement(AssertionError):
    """The rules in the program and the rules in the database differ."""


def moves(now: Snapshot, cases: Sequence[int]) -> Iterator[Event]:
    """Everything that anybody might try; the rules say which of it happens."""
    for by in PEOPLE:
        for case in cases:
            yield from of_case(by, case, now)
        yield from of_account(by, now)
        for somebody in PEOPLE:
            yield stated("person.retired", by, subject=somebody)
            yield joining(by, somebody)
            if not now["duty"]:
                yield duty(by, somebody)
            yield stated("person.edited", by, subject=somebody, login=None)
        yield from (stated("duty.removed", by, subject=one.person, n=one.id) for one in now["duty"].values())


def of_case(by: int, case: int, now: Snapshot) -> Iterator[Event]:
    """What one person might do to one case."""
    held = [promise.n for promise in now["promise"].values() if promise.case_number == case and promise.state == "open"]
    for to in PEOPLE:
        for form in ("transfer", "closing", "voiding"):
            yield offer(by, case, to, form, in_debt(now, case))
    yield stated("handoff.acknowledged", by, case, take=held, next_action="Carry on", next_due=DUE)
    yield stated("handoff.declined", by, case, reason="away", note=None, suggested=None)
    if held:
        yield no(by, case, *held)
    yield stated("handoff.withdrawn", by, case)
    yield stated("promise.made", by, case, text="We call back", due=DUE)
    for n in held:
        yield from of_promise(by, case, n)
    yield stated("case.done", by, case, next_action="Call again", next_due=DUE, waiting_for="Pat: photos", did=None)
    yield step_of(by, case, now["cases"][case].step + 1)
    yield stated("case.replanned", by, case, next_action="Call later", next_due=DUE, waiting_for=None, because=None)
    yield stated("case.noted", by, case, text="Pat called")
    yield stated("case.seen", by, case)
    yield told(by, case, *held)
    yield answered(by, case)
    yield called_back(by, case, now["cases"][case].next_action)
    yield stated("case.edited", by, case, customer=GLOBEX if now["cases"][case].customer == ACME else ACME)
    yield stated("case.reopened", by, case, because="came back", next_action="Start again", next_due=DUE)
    yield stated("case.voided", by, case, reason="mistake", of=None, note=None)
    yield stated("case.voided", by, case, reason="duplicate", of=1 if case != 1 else 2, note=None)
    yield stated("case.returned", by, case, reason="not-my-customer", note=None)
    yield stated("case.confirmed", by, case, confirmed_by="Pat")
    yield from letters_of(by, now, case=case)
    yield from undoings(by, case, now)


def of_promise(by: int, case: int, n: int) -> Iterator[Event]:
    """What one person might do to one promise."""
    for due in (LATER, PASSED):
        yield moved(by, case, n, due)
    yield kept(by, case, n)
    yield stated("promise.broken", by, case, n=n, because="no parts")
    yield stated("promise.released", by, case, n=n, confirmed_by="Pat", because=None)
    yield at_risk(by, case, n)


def undoings(by: int, case: int, now: Snapshot) -> Iterator[Event]:
    """The undo of the case's last change, and of the one that an offer may have been made with."""
    for event in [event for event in now["event"].values() if event.case_number == case][-2:]:
        data: dict[str, Any] = {"undoes": event.seq, "what": event.kind}
        if event.kind in ("case.done", "case.replanned"):
            before = {"next_action": "As before", "next_due": DUE, "waiting_for": None}
            back = {"step": now["cases"][case].step - 1} if '"step":' in event.intent else {}
            yield stated("case.undone", by, case, **data, **before, **back, replans=0, came_back=None)
        elif event.kind == "case.edited":
            other = GLOBEX if now["cases"][case].customer == ACME else ACME
            yield stated("case.undone", by, case, **data, customer=other)
        elif event.kind == "case.noted":
            yield stated("case.undone", by, case, **data)
        elif event.kind.startswith("promise."):
            for promise in now["promise"].values():
                if promise.event == event.seq:
                    yield stated("case.undone", by, case, **data, n=promise.n)


def of_account(by: int, now: Snapshot) -> Iterator[Event]:
    """What one person might do to the accounts."""
    for account in (ACME, GLOBEX):
        for to in PEOPLE:
            yield stated("customer.offered", by, subject=account, to=to, note=None, answer_by=DUE)
        yield stated("customer.acknowledged", by, subject=account)
        yield stated("customer.declined", by, subject=account, reason="away", note=None, suggested=None)
        yield stated("customer.withdrawn", by, subject=account)
        yield stated("customer.seen", by, subject=account)
        yield stated("customer.told", by, subject=account, how="phone", whom="Pat", text=None)
        yield touch(by, account)
        yield from letters_of(by, now, account=account)
    listed = [one for one in now["contact"].values() if one.customer == ACME]
    if not listed:
        yield contact(by, ACME)
    for one in listed:
        yield stated("customer.contact_edited", by, subject=ACME, n=one.n, name="Lee")
        yield stated("customer.contact_removed", by, subject=ACME, n=one.n)
    yield playbook(by)
    yield stated("playbook.retired", by, key=LATE)
    if len(now["cases"]) == 4:
        yield opening(5, by)
        for one in now["playbook"].values():
            yield opening(5, by, playbook=one.id)


def letters_of(by: int, now: Snapshot, *, case: int | None = None, account: int | None = None) -> Iterator[Event]:
    """What one person might write about a case or an account, and what may come of what waits."""
    for form in letters.KINDS:
        yield letter(by, form, *letters.stated_by(now, case), case=case, account=account)
    for number, left in letters.waiting(now, case or account):
        for route in letters.ROUTES:
            yield tried(by, number, case=case, account=account, **{route: left[:1]})


def contact(by: int, customer: int) -> Event:
    """Somebody to be asked for there."""
    return stated("customer.contact_added", by, subject=customer, name="Pat", role="Buyer", email=None, phone=None)


def play(raw: sqlite3.Connection, path: Path) -> None:
    """Let the events of a path happen, inside the caller's transaction."""
    desk = Desk(raw)
    for event in path:
        desk.happen(event)


def reach(raw: sqlite3.Connection, *, depth: int, most: int, cases: Sequence[int] = (1, 3)) -> list[Path]:
    """Breadth first, the paths to at most `most` distinct states within `depth` events."""
    raw.execute("BEGIN")
    known: dict[Any, Path] = {essence(take(raw)): ()}
    raw.execute("ROLLBACK")
    edge: list[Path] = [()]
    for _ in range(depth):
        beyond: list[Path] = []
        for path in edge:
            for event, found in onward(raw, path, cases):
                if found in known:
                    continue
                known[found] = (*path, event)
                beyond.append((*path, event))
                if len(known) >= most:
                    return list(known.values())
        edge = beyond
    return list(known.values())


def onward(raw: sqlite3.Connection, path: Path, cases: Sequence[int]) -> Iterator[tuple[Event, Any]]:
    """Each event that may happen at the end of a path, and the essence of what it leads to."""
    raw.execute("BEGIN")
    try:
        play(raw, path)
        for event in list(moves(take(raw), cases)):
            with undone(raw, "one_move"):
                try:
                    Desk(raw).happen(event)
                except OwncaseError:
                    continue
                except sqlite3.IntegrityError as refused:
                    by = f"{event.kind} by {event.actor} after {[(e.kind, e.actor) for e in path]}"
                    raise Disagreement(
                        f"the fold lets it happen, and the triggers refuse it: {by}: {refused}"
                    ) from refused
                yield event, essence(take(raw))
    finally:
        raw.execute("ROLLBACK")


def in_debt(now: Snapshot, case: int) -> list[int]:
    """The open promises of a case whose ETA the customer was not told."""
    held = [promise for promise in now["promise"].values() if promise.case_number == case and promise.state == "open"]
    return [promise.n for promise in held if promise.due != promise.told_due]


def no(by: int, case: int, *held: int) -> Event:
    """A no that would be a yes if these promises were due later."""
    terms = [[f"{case}.{n}", LATER] for n in held]
    return stated("handoff.declined", by, case, reason="away", note=None, suggested=None, terms=terms)


def offer(by: int, case: int, to: int, form: str = "transfer", debt: Sequence[int] = ()) -> Event:
    """An offer of a case, which names the promises in `debt`."""
    named = {"eta_debt": list(debt)} if debt else {}
    return stated(
        "handoff.offered", by, case, to=to, form=form, note=None, next_action=None, next_due=None, answer_by=DUE,
        outcome="settled" if form == "closing" else None, confirmed_by="Pat" if form == "closing" else None, unconfirmed=None, void_reason=None,
        **named,
    )  # fmt: skip


def unsure(by: int, case: int, to: int) -> Event:
    """An offer of a closing that nobody at the customer's confirmed."""
    said = offer(by, case, to, "closing")
    return replace(said, data={**said.data, "confirmed_by": None, "unconfirmed": "Pat is away"})


def touch(by: int, account: int, action: str | None = "Ring Pat") -> Event:
    """What comes next for a customer."""
    return stated("customer.planned", by, subject=account, next_touch=action, next_touch_due=action and DUE, did=None)


def yes(by: int, case: int, *take: int) -> Event:
    """An acknowledgement that takes on these promises."""
    return stated("handoff.acknowledged", by, case, take=list(take), next_action="Carry on", next_due=DUE)


def promise(by: int, case: int) -> Event:
    """A promise to the customer."""
    return stated("promise.made", by, case, text="We call back", due=DUE)


def duty(by: int, somebody: int) -> Event:
    """Somebody is on duty for a week."""
    return stated("duty.added", by, subject=somebody, from_at=DUE, until_at=LATER, note=None)


def joining(by: int, somebody: int) -> Event:
    """An OS user says that they are somebody."""
    return replace(stated("person.joined", by, subject=somebody), typed_by="mia")


def again(by: int, case: int) -> Event:
    """A reopening."""
    return stated("case.reopened", by, case, because="came back", next_action="Start again", next_due=DUE)


def undo(by: int, case: int, number: int, what: str, **before: Any) -> Event:
    """An undo of the event with this number."""
    return stated("case.undone", by, case, undoes=number, what=what, **before)


PLAN = {"next_action": "As before", "next_due": DUE, "waiting_for": None, "replans": 0, "came_back": None}
FIRST = len(BEGINNING) + len(LOG) + len(ENDED) + 1
"""The first event after the beginning."""


def plan(by: int, case: int) -> Event:
    """The action is done, and this is the next."""
    return stated("case.done", by, case, next_action="Call again", next_due=DUE, waiting_for=None, did=None)


def playbook(by: int) -> Event:
    """A version of the playbook for what is late."""
    return stated("playbook.added", by, key=LATE, title="Late", topics=None, body="+++")


def step_of(by: int, case: int, step: int) -> Event:
    """A step of the case's playbook is done, and this comes next."""
    said = plan(by, case)
    return replace(said, data={**said.data, "step": step})


def note(by: int, case: int) -> Event:
    """A note."""
    return stated("case.noted", by, case, text="Pat called")


def kept(by: int, case: int, n: int) -> Event:
    """A promise that was kept."""
    return stated("promise.kept", by, case, n=n, confirmed_by=None)


def moved(by: int, case: int, n: int, due: str = LATER) -> Event:
    """A promise whose ETA moved."""
    return stated("promise.moved", by, case, n=n, due=due, because="the storm")


def told(by: int, case: int, *numbers: int) -> Event:
    """What the customer was told, with the ETAs of these promises."""
    return stated("case.told", by, case, how="phone", whom="Pat", text=None, promises=list(numbers))


def at_risk(by: int, case: int, n: int) -> Event:
    """A promise that is seen at risk."""
    return stated("promise.at_risk", by, case, n=n, because="no parts")


def redaction(case: int, *events: int) -> Event:
    """Ada removes the texts of these events."""
    named = [commitment(event) for event in events]
    return stated("text.redacted", ADA, case, what="case", commitments=named, because="They asked")


CALL: dict[str, Any] = {"whom": "Pat", "question": "Where is it?", "channel": "phone"}


def answered(by: int, case: int, *, about: int = 1) -> Event:
    """A call about a case that was answered on the spot."""
    plan = {"next_action": None, "next_due": None, "callback": None}
    return stated("case.called", by, case, **CALL, answer="On the truck", about_status=about, **plan)


def called_back(by: int, case: int, action: str | None) -> Event:
    """A call about a case that somebody is to answer later, before its action."""
    plan = {"next_action": f"Call back; then: {action}", "next_due": DUE}
    return stated("case.called", by, case, **CALL, answer=None, callback=DUE, about_status=1, **plan)


def letter(by: int, form: str, *promises: list[Any], case: int | None = None, account: int | None = None) -> Event:
    """A letter to two people at a customer's."""
    said = {"to": ["pat@acme.example", "kim@acme.example"], "title": "Hello", "message": "Hello", "message_id": ""}
    return stated("letter.queued", by, case, account, form=form, promises=list(promises), **said)


def tried(
    by: int, number: int, *, case: int | None = None, account: int | None = None, **routes: Sequence[int]
) -> Event:
    """What became of a letter for those numbered."""
    refused, waiting = ([[n, "no"] for n in routes.get(name, ())] for name in ("refused", "waiting"))
    accepted = list(routes.get("accepted", ()))
    return stated("letter.tried", by, case, account, letter=number, accepted=accepted, refused=refused, waiting=waiting)


TELLING: Sequence[Path] = (
    (),
    (offer(ADA, 1, BOB),),
    (promise(ADA, 1), offer(ADA, 1, BOB)),
    (offer(ADA, 1, BOB), yes(BOB, 1), offer(BOB, 1, ADA), yes(ADA, 1), offer(ADA, 1, BOB, "closing")),
    (promise(ADA, 1), offer(ADA, 1, CY, "closing"), yes(CY, 1, 1)),
    (offer(ADA, 1, BOB, "closing"), yes(BOB, 1), again(CY, 1), offer(BOB, 1, ADA), yes(ADA, 1)),
    (offer(ADA, 1, BOB, "voiding"), stated("case.noted", CY, 1, text="Pat called"), stated("case.noted", BOB, 3, text="?")),
    (stated("case.noted", CY, 1, text="Pat called"), offer(ADA, 1, BOB), stated("case.seen", BOB, 1), offer(ADA, 3, CY)),
    (stated("customer.acknowledged", BOB, subject=GLOBEX), stated("customer.offered", ADA, subject=ACME, to=CY, note=None, answer_by=DUE)),
    (stated("customer.declined", BOB, subject=GLOBEX, reason="away", note=None, suggested=None), offer(ADA, 2, CY),
     yes(CY, 2), stated("case.voided", CY, 2, reason="duplicate", of=1, note=None)),
    (note(CY, 1), undo(CY, 1, FIRST, "case.noted"), offer(ADA, 1, BOB)),
    (offer(ADA, 1, BOB), note(ADA, 1)),
    (plan(ADA, 1), note(ADA, 1), plan(BOB, 3), offer(ADA, 3, CY)),
    (plan(ADA, 1), note(BOB, 3), offer(ADA, 1, CY)),
    (plan(ADA, 1),),
    (note(ADA, 1), note(ADA, 1), promise(ADA, 1), promise(ADA, 1)),
    (note(CY, 1), note(CY, 1)),
    (promise(ADA, 1), undo(ADA, 1, FIRST, "promise.made", n=1), promise(ADA, 1), kept(ADA, 1, 2)),
    (promise(ADA, 1), kept(ADA, 1, 1), undo(ADA, 1, FIRST + 1, "promise.kept", n=1), offer(ADA, 1, BOB)),
    (promise(ADA, 1), offer(ADA, 1, CY, "closing"), yes(CY, 1, 1), kept(CY, 1, 1)),
    (promise(ADA, 1), moved(ADA, 1, 1), at_risk(ADA, 1, 1), offer(ADA, 1, BOB, debt=[1])),
    (promise(ADA, 1), moved(ADA, 1, 1, PASSED), moved(ADA, 1, 1), offer(ADA, 1, BOB, debt=[1]), yes(BOB, 1, 1), at_risk(BOB, 1, 1)),
    (promise(ADA, 1), promise(ADA, 1), stated("promise.broken", ADA, 1, n=1, because="no parts"), moved(ADA, 1, 2, PASSED)),
    (promise(ADA, 1), stated("promise.released", ADA, 1, n=1, confirmed_by="Pat", because=None)),
    (offer(ADA, 1, BOB), plan(ADA, 1), offer(ADA, 1, BOB)),
    (offer(ADA, 1, BOB), promise(ADA, 1), offer(ADA, 1, BOB), undo(ADA, 1, FIRST + 1, "promise.made", n=1), offer(ADA, 1, BOB)),
    (plan(ADA, 1), undo(ADA, 1, FIRST, "case.done", **PLAN), offer(ADA, 1, BOB), yes(BOB, 1)),
    (stated("customer.edited", ADA, subject=GLOBEX, name="Globex Ltd"), stated("person.retired", ADA, subject=CY)),
    (contact(CY, ACME), contact(BOB, ACME), contact(ADA, GLOBEX), stated("customer.contact_edited", CY, subject=ACME, n=1, name="Lee")),
    (contact(CY, ACME), contact(BOB, ACME), stated("customer.contact_removed", BOB, subject=ACME, n=2)),
    (promise(ADA, 1), offer(ADA, 1, BOB), no(BOB, 1, 1)),
    (promise(ADA, 1), stated("customer.offered", ADA, subject=ACME, to=CY, note=None, answer_by=DUE),
     stated("customer.declined", CY, subject=ACME, reason="away", note=None, suggested=None, terms=[["1.1", LATER]])),
    (unsure(ADA, 1, BOB), yes(BOB, 1), touch(BOB, ACME)),
    (touch(ADA, ACME), unsure(ADA, 1, BOB), yes(BOB, 1), stated("case.confirmed", CY, 1, confirmed_by="Pat"), touch(ADA, ACME, None)),
    (promise(ADA, 1), moved(ADA, 1, 1), told(BOB, 1, 1), told(ADA, 3)),
    (promise(ADA, 1), promise(ADA, 1), moved(ADA, 1, 1), moved(ADA, 1, 2), told(CY, 1, 1), kept(ADA, 1, 1)),
    (offer(ADA, 1, BOB, "closing"), yes(BOB, 1), told(CY, 1), stated("customer.told", CY, subject=GLOBEX, how="phone", whom="Pat", text="Hello")),
    (answered(CY, 1), offer(ADA, 1, BOB), called_back(CY, 1, "Call Pat"), answered(ADA, 4, about=0)),
    (stated("customer.called", BOB, subject=ACME, **CALL, answer="At nine"), called_back(ADA, 1, "Call Pat"), note(CY, 1)),
    (opening(5, BOB), stated("case.called", BOB, 5, **CALL, answer=None, callback=DUE, about_status=0, next_action=None, next_due=None)),
    (promise(ADA, 1), letter(ADA, "eta", [1, DUE], case=1), tried(BOB, FIRST + 1, case=1, accepted=[1])),
    (promise(ADA, 1), moved(ADA, 1, 1), letter(ADA, "eta-moved", [1, LATER], case=1)),
    (promise(ADA, 1), moved(ADA, 1, 1), letter(ADA, "eta-moved", [1, LATER], case=1),
     tried(ADA, FIRST + 2, case=1, waiting=[1], refused=[2]), letter(ADA, "eta", [1, LATER], case=1)),
    (offer(ADA, 1, BOB), yes(BOB, 1), letter(ADA, "new-owner", case=1), letter(BOB, "welcome", case=1)),
    (letter(ADA, "welcome", account=ACME), tried(CY, FIRST, account=ACME, accepted=[2])),
    (offer(ADA, 1, BOB, "closing"), yes(BOB, 1), letter(BOB, "resolved", case=1), letter(ADA, "new-owner", case=1)),
    (stated("customer.acknowledged", BOB, subject=GLOBEX), letter(BOB, "new-owner", account=GLOBEX)),
    (duty(BOB, CY), duty(CY, ADA), stated("duty.removed", CY, subject=CY, n=FIRST)),
    (duty(ADA, BOB), duty(BOB, BOB)),
    (playbook(CY), opening(5, BOB, playbook=FIRST), step_of(BOB, 5, 1), playbook(ADA)),
    (playbook(CY), opening(5, BOB, playbook=FIRST), step_of(BOB, 5, 1), step_of(BOB, 5, 2),
     undo(BOB, 5, FIRST + 3, "case.done", **PLAN, step=1)),
    (playbook(CY), playbook(BOB), stated("playbook.retired", CY, key=LATE)),
    (joining(CY, CY), stated("person.edited", ADA, subject=CY, login=None)),
    (offer(ADA, 1, CY, "closing"), yes(CY, 1), redaction(1, FIRST, FIRST + 1)),
)  # fmt: skip
"""Ways to desks in which every table has rows of every sort: standing, answered, closed, returned, left."""
