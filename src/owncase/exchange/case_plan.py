"""Before anything is written it is settled what each row becomes: a new case, here already, ended elsewhere, refused.

Nothing that is imported here comes in closed or archived (rule 10): what ended elsewhere is left out.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from owncase.desk import Desk
from owncase.domain.malformed import IsBlank
from owncase.domain.moment import from_text
from owncase.domain.wallclock import zone_named
from owncase.domain.wordless import is_another
from owncase.errors import BadData
from owncase.exchange.case_dues import Dues
from owncase.exchange.case_parties import Client, Customers, Owners
from owncase.exchange.case_rows import Cells, Facts
from owncase.exchange.case_wish import Entry, Wish
from owncase.exchange.dates import Reader
from owncase.exchange.mapping import Mapping
from owncase.exchange.records import Record
from owncase.exchange.refusal import Refusal
from owncase.store import known
from owncase.store.known import Colleague

Party = TypeVar("Party", Client, Colleague)


class HasPassed(BadData):
    """What is due has to lie ahead."""


class Plan(NamedTuple):
    """What is going to happen, row by row in file order. `left_out` rows are no cases at all by the mapping's word."""

    entries: list[Entry]
    left_out: int
    renamed: list[str]


class Planner:
    """Looks at every row once, against the store as it is."""

    def __init__(self, desk: Desk, wish: Wish, mapping: Mapping, dates: Reader, unit: str) -> None:
        self.me, self.now, self.connection = desk.me, desk.now(), desk.reader.connection
        self.wish, self.mapping, self.dates, self.unit = wish, mapping, dates, unit
        team, accounts = known.team(desk.reader), known.accounts(desk.reader)
        taken = [*(one.handle for one in team), *(one.key for one in accounts)]
        self.owners = Owners(team, taken, wish.owner_is)
        adder = self.me.id if wish.new_customers else None
        self.customers = Customers(accounts, taken, default=wish.customer_default, adder=adder)
        default = wish.owner_default
        self.owner_default = None if default is None else self.owners.of_handle(default, "--owner-default")
        self.seen: dict[str, Entry] = {}
        self.doubled: set[int] = set()

    def plan(self, records: Iterable[Record]) -> Plan:
        """Settle everything."""
        entries, left_out = [], 0
        for record in records:
            if self.mapping.leaves_out(record):
                left_out += 1
            else:
                entries.append(self._entry(Cells(record, self.mapping, self.dates)))
        self._give_dues(entries)
        for entry in entries:
            entry.refusals = self.dates.mended(entry.refusals)
        return Plan(entries, left_out, self.customers.names.renamed)

    def _entry(self, cells: Cells) -> Entry:
        entry = Entry(cells.line, names=(cells.shown("title"), cells.shown("customer"), cells.shown("owner")))
        if not cells.refusals:
            entry.external, entry.digest = cells.external(), cells.digest
        if cells.refusals:
            entry.refuse(*cells.refusals)
        elif first := self.seen.setdefault(entry.external or entry.digest, entry) if entry.digest else None:
            self._identify(entry, cells, first)
        return entry

    def _identify(self, entry: Entry, cells: Cells, first: Entry) -> None:
        found = known.imported(self.connection, self.wish.source, entry.external, entry.digest)
        if first is not entry:
            self._refuse_twice(entry, first, cells)
        elif found:
            entry.case, entry.outcome = found.case, "changed" if is_another(found.digest, entry.digest) else "present"
        elif self.mapping.ends(cells.said("status") or None):
            entry.outcome = "ended"
        else:
            self._settle(entry, cells)

    def _refuse_twice(self, entry: Entry, first: Entry, cells: Cells) -> None:
        column = next(iter(self.mapping.columns.get("external", ())), None)
        fix = f"leave out {self.unit} {first.line} or {self.unit} {entry.line}"
        for one, other in ((entry, first), (first, entry)):
            if one.line not in self.doubled:
                who = f"{one.external} stands" if one.external else "the same stands"
                one.refuse(Refusal(one.line, column, one.external, f"{who} in {self.unit} {other.line} too", fix))
                self.doubled.add(one.line)

    def _settle(self, entry: Entry, cells: Cells) -> None:
        facts = cells.facts()
        entry.client = self._party(cells, "customer", facts.customer, self.customers.named)
        if facts.owner:
            entry.owner = self._party(cells, "owner", facts.owner, self.owners.named)
        elif entry.client:
            entry.owner = self.owner_default or self.owners.by_id[entry.client.account_owner]
        entry.facts = self._planned(facts, cells)
        if cells.refusals:
            entry.refuse(*cells.refusals)

    def _party(self, cells: Cells, field: str, words: str, named: Callable[[str], Party]) -> Party | None:
        try:
            return named(words)
        except BadData as unclear:
            cells.refuse(field, unclear)
            return None

    def _planned(self, facts: Facts, cells: Cells) -> Facts:
        """What happens next and when, by the row or by the defaults."""
        action, due = facts.next_action, facts.next_due
        if not cells.said("next"):
            action = self.wish.next_default
            if not action:
                cells.refuse("next", IsBlank("the row has no next action", fix="--next-default TEXT, or fill it in"))
        if due and due <= self.now and self.wish.past != "kept":
            if self.wish.past == "refused":
                default = "" if self.wish.due_default else " --due-default WHEN"
                cells.refuse("due", _passed("due", due, f"; --past-due default{default} gives it another"))
            due = None
        if due is None and not self.wish.due_default and (self.wish.past == "default" or not cells.said("due")):
            cells.refuse("due", IsBlank("the row has no due moment to come", fix="--due-default WHEN, or fill it in"))
        if facts.promise_by and facts.promise_by <= self.now and self.wish.past != "kept":
            cells.refuse("promise_by", _passed("promised", facts.promise_by, ""))
        return facts._replace(next_action=action, next_due=due)

    def _give_dues(self, entries: list[Entry]) -> None:
        if self.wish.due_default is None:
            return
        dues = Dues(self.wish.due_default, self.now, zone_named(self.me.zone), self.wish.spread)
        for entry in entries:
            if entry.outcome == "new" and entry.facts and entry.owner and not entry.facts.next_due:
                entry.facts = entry.facts._replace(next_due=dues.next_of(entry.owner))


def _passed(what: str, moment: str, otherwise: str) -> HasPassed:
    day = f"{from_text(moment):%Y-%m-%d}"
    return HasPassed(
        f"{what} {day} has passed", fix=f"give a later one; --allow-past keeps it (overdue at once){otherwise}"
    )
