"""Schemas with one trigger or one guard fewer, and the search that has to notice."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from campaigns.schema.alphabet import Attack
from campaigns.schema.invariants import violations
from campaigns.schema.search import SWITCHES, Broken, Search
from campaigns.schema.snapshot import take
from campaigns.schema.states import FIRST, TELLING, Path, offer, play
from campaigns.schema.world import ADA, BOB, DUE, begin, event_record
from owncase.store import schema

HEAD = re.compile(r"CREATE TRIGGER (\w+) (?:BEFORE|AFTER) (\w+) (?:OF \w+ )?ON (\w+)")
GUARD = re.compile(r"SELECT raise\(ABORT, '((?:[^']|'')*)'\)\s+WHERE .*?;(?=\n)", re.DOTALL)
TERM = re.compile(r" IS NOT (?!NULL|TRUE)")


class Mutant(NamedTuple):
    """A trigger, and what stands in its place; None for nothing."""

    name: str
    trigger: str
    verb: str
    table: str
    instead: str | None

    def __str__(self) -> str:
        """The name."""
        return self.name


def triggers() -> Iterator[tuple[str, str, str, str]]:
    """Name, verb, table and text of every trigger."""
    for statement in schema.statements():
        if found := HEAD.match(statement):
            yield found[1], found[2], found[3], statement


def without_a_trigger() -> Iterator[Mutant]:
    """Every trigger left out once."""
    for name, verb, table, _ in triggers():
        yield Mutant(name, name, verb, table, None)


def without_a_guard() -> Iterator[Mutant]:
    """Every guard of every trigger left out once."""
    for name, verb, table, text in triggers():
        for number, found in enumerate(GUARD.finditer(text), start=1):
            weaker = text[: found.start()] + "SELECT 1;" + text[found.end() :]
            yield Mutant(f"{name} {number}: {found[1]}", name, verb, table, weaker)


def without_null() -> Iterator[Mutant]:
    """Every comparison that NULL cannot pass made into one that it can."""
    for name, verb, table, text in triggers():
        for found in TERM.finditer(text):
            weaker = f"{text[: found.start()]} <> {text[found.end() :]}"
            near = " ".join(text[found.start() - 20 : found.end() + 20].split())
            yield Mutant(f"{name}: {near}", name, verb, table, weaker)


def ack(case: int, offer: int) -> Sequence[Attack]:
    """A forged acknowledgement by Bob, and the offer answered with it."""
    return (
        Attack(*event_record(offer + 2, "handoff.acknowledged", BOB, case=case, subject=None)),
        Attack(
            "UPDATE handoff SET state = 'acknowledged', answered_by = ?, answered_at = ?, took_action = 'Go', took_due = ?,"
            " event = ? WHERE id = ?", (BOB, DUE, DUE, offer + 2, offer),
        ),
    )  # fmt: skip


OFFERED = FIRST
"""The event of the first offer that is made after the beginning."""
DIRECTED: dict[str, tuple[Path, Sequence[Attack]]] = {
    "handoff_update 3": (
        (offer(ADA, 1, BOB),),
        (Attack(*event_record(OFFERED + 1, "case.done", ADA, case=1, subject=None)), *ack(1, OFFERED)),
    ),
}
"""What takes two forged events, one of which changes no row, is tried directly."""


def apply(mutant: Mutant) -> sqlite3.Connection:
    """A world whose schema is the mutant's."""
    raw = begin(without=[mutant.trigger])
    if mutant.instead is not None:
        raw.execute(mutant.instead)
    return raw


def hunt(mutant: Mutant, paths: Sequence[Path] = TELLING) -> str | None:
    """What gets past the rules without the trigger, or None where nothing does. The search widens until it finds."""
    if (found := directed(mutant)) is not None:
        return found
    for whole, every in ((False, 11), (False, 1), (True, 1)):
        for switches in SWITCHES[:2]:
            search = Search(
                apply(mutant), switches, whole=whole, every=every, tables={mutant.table},
                verbs=(mutant.verb, "INSERT OR REPLACE") if mutant.verb == "DELETE" else (mutant.verb,), first=True,
            )  # fmt: skip
            try:
                for path in paths:
                    search.attack(path)
            except Broken as broken:
                return str(broken)
    return None


def directed(mutant: Mutant) -> str | None:
    """What the mutant's own attack breaks, where it has one."""
    path, attacks = DIRECTED.get(mutant.name.partition(":")[0], ((), ()))
    if not attacks:
        return None
    raw = apply(mutant)
    raw.execute("BEGIN")
    play(raw, path)
    start = take(raw)
    for attack in attacks:
        before = take(raw)
        raw.execute(*attack)
    return next(violations(start, before, take(raw)), None)
