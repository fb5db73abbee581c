"""A store of any size in seconds, with true history: every event goes through the fold and is chained, then rows go in.

    python benchmarks/big_store.py FILE [OPEN_CASES]

The team is 50 people, of whom `most` owns half of everything; half as many cases again have ended. The rules of the
database are put in last, because looking at every row again is not what is measured here.
"""

import sqlite3
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

from owncase.domain import history
from owncase.domain.event import Event
from owncase.domain.moment import to_text
from owncase.domain.values import Prose
from owncase.store import ledger, schema
from owncase.store.memory import KINDS, MemoryRecords
from owncase.store.rows import COLUMNS, values_of

MOST = "most"
PEOPLE = 50
NOW = datetime.now(UTC).replace(microsecond=0)
RECORDED = to_text(NOW)
WORDS = ("camera", "cable", "invoice", "delivery", "battery", "display", "printer", "router", "license", "storage")


class Maker(MemoryRecords):
    """History in memory that is written to a file in one go."""

    def __init__(self) -> None:
        super().__init__()
        self.store = token_hex(16)
        self.seq = 0
        self.hash = ledger.GENESIS
        self.events: list[dict[str, Any]] = []
        self.texts: list[tuple[Any, ...]] = []
        self._on: dict[int, str] = {}

    def add(
        self, kind: str, actor: int, at: datetime, *, case: int | None = None, subject: int | None = None, **data: Any
    ) -> None:
        self.seq += 1
        moment = to_text(at)
        event = Event(
            kind=kind, actor=actor, at=moment, data=data, case=case, subject=subject, typed_by=MOST,
            claimed=self.seq > history.FOUNDING, seq=self.seq, recorded_at=RECORDED,
        )  # fmt: skip
        history.apply(self, event)
        intent, texts = ledger.write_intent(event, store=self.store, on=self._on.get(case or 0))
        self.hash = ledger.record_hash(bytes.fromhex(self.store), self.seq, self.hash, intent, RECORDED)
        if case is not None:
            self._on[case] = self.hash.hex()
        self.events.append({
            "seq": self.seq, "kind": kind, "actor": actor, "case_number": case, "subject": subject, "at": moment,
            "recorded_at": RECORDED, "request": None, "intent": intent, "signature": None, "hash": self.hash.hex(),
        })  # fmt: skip
        for text in texts:
            self.texts.append((len(self.texts) + 1, self.seq, text.commitment, text.salt, text.body))

    def write(self, path: Path) -> None:
        connection = sqlite3.connect(path, isolation_level=None)
        statements = list(schema.statements())
        rules = [statement for statement in statements if statement.startswith("CREATE TRIGGER")]
        connection.execute("PRAGMA synchronous = OFF")
        for statement in statements:
            if statement not in rules:
                connection.execute(statement)
        connection.execute("BEGIN")
        names = ", ".join(self.events[0])
        connection.executemany(
            f"INSERT INTO event ({names}) VALUES ({', '.join(f':{name}' for name in self.events[0])})", self.events
        )
        connection.executemany("INSERT INTO text VALUES (?, ?, ?, ?, ?)", self.texts)
        connection.execute("INSERT INTO text_index (rowid, body) SELECT id, body FROM text")
        for kind in KINDS:
            names = COLUMNS[kind]
            sql = f"INSERT INTO {kind.TABLE} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"
            connection.executemany(sql, [values_of(row) for row in self.tables[kind.TABLE].values()])
        for rule in rules:
            connection.execute(rule)
        connection.execute("COMMIT")
        connection.close()
        path.chmod(0o600)


def build(path: Path, open_cases: int, promises: int = 0) -> None:
    """Make a store with so many open cases, with so many promises more in each. `most` owns half; use `--as most`.

    Of these promises many have moved, some of them untold; customers were told things, and called.
    """
    maker = Maker()
    _team(maker)
    customers = _customers(maker, max(1, min(2_000, open_cases // 5)))
    for number, owner in enumerate(_owners(open_cases), start=1):
        _case(maker, number, owner, customers[number % len(customers)])
        if promises:
            _promises(maker, number, owner, promises)
    for ended in range(open_cases // 2):
        _ended(maker, open_cases + ended + 1, 2 + ended % PEOPLE, customers[ended % len(customers)])
    maker.write(path)


def _team(maker: Maker) -> None:
    start = NOW - timedelta(days=400)
    maker.add("store.created", 2, start, store=maker.store, schema=1, program="benchmark")
    for n in range(PEOPLE):
        maker.add(
            "person.added", 2, start, subject=maker.seq + 1, handle=MOST if n == 0 else f"person-{n}",
            name=Prose(f"Person {n}"), email=None, phone=Prose(f"+1 212 556 {n:04}"), place=None, zone="Europe/Berlin",
            hours="mon-fri 09:00-17:00", manager=None, login=None,
        )  # fmt: skip


def _customers(maker: Maker, number: int) -> list[int]:
    for n in range(number):
        maker.add(
            "customer.added", 2, NOW - timedelta(days=399), subject=maker.seq + 1, key=f"customer-{n}",
            name=Prose(f"{WORDS[n % 10].capitalize()} Works {n}"), contact=None, email=None, phone=None,
            account_owner=2, second=None,
        )  # fmt: skip
        maker.add(
            "customer.contact_added", 2, NOW - timedelta(days=399), subject=maker.seq, name=Prose(f"Pat {n}"),
            role=None, email=Prose(f"pat@works-{n}.example"),
            phone=Prose(f"+44 20 7946 {n:04}" if n % 2 else f"+1 757 555 {n:04}"),
        )  # fmt: skip
    return list(maker.tables["customer"])


def _owners(number: int) -> Iterator[int]:
    for n in range(number):
        yield 2 if n % 2 else 3 + (n // 2) % (PEOPLE - 1)


def _case(maker: Maker, number: int, owner: int, customer: int) -> None:
    opened = NOW - timedelta(days=number % 90 + 1, minutes=number % 1440)
    due = NOW + timedelta(hours=(number * 7) % 1000 - 40)
    _opened(maker, number, owner, customer, opened, due)
    if number % 5 == 0:
        maker.add(
            "promise.made", owner, opened, case=number, text=Prose("A new part"), due=to_text(due + timedelta(days=1))
        )
    if number % 10 == 1:
        plan = {
            "next_action": Prose("Wait for the photos"),
            "next_due": to_text(due),
            "waiting_for": Prose("Pat: photos"),
        }
        maker.add("case.done", owner, opened, case=number, did=Prose("Wrote to Pat"), **plan)
    if number % 500 == 7:
        maker.add("case.noted", 2 + (owner - 1) % PEOPLE, opened, case=number, text=Prose("They called again"))
    if number % 50 == 3:
        _offered(maker, number, 2 + (owner - 1) % PEOPLE, owner, "transfer", NOW - timedelta(hours=1))


def _promises(maker: Maker, number: int, owner: int, count: int) -> None:
    began = len(maker.promises_of(number))
    at, due = NOW - timedelta(hours=number % 700 + 2), NOW + timedelta(hours=number % 500 + 24)
    for n in range(began + 1, began + count + 1):
        text = Prose(f"The {WORDS[(number + n) % 10]} at their door")
        maker.add("promise.made", owner, at, case=number, text=text, due=to_text(due + timedelta(hours=n)))
    if number % 3 == 0:
        later = to_text(due + timedelta(days=3))
        maker.add("promise.moved", owner, at, case=number, n=began + 1, due=later, because=Prose("The truck broke"))
    if number % 6 == 0:
        maker.add(
            "case.told", owner, at, case=number, how="phone", whom=Prose("Pat"), text=Prose("It comes later"),
            promises=[began + 1],
        )  # fmt: skip
    if number % 4 == 0:
        maker.add(
            "case.called", 2 + (owner - 1) % PEOPLE, at, case=number, whom=Prose("Pat"), channel="phone",
            question=Prose("How is my job going?"), answer=Prose("It is on the truck"), callback=None, about_status=1,
            next_action=None, next_due=None,
        )  # fmt: skip


def _ended(maker: Maker, number: int, owner: int, customer: int) -> None:
    opened = NOW - timedelta(days=number % 300 + 10)
    taker = 2 + (owner - 1) % PEOPLE
    _opened(maker, number, owner, customer, opened, opened + timedelta(days=1))
    _offered(maker, number, taker, owner, "closing", opened + timedelta(hours=5))
    maker.add(
        "handoff.acknowledged",
        taker,
        opened + timedelta(hours=6),
        case=number,
        take=[],
        next_action=None,
        next_due=None,
    )


def _opened(  # noqa: PLR0917 - a case in the order of its columns
    maker: Maker, number: int, owner: int, customer: int, opened: datetime, due: datetime
) -> None:
    title = Prose(f"{WORDS[number % 10]} and {WORDS[number // 10 % 10]} fail, order {number * 13}")
    maker.add(
        "case.opened", owner, opened, case=number, uid=f"{number:032x}", source="", external=None, title=title,
        customer=customer, urgency="normal", cause=None, contact=None, channel="phone",
        next_action=Prose(f"Call back about the {WORDS[number % 10]}"), next_due=to_text(due), waiting_for=None,
    )  # fmt: skip


def _offered(  # noqa: PLR0917 - an offer in the order of its columns
    maker: Maker, number: int, taker: int, owner: int, form: str, at: datetime
) -> None:
    ends = form == "closing"
    maker.add(
        "handoff.offered", owner, at, case=number, to=taker, form=form, note=Prose("You know them"), next_action=None,
        next_due=None, answer_by=to_text(at + timedelta(hours=4)), outcome=Prose("Replaced") if ends else None,
        confirmed_by=Prose("Pat") if ends else None, unconfirmed=None, void_reason=None,
    )  # fmt: skip


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
