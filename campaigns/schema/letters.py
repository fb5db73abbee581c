"""What must be true of letters and of what waits to be sent, and how letters are stated in the search."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from campaigns.schema.snapshot import Line, Snapshot

KINDS = ("welcome", "eta", "eta-moved", "new-owner", "resolved")
ROUTES = ("accepted", "refused", "waiting")
STATES = {"accepted": "sent", "refused": "refused", "waiting": "queued"}


def message_id(seq: int) -> str:
    """An id for the letter that an event queues."""
    return f"<{seq:032x}@hale.example>"


def queued(form: str, seq: int, promises: Sequence[Any]) -> str:
    """A letter as an event states it, in the order of its fields."""
    to = plain([{"text": f"{n:064x}"} for n in (1, 2)])
    return f'"form":"{form}","message_id":"{message_id(seq)}","promises":{plain(promises)},"to":{to},'


def tried(letter: int, **routes: Sequence[int]) -> str:
    """A try as an event states it, in the order of its fields."""
    why = {"text": "0" * 64}
    refused, waiting = ([[n, why] for n in routes.get(name, ())] for name in ("refused", "waiting"))
    accepted = list(routes.get("accepted", ()))
    return f'"accepted":{plain(accepted)},"letter":{letter},"refused":{plain(refused)},"waiting":{plain(waiting)},'


def stated_by(now: Snapshot, case: int | None) -> list[list[Any]]:
    """What a letter about a case has to state."""
    held = [promise for promise in now["promise"].values() if promise.case_number == case and promise.state == "open"]
    return sorted([promise.n, promise.due] for promise in held)


def waiting(now: Snapshot, about: int | None) -> Iterator[tuple[int, list[int]]]:
    """The letters about a case or a customer that wait, each with the recipients for whom it does."""
    for letter in now["letter"].values():
        left = [one.n for one in now["outbox"].values() if one.letter == letter.id and one.state == "queued"]
        if left and (letter.case_number or letter.customer) == about:
            yield letter.id, left


def letters_say_what_is_so(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """A letter is by who answers for it, or their manager; it names who said yes, and states each open promise as it is."""
    for letter in new(before, after, "letter"):
        event = after["event"].get(letter.event)
        said = json.loads(event.intent)["data"] if event is not None else {}
        name = f"letter {letter.id}"
        if event is None or event.kind != "letter.queued" or letter.id != event.seq or letter.sender != event.actor:
            yield f"rule 7: {name} was queued by nobody"
            continue
        if (letter.case_number, letter.queued_at) != (event.case_number, event.at) or (
            letter.kind, letter.message_id) != (said.get("form"), said.get("message_id")):  # fmt: skip
            yield f"rule 7: {name} is not as its event says"
        if any(other.message_id == letter.message_id for other in after["letter"].values() if other.id != letter.id):
            yield f"rule 7: {name} has the id of another"
        if json.loads(letter.promises or "[]") != stated_by(after, letter.case_number):
            yield f"rule 5: {name} states other promises than there are"
        yield from about_account(letter, event, after) if letter.case_number is None else about_case(letter, after)


def about_case(letter: Line, now: Snapshot) -> Iterator[str]:
    """Whether it is by whoever answers for the case, and such a letter fits it."""
    case = now["cases"].get(letter.case_number)
    who = {"open": case.owner, "closed": case.next_owner}.get(case.status) if case is not None else None
    if case is None or who is None or case.customer != letter.customer:
        yield f"rule 2: letter {letter.id} is about nothing that goes on"
        return
    if letter.sender not in (who, now["person"][who].manager) or (case.claimed and letter.sender != who):
        yield f"rule 2: letter {letter.id} is by somebody who does not answer for it"
    held = [p for p in now["promise"].values() if p.case_number == case.number and p.state == "open"]
    via = now["handoff"].get(case.via)
    took = via is not None and via.state == "acknowledged" and via.taker == who and not via.claimed
    fits = {
        "welcome": True, "eta": bool(held), "eta-moved": any(p.told_due != p.due for p in held), "new-owner": took,
        "resolved": case.status == "closed",
    }  # fmt: skip
    if not fits.get(letter.kind, False):
        yield f"rule 2: letter {letter.id} does not fit its case"


def about_account(letter: Line, event: Line, now: Snapshot) -> Iterator[str]:
    """Whether it is by the account owner who said yes, or their manager."""
    account = now["customer"].get(letter.customer)
    if account is None or event.subject != letter.customer or account.claimed:
        yield f"rule 12: letter {letter.id} is about no account of anybody who said yes"
        return
    via = now["customer_offer"].get(account.via)
    took = via is not None and via.state == "acknowledged" and via.taker == account.account_owner
    if letter.sender not in (account.account_owner, now["person"][account.account_owner].manager):
        yield f"rule 12: letter {letter.id} is by somebody who does not answer for the account"
    if letter.kind != "welcome" and not (letter.kind == "new-owner" and took):
        yield f"rule 12: letter {letter.id} does not fit its account"


def what_waits_is_tried(start: Snapshot, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """A letter waits for each recipient from when it was queued, and a try of that letter says what came of it."""
    for key, line in after["outbox"].items():
        old = before["outbox"].get(key)
        if old == line:
            continue
        event, letter = after["event"].get(line.event), after["letter"].get(line.letter)
        name = f"delivery {line.letter}.{line.n}"
        if event is None or letter is None or event.seq != max(after["event"]):
            yield f"rule 7: {name} changed by no new event"
        elif old is None:
            born = (line.state, line.tries, line.tried_at, line.trouble) == ("queued", 0, None, None)
            n = 1 + sum(other.letter == line.letter for other in before["outbox"].values())
            meant = len(json.loads(event.intent)["data"].get("to", ()))
            if not born or line.n != n or line.event != letter.id or line.n > meant:
                yield f"rule 7: {name} did not begin with its letter"
        elif not as_tried(old, line, letter, event):
            yield f"rule 7: {name} is not as the try says"


def as_tried(old: Line, line: Line, letter: Line, event: Line) -> bool:
    """Whether a try of the letter says just this change."""
    said = json.loads(event.intent)["data"]
    about = event.case_number == letter.case_number if letter.case_number else event.subject == letter.customer
    if event.kind != "letter.tried" or said.get("letter") != letter.id or not about or old.state != "queued":
        return False
    routes = [route for route in ROUTES if line.n in [n if isinstance(n, int) else n[0] for n in said[route]]]
    now = old._replace(state=line.state, tries=old.tries + 1, tried_at=event.at, trouble=line.trouble, event=event.seq)
    return (
        line == now and line.state in [STATES[r] for r in routes] and (line.trouble is None) == (line.state == "sent")
    )


def first_accepted(event: Line, now: Snapshot) -> Line | None:
    """The letter that this try was the first to be accepted of, if it was."""
    sent = [one for one in now["outbox"].values() if one.state == "sent"]
    mine = [one for one in sent if one.event == event.seq]
    if (
        event.kind != "letter.tried"
        or not mine
        or any(o.letter == mine[0].letter and o.event < event.seq for o in sent)
    ):
        return None
    return now["letter"].get(mine[0].letter)


def told_by_letter(told: Line, event: Line, now: Snapshot) -> bool:
    """Whether a telling is that of a letter which was accepted just then."""
    letter = first_accepted(event, now)
    if letter is None:
        return False
    numbers = [n for n, _ in json.loads(letter.promises or "[]")]
    want = (event.seq, letter.sender, event.at, "email", letter.customer, letter.case_number)
    is_so = (told.id, told.teller, told.told_at, told.how, told.customer, told.case_number) == want
    return is_so and sorted(json.loads(told.promises or "[]")) == numbers


def knows_by_letter(old: Line, promise: Line, event: Line, now: Snapshot) -> bool:
    """Whether the letter that was accepted just then states the ETA that the customer knows since."""
    letter = first_accepted(event, now)
    if letter is None or letter.case_number != promise.case_number or old.state != "open":
        return False
    since = None if promise.told_due == old.due else old.debt_since or event.at
    stated = [promise.n, promise.told_due] in json.loads(letter.promises or "[]")
    return stated and promise == old._replace(told_due=promise.told_due, debt_since=since, event=event.seq)


def new(before: Snapshot, after: Snapshot, table: str) -> list[Line]:
    """The rows of a table that were not there before."""
    return [line for key, line in after[table].items() if key not in before[table]]


def plain(value: object) -> str:
    """JSON without a space."""
    return json.dumps(value, separators=(",", ":"))
