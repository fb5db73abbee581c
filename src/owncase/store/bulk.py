"""Many new things at once: folded in memory by the same rules, written table by table, read back before the commit.

A write of one command looks at the store before and after each event; a whole history would take a day that way. Here
the events of a batch are folded and chained first, then every table gets its rows in one go, in the order in which the
database's own rules take them, and then all of it is read back and compared. Bulk only adds: people, customers,
contacts and cases that were not there.

The database lets a case or a customer change by its newest event alone. What happens to them after they were opened or
added is therefore written in layers: all openings, then the next event of each, and so on.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, insert, update

from owncase.domain import history
from owncase.domain.event import Event
from owncase.domain.values import Case, Contact, Customer, CustomerOffer, Handoff, Note, Person, Promise, Row, Tenure
from owncase.store import ledger
from owncase.store.heads import Head
from owncase.store.memory import MemoryRecords
from owncase.store.rows import COLUMNS, MODELS, EventRow, TextRow
from owncase.store.tx import NotAsFolded, keys_of, record_of, text_of
from owncase.store.write import Write

NEW_ROWS: dict[type[Row], str] = {
    Person: "id > :seq ORDER BY id",
    Customer: "id > :seq ORDER BY id",
    CustomerOffer: "id > :seq ORDER BY id",
    Contact: "event > :seq ORDER BY customer, n",
    Tenure: "case_number >= :number ORDER BY case_number, n",
    Note: "id > :seq ORDER BY id",
    Promise: "case_number >= :number ORDER BY case_number, n",
    Handoff: "id > :seq ORDER BY id",
    Case: "number >= :number ORDER BY number",
}
"""The tables in the order in which the database takes their rows, and which of those rows are new."""

RECORDS = "SELECT seq, hash, intent, recorded_at FROM event WHERE seq > :seq ORDER BY seq"
TEXTS = "SELECT id, event, commitment, salt, body FROM text WHERE id >= :text ORDER BY id"


class Bulk(MemoryRecords):
    """A batch of new events. `append` folds and chains; `write` puts everything down inside the transaction of `tx`.

    `lay` puts down what was appended until then: of each case its opening with what an import claims of it, or else one
    further event.
    """

    def __init__(self, tx: Write) -> None:
        super().__init__()
        self.tx = tx
        self._number = tx.next_number()
        self._text: int = tx.raw.execute("SELECT coalesce(max(id), 0) + 1 FROM text").fetchone()[0]
        self._since = {"seq": tx.head.seq, "number": self._number, "text": self._text}
        self._store, self._hash, self._seq = bytes.fromhex(tx.head.store), bytes.fromhex(tx.head.hash), tx.head.seq
        self._events: list[dict[str, Any]] = []
        self._texts: list[dict[str, Any]] = []
        self._on: dict[int, str] = {}
        self._laid: dict[type[Row], dict[Any, Row]] = {kind: {} for kind in NEW_ROWS}
        self._laid_events = self._laid_texts = 0
        self._known: dict[tuple[str, int], Any] = {}
        self._settings: dict[str, str | None] = {}
        self._listed: dict[int, Sequence[Contact]] = {}

    @property
    def next_seq(self) -> int:
        """The seq of the next event, which is the id of a person or a customer that it adds."""
        return self._seq + 1

    def new_number(self) -> int:
        """The number of one more case."""
        self._number += 1
        return self._number - 1

    def append(
        self, kind: str, *, case: int | None = None, subject: int | None = None, at: str | None = None, **data: Any
    ) -> None:
        """Let one event of the acting person happen. Raises the refusal of the rule it breaks."""
        who, now = self.tx.who, self.tx.now
        assert who is not None
        event = Event(
            kind=kind, actor=who.id, at=at or now, data=data, case=case, subject=subject, typed_by=who.typed_by,
            claimed=who.claimed, seq=self._seq + 1, recorded_at=now,
        )  # fmt: skip
        history.apply(self, event)
        on = None if case is None else self._on.get(case)
        intent, texts = ledger.write_intent(event, store=self.tx.head.store, on=on)
        self._hash = ledger.record_hash(self._store, event.seq, self._hash, intent, now)
        self._seq = event.seq
        record = record_of(event, intent, self._hash)
        self._events.append(record)
        if case is not None:
            self._on[case] = record["hash"]
        for text in texts:
            self._texts.append(text_of(event.seq, self._text, text))
            self._text += 1

    def lay(self) -> None:
        """Put down what was appended since the last time: the history, what is new in each table, what has changed."""
        texts = self._texts[self._laid_texts :]
        self._insert(EventRow, self._events[self._laid_events :])
        self._insert(TextRow, texts)
        self.tx.raw.executemany("INSERT INTO text_index (rowid, body) VALUES (:id, :body)", texts)
        for kind in NEW_ROWS:
            self._lay(kind)
        self._laid_events, self._laid_texts = len(self._events), len(self._texts)

    def write(self) -> None:
        """Put the batch down and look again. Raises `NotAsFolded` when the store does not hold what was made."""
        if not self._events:
            return
        self.lay()
        self._read_records()
        self._read_rows()
        self.tx.head = Head(self.tx.head.store, self._seq, self._hash.hex())

    # what a rule may look at ------------------------------------------------------------------------------------

    def person(self, number: int) -> Person:
        """The person of this id, new or not."""
        found: Any = self.tables["person"].get(number) or self._before("person", number)
        return found  # type: ignore[no-any-return]

    def customer(self, number: int) -> Customer:
        """The customer of this id, new or not."""
        found: Any = self.tables["customer"].get(number) or self._before("customer", number)
        return found  # type: ignore[no-any-return]

    def contacts_of(self, customer: int) -> Sequence[Contact]:
        """All contacts of a customer, new or not, in order."""
        if customer not in self._listed:
            self._listed[customer] = self.tx.contacts_of(customer)
        return [*self._listed[customer], *super().contacts_of(customer)]

    def setting(self, name: str) -> str | None:
        """The store's choice of this name."""
        if name not in self._settings:
            self._settings[name] = self.tx.setting(name)
        return self._settings[name]

    def is_taken(self, name: str, *, but: int | None = None) -> bool:
        """Whether a person or customer, new or not, goes by this name."""
        return self.tx.is_taken(name, but=but) or super().is_taken(name, but=but)

    def holder_of_login(self, login: str) -> Person | None:
        """The person with this login, new or not."""
        return self.tx.holder_of_login(login) or super().holder_of_login(login)

    def _before(self, table: str, number: int) -> Any:
        if (table, number) not in self._known:
            self._known[table, number] = (self.tx.person if table == "person" else self.tx.customer)(number)
        return self._known[table, number]

    # putting down and reading back ------------------------------------------------------------------------------

    def _insert(self, model: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self.tx.session.execute(insert(model.__table__), rows)

    def _lay(self, kind: type[Row]) -> None:
        before, now, names = self._laid[kind], self.tables[kind.TABLE], COLUMNS[kind]
        values = attrgetter(*names)
        new = [dict(zip(names, values(row), strict=True)) for key, row in now.items() if key not in before]
        self._insert(MODELS[kind], new)
        moved: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for key, old in before.items():
            if (row := now[key]) is not old:
                changed = {name: getattr(row, name) for name in names if getattr(old, name) != getattr(row, name)}
                moved[tuple(changed)].append(changed | {f"its_{name}": getattr(row, name) for name in keys_of(kind)})
        for rows in moved.values():
            self._update(kind, rows)
        self._laid[kind] = dict(now)

    def _made(self, kind: type[Row]) -> Iterable[tuple[Any, ...]]:
        made = self.tables[kind.TABLE]
        return map(attrgetter(*COLUMNS[kind]), (made[key] for key in sorted(made)))

    def _update(self, kind: type[Row], rows: list[dict[str, Any]]) -> None:
        table: Any = MODELS[kind]
        columns = table.__table__.c
        which = (columns[name] == bindparam(f"its_{name}") for name in keys_of(kind))
        self.tx.session.connection().execute(update(table.__table__).where(*which), rows)

    def _read_records(self) -> None:
        before = bytes.fromhex(self.tx.head.hash)
        stored = self.tx.raw.execute(RECORDS, self._since)
        for made, found in zip_longest(self._events, stored):
            if made is None or found is None or made["seq"] != found[0] or made["intent"] != found[2]:
                raise _not_as_made("event")
            before = ledger.record_hash(self._store, found[0], before, found[2], found[3])
            if not before.hex() == found[1] == made["hash"]:
                raise _not_as_made("event")
        texts = (tuple(text.values()) for text in self._texts)
        if any(made != found for made, found in zip_longest(texts, self.tx.raw.execute(TEXTS, self._since))):
            raise _not_as_made("text")

    def _read_rows(self) -> None:
        for kind, new in NEW_ROWS.items():
            sql = f"SELECT {', '.join(COLUMNS[kind])} FROM {kind.TABLE} WHERE {new}"  # noqa: S608 - the program's own names
            stored = self.tx.raw.execute(sql, self._since)
            if any(made != found for made, found in zip_longest(self._made(kind), stored)):
                raise _not_as_made(kind.TABLE)


def _not_as_made(table: str) -> NotAsFolded:
    return NotAsFolded(f"rows of {table} did not reach the store as they were made", fix="owncase store check")
