"""In every state, every raw statement is tried once, under every switch that SQLite offers; whatever happens is judged."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from campaigns.schema.alphabet import Attack, Forgery, attacks, forgeries
from campaigns.schema.invariants import violations
from campaigns.schema.snapshot import Snapshot, take
from campaigns.schema.states import Path, play
from campaigns.schema.world import insert_event, numbered
from owncase.domain.event import Event

SWITCHES: tuple[tuple[str, ...], ...] = (
    ("ignore_check_constraints=ON", "foreign_keys=OFF", "recursive_triggers=OFF"),
    ("ignore_check_constraints=ON", "foreign_keys=OFF", "recursive_triggers=ON"),
    ("foreign_keys=ON",),
    ("foreign_keys=ON", "defer_foreign_keys=ON", "ignore_check_constraints=ON"),
)
"""The first leaves standing the least that is not a trigger."""


@dataclass
class Findings:
    """What a search came to. `broken` holds one example for each thing broken, in words."""

    states: int = 0
    transitions: int = 0
    took_effect: int = 0
    broken: dict[str, str] = field(default_factory=dict)
    refusals: Counter[str] = field(default_factory=Counter)


@dataclass
class Search:
    """One connection, attacked. `every` thins the statements out: only each so-manieth is tried, another part in each state."""

    raw: sqlite3.Connection
    switches: Sequence[str] = ()
    every: int = 1
    forge: bool = True
    wanted: Callable[[Attack], bool] = lambda _attack: True
    forged: Callable[[Forgery], bool] = lambda _forgery: True
    depth: int = 1
    enough: int = 1_000_000_000
    found: Findings = field(default_factory=Findings)

    def __post_init__(self) -> None:
        for switch in self.switches:
            self.raw.execute(f"PRAGMA {switch}")

    def attack(self, path: Path) -> None:
        """Attack the state at the end of a path."""
        self._path = path
        self._again()
        self._start = self._before = take(self.raw)
        self._steps: list[tuple[str, tuple[object, ...]]] = []
        self._round()
        self.raw.execute("ROLLBACK")
        self.found.states += 1

    def _round(self) -> None:
        """Everything once from here: naming past events, then after each forged event."""
        self._all(None)
        if self.forge:
            for forgery in filter(self.forged, list(forgeries(self._before))):
                with_it = forge(self._before, forgery)
                self._steps.append(with_it)
                self._all(forgery)
                self._steps.pop()

    def _all(self, forgery: Forgery | None) -> None:
        seq = max(self._before["event"]) + (1 if forgery else 0)
        offset = (self.found.states + self.found.transitions) % self.every
        ready = False
        for attack in islice(filter(self.wanted, attacks(self._before, forgery, seq)), offset, None, self.every):
            if self.found.transitions >= self.enough:
                break
            if not ready:
                self.raw.execute("SAVEPOINT forged")
                self._replay(self._steps[-1:] if forgery else [])
                self.raw.execute("SAVEPOINT attacked")
                ready = True
            ready = self._one(attack)
        if ready:
            self.raw.execute("ROLLBACK TO forged")
            self.raw.execute("RELEASE forged")

    def _one(self, attack: Attack) -> bool:
        """Try one statement and take it back. Returns whether the transaction still stands."""
        self.found.transitions += 1
        count = self.raw.total_changes
        try:
            self.raw.execute(*attack)
        except sqlite3.Error as refused:
            if not isinstance(refused, sqlite3.IntegrityError):
                raise AssertionError(f"{attack}: {refused}") from refused
            self.found.refusals[str(refused).partition(":")[0]] += 1
        if not self.raw.in_transaction:
            self._again()
            self._replay(self._steps[:-1] if self._steps and self._steps[-1][0].startswith("INSERT INTO event (seq, kind") else self._steps)
            return False
        if self.raw.total_changes != count:
            self._judge(attack)
            self.raw.execute("ROLLBACK TO attacked")
        return True

    def _judge(self, attack: Attack) -> None:
        after = take(self.raw)
        if after == self._before:
            return
        if self.raw.execute("PRAGMA foreign_key_check").fetchall() and self.raw.execute("PRAGMA foreign_keys").fetchone()[0]:
            return
        self.found.took_effect += 1
        story = [(event.kind, event.actor, event.case or event.subject) for event in self._path]
        broken = list(violations(self._start, self._before, after))
        for said in broken:
            words = " ".join(word for word in said.split() if not word.strip(".").replace(".", "").isdigit())
            self.found.broken.setdefault(words, f"{said}\n  after {story}\n  {[*self._steps, attack]}\n  with {self.switches}")
        if not broken and len(self._steps) < self.depth and self._steps:
            self._deeper(attack, after)

    def _deeper(self, attack: Attack, after: Snapshot) -> None:
        """What took effect without breaking anything is a state to attack again, with the same past."""
        before, depth, steps = self._before, self.depth, self._steps
        self._before, self._steps, self.depth = after, [*steps, attack], 0
        self.raw.execute("SAVEPOINT deeper")
        self._all(None)
        if self.raw.in_transaction:
            self.raw.execute("ROLLBACK TO deeper")
        self._before, self._steps, self.depth = before, steps, depth

    def _again(self) -> None:
        self.raw.execute("BEGIN")
        if "defer_foreign_keys=ON" in self.switches:
            self.raw.execute("PRAGMA defer_foreign_keys=ON")
        play(self.raw, self._path)

    def _replay(self, steps: Sequence[tuple[str, tuple[object, ...]]]) -> None:
        for sql, values in steps:
            self.raw.execute(sql, values)
