"""In every state, every raw statement is tried once, under every switch that SQLite offers; whatever happens is judged."""

import sqlite3
import sys
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from campaigns.schema import letters
from campaigns.schema.alphabet import REDACTED, Alphabet, Attack, Forgery, about, forgeries
from campaigns.schema.invariants import violations
from campaigns.schema.snapshot import COLUMNS, Snapshot, take
from campaigns.schema.states import Path, in_debt, play
from campaigns.schema.world import LATE, LATER, called, event_record, on_duty

SWITCHES: tuple[tuple[str, ...], ...] = (
    ("ignore_check_constraints=ON", "foreign_keys=OFF", "recursive_triggers=OFF"),
    ("ignore_check_constraints=ON", "foreign_keys=OFF", "recursive_triggers=ON"),
    ("foreign_keys=ON",),
    ("ignore_check_constraints=ON", "foreign_keys=ON", "defer_foreign_keys=ON"),
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


class Broken(AssertionError):
    """A statement got past a rule."""


@dataclass
class Search:
    """One connection, attacked.

    `whole` tries every change with every verb; else these take turns. Only each `every`-th forged event is tried, other ones
    in each state. `depth` is how many statements that took effect may come before, and after `most` transitions in one
    state no further one is begun. `tables` and `verbs` narrow the search,
    and `first` ends it with `Broken`.
    """

    raw: sqlite3.Connection
    switches: tuple[str, ...] = SWITCHES[0]
    whole: bool = True
    every: int = 1
    depth: int = 0
    most: int = sys.maxsize
    tables: Container[str] = frozenset(COLUMNS)
    verbs: tuple[str, ...] = ("INSERT", "UPDATE", "DELETE")
    first: bool = False
    found: Findings = field(default_factory=Findings)

    def __post_init__(self) -> None:
        self._alphabet = Alphabet(whole=self.whole)
        for switch in self.switches:
            self.raw.execute(f"PRAGMA {switch}")

    def attack(self, path: Path) -> None:
        """Attack the state at the end of a path."""
        self._path, self._enough = path, self.found.transitions + self.most
        self._arrive()
        self._start = take(self.raw)
        self._from((), self._start)
        if self.raw.in_transaction:
            self.raw.execute("ROLLBACK")
        self.found.states += 1

    def _from(self, steps: tuple[Attack, ...], before: Snapshot) -> None:
        onward = list(self._round(steps, before, None))
        for forgery in islice(forgeries(before), self.found.states % self.every, None, self.every):
            if self.found.transitions >= self._enough or not any(table in self.tables for table in about(forgery)):
                continue
            onward += self._round((*steps, forge(before, forgery)), before, forgery)
        if len(steps) < 2 * self.depth:
            for further, after in onward:
                if self.found.transitions >= self._enough:
                    break
                self._from(further, after)

    def _round(
        self, steps: tuple[Attack, ...], before: Snapshot, forgery: Forgery | None
    ) -> Iterator[tuple[tuple[Attack, ...], Snapshot]]:
        """Try each statement after these steps; those that took effect and broke nothing lead onward."""
        seq = max(before["event"]) + (1 if forgery else 0)
        stands = False
        for attack in self._alphabet.attacks(before, forgery, seq, self.tables):
            if not self._is_wanted(attack):
                continue
            if not stands:
                self._stand(steps)
            after = self._try(attack)
            stands = self.raw.in_transaction and after is None
            if after is not None and after != before and not self._breaks(steps, attack, before, after) and forgery:
                yield (*steps, attack), after

    def _is_wanted(self, attack: Attack) -> bool:
        upsert = "UPDATE" in self.verbs and "DO UPDATE" in attack.sql
        return attack.sql.startswith(self.verbs) or upsert

    def _arrive(self) -> None:
        self.raw.execute("BEGIN")
        if "defer_foreign_keys=ON" in self.switches:
            self.raw.execute("PRAGMA defer_foreign_keys=ON")
        play(self.raw, self._path)
        self.raw.execute("SAVEPOINT arrived")

    def _stand(self, steps: Iterable[Attack]) -> None:
        if self.raw.in_transaction:
            self.raw.execute("ROLLBACK TO arrived")
        else:
            self._arrive()
        for step in steps:
            self.raw.execute(*step)

    def _try(self, attack: Attack) -> Snapshot | None:
        """Everything there is after a statement, or None where it did nothing."""
        self.found.transitions += 1
        count = self.raw.total_changes
        try:
            self.raw.execute(*attack)
        except sqlite3.IntegrityError as refused:
            self.found.refusals[str(refused)] += 1
        if self.raw.total_changes == count or not self.raw.in_transaction:
            return None
        self.found.took_effect += 1
        return take(self.raw)

    def _breaks(self, steps: tuple[Attack, ...], attack: Attack, before: Snapshot, after: Snapshot) -> bool:
        if "foreign_keys=ON" in self.switches and self.raw.execute("PRAGMA foreign_key_check").fetchone():
            return True
        broken = list(violations(self._start, before, after))
        for said in broken:
            words = " ".join(word for word in said.split() if not word.replace(".", "").isdigit())
            past = [(event.kind, event.actor, event.case or event.subject) for event in self._path]
            story = f"{said}\n  after {past}\n  by {[*steps, attack]}\n  with {self.switches}"
            self.found.broken.setdefault(words, story)
            if self.first:
                raise Broken(story)
        return bool(broken)


CALLS = {
    "answered": called(answered=True), "later": called(answered=False), "began": called(answered=False, about=0),
    "customer": '"answer":{"text":"x"},"channel":"phone",',
}  # fmt: skip
"""What a forged call says."""


def letter(now: Snapshot, forgery: Forgery) -> str:
    """What a forged letter, try or duty says."""
    if forgery.stretch:
        return on_duty(*forgery.stretch)
    if forgery.form:
        stated = letters.stated_by(now, forgery.case) if forgery.takes else []
        return letters.queued(forgery.form, max(now["event"]) + 1, stated)
    return letters.tried(forgery.route[0], **{forgery.route[1]: [1, 2]}) if forgery.route else ""


def forge(now: Snapshot, forgery: Forgery) -> Attack:
    """The statement that puts a forged event at the end of history."""
    open_promises = [p.n for p in now["promise"].values() if p.case_number == forgery.case and p.state == "open"]
    statement = event_record(
        max(now["event"]) + 1, forgery.kind, forgery.actor, case=forgery.case, subject=forgery.subject,
        name="require-login", take=open_promises if forgery.takes else (),
        undoes=forgery.undoes, n=forgery.n, due=LATER,
        call=CALLS.get(forgery.call or "", ""), letter=letter(now, forgery),
        eta_debt=in_debt(now, forgery.case) if forgery.case and forgery.takes and forgery.kind == "handoff.offered" else None,
        told=open_promises if forgery.takes else (),
        terms=[[f"{forgery.case or 1}.{n}", LATER] for n in open_promises or [1]] if forgery.terms else None,
        key=LATE if forgery.kind.startswith("playbook.") else None,
        playbook=max(now["playbook"], default=None) if forgery.kind == "case.opened" else None,
        step=now["cases"][forgery.case].step + 1 if forgery.kind == "case.done" and forgery.case in now["cases"] else None,
        redacts=[text.commitment for text in now["text"].values()] if forgery.kind == REDACTED else (),
    )  # fmt: skip
    return Attack(*statement)
