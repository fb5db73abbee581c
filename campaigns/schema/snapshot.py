"""Everything a store holds at one moment, by table and key; and the part of it that makes one desk differ from another."""

import sqlite3
from collections import namedtuple
from dataclasses import fields
from typing import Any

from owncase.store.memory import KINDS
from owncase.store.rows import KEYS

EVENT = (
    "seq",
    "kind",
    "actor",
    "case_number",
    "subject",
    "at",
    "recorded_at",
    "request",
    "intent",
    "signature",
    "hash",
)
COLUMNS: dict[str, tuple[str, ...]] = {
    "event": EVENT,
    "text": ("id", "event", "commitment", "salt", "body"),
    **{kind.TABLE: tuple(column.name for column in fields(kind)) for kind in KINDS},
}
KEY: dict[str, tuple[str, ...]] = {
    "event": ("seq",),
    **{table: KEYS.get(table, ("id",)) for table in COLUMNS if table != "event"},
}
Line = Any
"""A row of any table: its columns are its attributes."""
LINES: dict[str, Any] = {table: namedtuple(table, names) for table, names in COLUMNS.items()}  # type: ignore[misc]
SELECT = {table: f"SELECT {', '.join(names)} FROM main.{table}" for table, names in COLUMNS.items()}
Snapshot = dict[str, dict[Any, Line]]


def key_of(table: str, line: Line) -> Any:
    """What identifies a row in its table."""
    names = KEY[table]
    return getattr(line, names[0]) if len(names) == 1 else tuple(getattr(line, name) for name in names)


def take(raw: sqlite3.Connection) -> Snapshot:
    """Look at every row of every table."""
    made: Snapshot = {}
    for table, sql in SELECT.items():
        lines = map(LINES[table]._make, raw.execute(sql))
        made[table] = {key_of(table, line): line for line in lines}
    return made


def last_words(now: Snapshot, case: int) -> tuple[tuple[str, int], ...]:
    """Which events of a case an undo could be about, and whose they are."""
    said = [event for event in now["event"].values() if event.case_number == case][-2:]
    return tuple((event.kind, event.actor) for event in said if event.kind not in ("case.opened", "case.imported"))


def letters_of(now: Snapshot, case: int | None, customer: int | None = None) -> tuple[Any, ...]:
    """Which letters there are about a case, or about a customer as a whole, and how they stand."""
    found = [one for one in now["letter"].values() if one.case_number == case and customer in (None, one.customer)]
    ways = {one.id: tuple(way.state for way in now["outbox"].values() if way.letter == one.id) for one in found}
    return tuple(sorted({(one.kind, one.sender, ways[one.id]) for one in found}))


def essence(now: Snapshot) -> tuple[Any, ...]:
    """What the rules speak of, without moments, numbers of events and counts: two desks alike in it meet the same rules."""
    cases = tuple(
        (
            case.number, case.status, case.owner, case.claimed, case.waiting_for, case.came_back is not None, case.replans > 0,
            case.next_owner, case.duplicate_of, case.void_reason, case.via > 0, case.handoffs > 0,
            tuple((p.state, p.holder, p.via > 0, p.due, p.debt_since is None, p.risk is None, p.moves > 0, p.late_moves > 0)
                  for p in now["promise"].values() if p.case_number == case.number),
            case.confirmed_by is not None, case.unconfirmed is not None, case.contacts > 0, case.playbook is not None, case.step,
            tuple(sorted({(h.kind, h.giver, h.offered_by, h.taker, h.state, h.seen_at is not None)
                          for h in now["handoff"].values() if h.case_number == case.number})),
            tuple(sorted({(c.answer is None, c.about_status) for c in now["call"].values() if c.case_number == case.number})),
            letters_of(now, case.number),
            any(note.unseen for note in now["note"].values() if note.case_number == case.number),
            tuple(sorted({note.undone for note in now["note"].values() if note.case_number == case.number})),
            last_words(now, case.number),
        )
        for case in now["cases"].values()
    )  # fmt: skip
    accounts = tuple(
        (c.id, c.account_owner, c.claimed, c.second, c.via > 0, c.next_touch is not None)
        for c in now["customer"].values()
    )
    asked = tuple(
        (o.customer, o.giver, o.taker, o.state, o.seen_at is not None) for o in now["customer_offer"].values()
    )
    written = tuple(letters_of(now, None, customer) for customer in now["customer"])
    asked_for = tuple((c.customer, c.n, c.active, c.name) for c in now["contact"].values())
    people = tuple((p.id, p.active, p.handle, p.login) for p in now["person"].values())
    watches = tuple((d.person, d.added_by, d.active) for d in now["duty"].values())
    laid_down = tuple(sorted({(one.key, one.active) for one in now["playbook"].values()}))
    return cases, accounts, asked, asked_for, written, people, watches, laid_down
