"""Every raw statement worth a try in a state: each table, each verb, each conflict clause, with values that want trouble.

Nothing here knows which are refused. A statement names an event: one of the past, or one forged right before it.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from campaigns.schema import letters
from campaigns.schema.invariants import subject_of
from campaigns.schema.snapshot import COLUMNS, KEY, Line, Snapshot, key_of
from campaigns.schema.world import ACME, ADA, BOB, CY, DAN, DUE, GLOBEX, LATER, PASSED, commitment, moment
from owncase.domain.history import HANDLERS

NOBODY = 99
CLAUSES = ("", "OR REPLACE ", "OR IGNORE ", "OR FAIL ", "OR ABORT ", "OR ROLLBACK ")
WHO = (ADA, BOB, CY, DAN, NOBODY, None)
UNDONE = "case.undone"
REDACTED = "text.redacted"
OF_CONTACT = ("customer.contact_edited", "customer.contact_removed")
OF_PROMISE = ("promise.moved", "promise.kept", "promise.broken", "promise.released", "promise.at_risk")
STATES = (
    "queued",
    "sent",
    "refused",
    "offered",
    "acknowledged",
    "declined",
    "withdrawn",
    "superseded",
    "settled",
    None,
)
WORDS = ("another", None)
STRETCHES = ((DUE, LATER), (LATER, DUE), (DUE, "2029-01-01T09:00:00Z"))
"""From when until when somebody may be said to be on duty: rightly, backwards and for too long."""
VALUES: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(
        ("giver", "offered_by", "taker", "answered_by", "account_owner", "second", "holder", "owner", "next_owner"), WHO
    ),
    "teller": WHO,
    "person": WHO,
    "from_at": (LATER, "soon", None),
    "how": ("fax", "visit", None),
    "whom": ("another", " ", None),
    "promises": ("[2]", "[1,2]", "[]", None),
    **dict.fromkeys(("made_by", "author", "taken_by", "opened_by", "imported_by", "added_by"), (BOB, CY, NOBODY, None)),
    "state": (*STATES, "open", "kept", "broken", "released", "undone"),
    "playbook": (19, NOBODY, None),
    "step": (0, 1, 2, 7),
    "topics": ("delivery", None),
    "status": ("open", "closed", "void", "archived", "elsewhere", None),
    "kind": ("transfer", "closing", "voiding", "gift", None),
    **dict.fromkeys(("next_action", "took_action"), ("another", "", " \t", "\u200b", None)),
    **dict.fromkeys(
        ("next_due", "took_due", "due", "told_due", "first_due"), ("2027-01-01T09:00:00Z", "soon", "", None)
    ),
    "next_touch": ("another", " \t", None),
    "next_touch_due": ("2027-01-01T09:00:00Z", "soon", None),
    "confirmed_by": ("Pat", " ", None),
    "active": (0, 1, 2, None),
    "about_status": (0, 1, 2, None),
    "callback": (DUE, LATER, "soon", None),
    "channel": ("visit", None),
    "contacts": (0, 7, None),
    **dict.fromkeys(("heard_at", "called_at", "told_at"), (DUE, None)),
    "claimed": (0, 1, 2, None),
    "unseen": (0, 1, 2, None),
    "undone": (0, 1, 2, None),
    "customer": (ACME, GLOBEX, NOBODY, None),
    "case_number": (1, 2, NOBODY, None),
    "duplicate_of": (1, 2, None),
    "handoffs": (0, 7, None),
    "replans": (0, 7),
    "n": (1, 2, 7),
    "request": ("r-1", None),
    "until_at": (DUE, None),
    "handle": ("bob", "acme", "eve", None),
    "key": ("acme", "bob", "other", None),
    "login": ("ada", "bob", "eve", None),
    "uid": ("uid-1", "uid-9", None),
    "external": ("A-1", "A-2", "L-1", None),
    "source": ("local", "log", None),
    "void_reason": ("duplicate", "spam", "mistake", None),
    "hash": ("short", "f" * 64, None),
    "intent": ("", "{}", None),
    "signature": ("forged", None),
    "actor": WHO,
    "salt": (b"short", None),
    "eta_debt": ("[1]", "[7]", "[1,2]", "[]", "", None),
    "terms": (f'[["1.1","{LATER}"]]', '[["1.1","soon"]]', '[["1.1"', "", None),
}
TOGETHER: dict[str, tuple[Mapping[str, Any], ...]] = {
    "cases": (
        *({"status": "closed", "next_owner": who, "next_action": None, "next_due": None} for who in (ADA, BOB, CY)),
        {"status": "void", "void_reason": "mistake"}, {"status": "void", "void_reason": "spam", "next_action": None},
        {"status": "void", "void_reason": "duplicate", "duplicate_of": 2}, {"status": "archived", "owner": None},
        {"status": "void", "void_reason": "duplicate", "duplicate_of": 1},
        *({"status": "open", "owner": who, "next_owner": None, "next_action": "Go", "next_due": DUE} for who in (ADA, BOB, CY, DAN)),
        *({"owner": who, "claimed": 0} for who in (ADA, BOB, CY)),
        {"heard_at": "now", "contacts": "more"}, {"heard_at": "now"},
        *({"next_action": action, "next_due": due} for action in ("back", "Go") for due in (DUE, LATER, PASSED)),
        {"next_action": "back", "next_due": PASSED, "waiting_for": "another"},
        *({"owner": who, "via": "standing", "handoffs": 1} for who in (ADA, BOB, CY)),
        *({"status": "open", "owner": who, "opened_by": who, "claimed": 0} for who in (ADA, BOB, CY)),
        *({"status": "open", "owner": who, "imported_by": ADA, "claimed": 1, "via": 0, "handoffs": 0} for who in (BOB, CY, DAN)),
        {"outcome": "settled"}, {"confirmed_by": "Pat", "unconfirmed": None}, {"confirmed_by": "Pat", "closed_at": DUE},
        {"confirmed_by": None, "unconfirmed": None, "status": "open", "next_owner": None, "next_action": "Go", "next_due": DUE},
    ),
    "handoff": (
        *({"state": state, "answered_by": who, "answered_at": DUE} for state in ("acknowledged", "declined") for who in (ADA, BOB, CY)),
        *({"state": "acknowledged", "answered_by": who, "answered_at": at, "took_action": action, "took_due": DUE}
          for who in (ADA, BOB, CY) for action in ("Go", " ") for at in (DUE, None)),
        *({"state": "offered", "giver": giver, "offered_by": by, "taker": to, "answered_by": None, "claimed": 0, "kind": kind}
          for giver, by in ((ADA, ADA), (BOB, BOB), (BOB, ADA), (BOB, CY), (ADA, CY)) for to in (ADA, BOB, CY, DAN)
          for kind in ("transfer", "closing")),
        {"state": "acknowledged", "claimed": 1, "kind": "transfer"},
        {"seen_at": DUE}, {"state": "withdrawn", "answered_at": DUE}, {"state": "superseded", "answered_at": DUE},
        *({"state": "declined", "answered_by": who, "answered_at": DUE, "terms": f'[["1.1","{LATER}"]]'} for who in (BOB, CY)),
    ),
    "letter": (
        *({"kind": form, "sender": who} for form in letters.KINDS for who in (ADA, BOB)),
        {"promises": None}, {"promises": f'[[1,"{DUE}"]]'}, {"customer": GLOBEX, "case_number": None, "promises": None},
    ),
    "outbox": (
        {"state": "sent", "tries": "more", "tried_at": "now", "trouble": None},
        *({"state": state, "tries": "more", "tried_at": "now", "trouble": "no"} for state in ("refused", "queued", "sent")),
        {"state": "sent", "tries": "more", "tried_at": "now", "trouble": None, "recipient": "eve@acme.example"},
        {"state": "queued", "tries": 0, "tried_at": None, "trouble": None},
    ),
    "customer_offer": (
        *({"state": state, "answered_by": who} for state in ("acknowledged", "declined") for who in (ADA, BOB, CY)),
        *({"state": "offered", "giver": giver, "offered_by": giver, "taker": to, "answered_by": None}
          for giver in (ADA, BOB, CY) for to in (ADA, BOB, CY, DAN)),
        {"seen_at": DUE}, {"note": "another", "seen_at": DUE},
    ),
    "customer": (
        *({"account_owner": who, "claimed": 0, "via": "standing"} for who in (ADA, BOB, CY)),
        {"next_touch": "Ring", "next_touch_due": DUE}, {"next_touch": None, "next_touch_due": None}, {"next_touch": " ", "next_touch_due": DUE},
        *({"account_owner": who, "claimed": int(who != ADA), "via": 0, "key": "other"} for who in (ADA, BOB, CY, DAN)),
    ),
    "promise": (
        *({"holder": who, "via": "standing"} for who in (ADA, BOB, CY)),
        *({"holder": who, "made_by": who, "state": "open", "via": 0} for who in (ADA, BOB, CY)),
        *({"state": "kept", "ended_at": "now", "ended_by": who} for who in (ADA, BOB)), {"state": "kept", "ended_by": None},
        *({"state": "broken", "ended_at": "now", "ended_by": ADA, "because": why} for why in ("no parts", None)),
        *({"state": "released", "ended_at": "now", "ended_by": ADA, "confirmed_by": who} for who in ("Pat", None)),
        *({"due": due, "debt_since": since, "risk": None, "risk_at": None, counts: "more"}
          for due in (LATER, DUE) for since in ("now", None) for counts in ("moves", "late_moves")),
        {"risk": "no parts", "risk_at": "now"}, {"risk": None, "risk_at": None}, {"risk": "no parts", "risk_at": DUE},
        *({"state": state, "ended_at": None, "ended_by": None, "confirmed_by": None, "because": None} for state in ("open", "undone")),
        {"state": "undone", "holder": CY},
        *({"told_due": due, "debt_since": None} for due in ("believed", LATER)), {"told_due": "believed", "debt_since": None, "holder": CY},
        {"told_due": "believed", "debt_since": None, "state": "kept"}, {"debt_since": None},
    ),
    "told": (
        *({"teller": who, "how": "email", "promises": said} for who in (ADA, BOB) for said in ("[1]", None)),
        *({"teller": who} for who in (ADA, BOB, CY)), {"customer": GLOBEX, "case_number": None, "promises": None},
        {"case_number": 1, "customer": GLOBEX}, {"case_number": 2, "customer": ACME}, {"promises": "[1]"}, {"promises": None},
    ),
    "person": ({"handle": "eve", "login": None}, {"handle": "eve", "login": "eve"}, {"login": "eve"}, {"active": 0, "login": None}, {"manager": CY}),
    "playbook": ({"active": 0}, {"active": 0, "body": "another"}, {"active": 1, "added_by": CY}, {"active": 1, "added_by": ADA}),
    "contact": ({"active": 0, "name": "another"}, {"active": 0, "added_by": CY}, {"active": 1, "added_by": ADA}, {"active": 0}),
    "duty": (
        {"active": 0}, {"active": 0, "note": "another"}, {"until_at": "2029-01-01T09:00:00Z"}, {"from_at": DUE, "until_at": LATER},
        {"from_at": LATER, "until_at": DUE}, *({"active": 0, "person": who} for who in (ADA, BOB, CY)),
        *({"added_by": who, "active": 1} for who in (ADA, BOB, CY)), {"added_at": DUE},
    ),
    "call": (
        {"answer": None, "callback": DUE}, {"answer": "another", "callback": None}, {"answer": None, "callback": None},
        {"answer": "another", "callback": DUE}, {"answer": "another", "callback": None, "case_number": None, "about_status": 0},
        {"answer": None, "callback": DUE, "about_status": 0}, {"answer": "another", "callback": None, "about_status": 0},
        *({"taken_by": who, "answer": "another", "callback": None} for who in (ADA, BOB, CY)),
    ),
    "note": ({"text": "another", "unseen": 0}, {"author": CY, "unseen": 1}, {"unseen": 0}, {"undone": 1, "unseen": 0}),
    "tenure": ({"until_at": DUE}, {"owner": CY, "until_at": None}, {"status": "closed", "until_at": None}),
    "setting": ({"value": "true"}, {"name": "another", "value": "x"}),
    "text": ({"body": "another"}, {"body": ""}),
    "event": ({"kind": "case.noted"}, {"at": DUE}),
}  # fmt: skip


class Attack(NamedTuple):
    """One raw statement with its values."""

    sql: str
    values: tuple[Any, ...]


class Forgery(NamedTuple):
    """An event that nobody stated, about a case, or a person or customer. `takes`: it names each open promise, as taken
    on or told; an offer those of which the customer was not told; and `terms` a later due for each. A redaction names
    every text there is.

    `undoes` is the event that it says it takes back, `n` the promise or contact that it says it is about;
    `call` how a call went, `form` the kind of a letter, `route` a letter and what came of it.
    """

    kind: str
    actor: int
    case: int | None
    subject: int | None
    takes: bool = True
    terms: bool = False
    undoes: int | None = None
    n: int | None = None
    call: str | None = None
    form: str | None = None
    route: tuple[int, str] | None = None
    stretch: tuple[str, str] | None = None


def forgeries(now: Snapshot) -> Iterator[Forgery]:
    """One event of every kind, by everybody, about everything."""
    new = max(now["event"]) + 1
    for kind in HANDLERS:
        for actor in (who for who in (ADA, BOB, CY) if now["person"][who].active == 1):
            if kind.startswith(("person.", "customer.")):
                for subject in (new, *now[kind.split(".", maxsplit=1)[0]]):
                    yield Forgery(kind, actor, None, subject, call="customer" if kind == "customer.called" else None)
                    for n in (1, 2) if kind in OF_CONTACT else ():
                        yield Forgery(kind, actor, None, subject, n=n)
                    if kind == "customer.declined":
                        yield Forgery(kind, actor, None, subject, terms=True)
            elif kind.startswith("duty."):
                yield from of_duty(kind, actor, now)
            elif kind.startswith("letter."):
                yield from posted(kind, actor, now)
            elif kind.startswith(("store.", "playbook.")):
                yield Forgery(kind, actor, None, None)
            elif kind == REDACTED:
                yield from (Forgery(kind, actor, case, None) for case in now["cases"])
                yield from (Forgery(kind, actor, None, subject) for subject in (*now["person"], *now["customer"], None))
            else:
                for case in (*now["cases"], max(now["cases"]) + 1):
                    if kind == UNDONE:
                        yield from (Forgery(kind, actor, case, None, undoes=past) for past in latest(now, case))
                        continue
                    if kind in OF_PROMISE:
                        held = [promise.n for promise in now["promise"].values() if promise.case_number == case]
                        yield from (Forgery(kind, actor, case, None, n=n) for n in held or [1])
                        continue
                    if kind == "case.called":
                        yield from (
                            Forgery(kind, actor, case, None, call=how) for how in ("answered", "later", "began")
                        )
                        continue
                    yield Forgery(kind, actor, case, None)
                    if kind in ("handoff.acknowledged", "handoff.offered", "case.told"):
                        yield Forgery(kind, actor, case, None, takes=False)
                    elif kind == "handoff.declined":
                        yield Forgery(kind, actor, case, None, terms=True)


def of_duty(kind: str, actor: int, now: Snapshot) -> Iterator[Forgery]:
    """Duties of everybody, each possible and impossible stretch, and every duty taken back."""
    for person in (*now["person"], NOBODY):
        if kind == "duty.removed":
            yield from (Forgery(kind, actor, None, person, n=n) for n in list(now["duty"])[-2:] or [1])
        else:
            yield from (Forgery(kind, actor, None, person, stretch=stretch) for stretch in STRETCHES)


def posted(kind: str, actor: int, now: Snapshot) -> Iterator[Forgery]:
    """Letters of every kind about everything, and what came of each that there is."""
    subjects = [(case, None) for case in now["cases"]] + [(None, customer) for customer in now["customer"]]
    for case, customer in subjects:
        if kind == "letter.queued":
            yield from (Forgery(kind, actor, case, customer, form=form) for form in letters.KINDS)
            yield Forgery(kind, actor, case, customer, form="welcome", takes=False)
            continue
        numbers = list(now["letter"])[-2:] or [1]
        yield from (Forgery(kind, actor, case, customer, route=(n, route)) for n in numbers for route in letters.ROUTES)


def latest(now: Snapshot, case: int) -> list[int]:
    """The last events of a case, and the last of all, any of which an undo may say it takes back."""
    past = [event.seq for event in now["event"].values() if event.case_number == case][-3:]
    return list(dict.fromkeys((*past, max(now["event"]))))


def about(forged: Forgery) -> tuple[str, ...]:
    """The tables that a forged event could speak of."""
    if forged.kind.startswith("store."):
        return ("setting", "text")
    if forged.kind.startswith("playbook."):
        return ("playbook",)
    if forged.kind == REDACTED:
        return ("text",)
    if forged.kind.startswith("letter."):
        return ("letter", "outbox", "told", "promise", "cases")
    if forged.kind.startswith("duty."):
        return ("duty", "person")
    if forged.kind.startswith("person."):
        return ("person",)
    if forged.kind.startswith("customer."):
        return ("customer_offer", "customer", "contact", "told", "call")
    return ("cases", "handoff", "promise", "note", "tenure", "told", "call")


class Alphabet:
    """All the statements of a state. `whole` tries each change with each verb and clause; else these take turns."""

    def __init__(self, *, whole: bool) -> None:
        self.whole = whole
        self._turn = 0

    def attacks(self, now: Snapshot, forged: Forgery | None, seq: int, tables: Container[str]) -> Iterator[Attack]:
        """With a forged event `seq`, the statements about its subject; without, all of them, naming past events."""
        for table in about(forged) if forged else COLUMNS:
            if table not in tables:
                continue
            lines = [line for line in now[table].values() if relevant(table, line, forged)]
            few = slice(None) if forged and forged.kind == REDACTED else slice(-3 if forged else -6, None)
            for line in lines[few]:
                yield from self._of_line(table, line, now, seq, forged)
            if not lines and forged and now[table]:
                for line in {next(iter(now[table].values())), next(reversed(now[table].values()))}:
                    yield from self._inserts(table, line, fresh(table, line, now, seq, forged), now, seq)

    def _of_line(self, table: str, line: Line, now: Snapshot, seq: int, forged: Forgery | None) -> Iterator[Attack]:
        key = key_of(table, line)
        values = key if isinstance(key, tuple) else (key,)
        condition = " AND ".join(f"{name} = ?" for name in KEY[table])
        yield Attack(f"DELETE FROM {table} WHERE {condition}", values)
        touched = named(line)
        for change in changes(table, line, now, seq):
            wanted = {**dict.fromkeys(touched, seq), **version_of(table, line), **change}
            sets = ", ".join(f"{name} = ?" for name in wanted)
            for clause in self._turns(CLAUSES) if wanted else ():
                yield Attack(f"UPDATE {clause}{table} SET {sets} WHERE {condition}", (*wanted.values(), *values))
        yield from self._inserts(table, line, {}, now, seq)
        yield from self._inserts(table, line, fresh(table, line, now, seq, forged), now, seq)

    def _inserts(self, table: str, line: Line, moved: Mapping[str, Any], now: Snapshot, seq: int) -> Iterator[Attack]:
        """A row put in again, as it is or with changes, under its own key or a new one."""
        columns = COLUMNS[table]
        marks = f"INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        touched = {**dict.fromkeys(named(line), seq), **version_of(table, line)}
        keys = ", ".join(KEY[table])
        known = line._asdict()
        for change in changes(table, line, now, seq):
            wanted = {**known, **touched, **moved, **change}
            values = tuple(wanted[name] for name in columns)
            sets = ", ".join(f"{name} = excluded.{name}" for name in {**touched, **change} or columns)
            upserts = (
                f"ON CONFLICT ({keys}) DO UPDATE SET {sets}",
                f"ON CONFLICT DO UPDATE SET {sets}",
                "ON CONFLICT DO NOTHING",
            )
            for verb in self._turns(
                (*(f"INSERT {clause}{marks}" for clause in CLAUSES), *(f"INSERT {marks} {u}" for u in upserts))
            ):
                yield Attack(verb, values)

    def _turns(self, verbs: Sequence[str]) -> Sequence[str]:
        if self.whole:
            return verbs
        self._turn += 1
        return verbs[self._turn % len(verbs) :][:1]


def relevant(table: str, line: Line, forged: Forgery | None) -> bool:
    """Whether a forged event could be about a row."""
    return forged is None or subject_of(table, line) in (forged.case, forged.subject, None)


def named(line: Line) -> tuple[str, ...]:
    """The column that says by which event a row changed."""
    return ("event",) if hasattr(line, "event") else ()


def version_of(table: str, line: Line) -> dict[str, int]:
    """The version that a change of a case has to count on."""
    return {"version": line.version + 1} if table == "cases" else {}


def fresh(table: str, line: Line, now: Snapshot, seq: int, forged: Forgery | None) -> dict[str, Any]:
    """The columns that make a copy another row."""
    last = max(now["cases"])
    case = forged.case if forged and forged.case else last + 1
    made: dict[str, dict[str, Any]] = {
        "event": {"seq": max(now["event"]) + 1, "request": None},
        "text": {"id": max(now["text"]) + 1, "commitment": commitment(seq)},
        "person": {"id": seq, "handle": "eve", "login": None, "added_by": forged.actor if forged else ADA},
        "customer": {"id": seq, "key": "other", "added_by": forged.actor if forged else ADA},
        "customer_offer": {"id": seq, "seen_at": None, "answered_at": None},
        "cases": {"number": case, "uid": "uid-9", "external": None, "version": 1},
        "handoff": {"id": seq, "case_number": case, "seen_at": None, "answered_at": None, "answered_by": None},
        "promise": {"case_number": case, "n": 1 + sum(p.case_number == case for p in now["promise"].values())},
        "note": {"id": seq, "case_number": case},
        "told": {
            "id": seq,
            "case_number": forged.case if forged else case,
            "told_at": moment(seq),
            "teller": forged.actor if forged else ADA,
            "promises": None,
        },
        "letter": {
            "id": seq,
            "case_number": forged.case if forged else case,
            **({"customer": forged.subject} if forged and forged.subject else {}),
            "queued_at": moment(seq),
            "sender": forged.actor if forged else ADA,
            "kind": (forged and forged.form) or "welcome",
            "promises": letters.plain(stated) if (stated := letters.stated_by(now, case)) else None,
            "message_id": letters.message_id(seq),
        },
        "outbox": {
            "letter": max(now["letter"], default=1),
            "n": 1 + sum(way.letter == max(now["letter"], default=1) for way in now["outbox"].values()),
            "state": "queued",
            "tries": 0,
            "tried_at": None,
            "trouble": None,
        },
        "call": {
            "id": seq,
            "case_number": forged.case if forged else case,
            "called_at": moment(seq),
            "taken_by": forged.actor if forged else ADA,
        },
        "tenure": {"case_number": case, "n": 1 + sum(t.case_number == case for t in now["tenure"].values())},
        "duty": {
            "id": seq,
            "added_at": moment(seq),
            "added_by": forged.actor if forged else ADA,
            "active": 1,
            **({"person": forged.subject} if forged and forged.subject else {}),
            **(dict(zip(("from_at", "until_at"), forged.stretch, strict=True)) if forged and forged.stretch else {}),
        },
        "contact": {"n": 1 + sum(c.customer == line.customer for c in now["contact"].values())}
        if table == "contact"
        else {},
        "setting": {"name": "require-login", "value": "true"},
        "playbook": {"id": seq, "added_by": forged.actor if forged else ADA, "added_at": moment(seq)},
    }
    return made[table]


def changes(table: str, line: Line, now: Snapshot, seq: int) -> Iterator[dict[str, Any]]:
    """One column at a time, each with every value that wants trouble; then several that belong together.

    Among these `standing` is the offer that stands, `now` the moment of event `seq`, `more` one more than there was,
    `believed` the present ETA, `back` a callback before the action.
    """
    yield {}
    columns = COLUMNS[table]
    for column in columns:
        if column in KEY[table] or column in ("event", "version"):
            tempting: tuple[Any, ...] = tuple(key_values(table, column, line, now))
        elif column == "via":
            tempting = (0, *list(now["handoff"])[-3:], *list(now["customer_offer"])[-1:])
        else:
            tempting = VALUES.get(column, WORDS)
        for value in tempting:
            if value != getattr(line, column):
                yield {column: value}
    for change in TOGETHER[table]:
        told = {"standing": standing(table, line, now), "now": moment(seq), "believed": getattr(line, "due", None)}
        if table == "cases" and change.get("next_action") == "back":
            told["back"] = f"Call back; then: {line.next_action}"
        yield {
            name: getattr(line, name) + 1 if value == "more" else told.get(value, value)
            for name, value in change.items()
        }


def key_values(table: str, column: str, line: Line, now: Snapshot) -> Iterator[Any]:
    """Another row's key, none, and an event or a version of the past."""
    if column == "version":
        yield from (line.version, line.version + 2)
    elif column == "event" and table != "event":
        subject = subject_of(table, line) if table != "text" else None
        past = [event.seq for event in now["event"].values() if subject in (None, event.case_number, event.subject)]
        yield from past[-3:]
    else:
        yield from [getattr(other, column) for other in list(now[table].values())[:2]]


def standing(table: str, line: Line, now: Snapshot) -> int:
    """The offer that stands, of the case or account a row is about; or else the last one there was."""
    offers = now["customer_offer" if table == "customer" else "handoff"]
    subject = subject_of(table, line)
    about = [
        key
        for key, offer in offers.items()
        if subject == getattr(offer, "customer", getattr(offer, "case_number", None))
    ]
    return int(about[-1]) if about else 0
