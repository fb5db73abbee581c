"""Before anything is written it is settled what each case of a log becomes: new, here already, changed, or refused."""

from typing import NamedTuple

from owncase.desk import Desk
from owncase.domain.text import handle as checked_handle
from owncase.domain.wordless import is_another
from owncase.errors import NotFound, UsageProblem
from owncase.exchange.log_rows import NONE, Log, RefusedRow
from owncase.exchange.log_story import Story, Teller
from owncase.exchange.log_team import Named, Names, match
from owncase.exchange.log_wish import Outcome, Wish
from owncase.store import known


class NoSuchOwner(NotFound):
    """The owner of cases that never had one is nobody here, nor in the log."""


class Plan(NamedTuple):
    """What is going to happen. `new` are cases by their number in the log; so stand `owners` and `customers`."""

    new: list[int]
    owners: list[Named | None]
    customers: list[Named | None]
    owner_default: Named | None
    customer_default: Named | None
    refused: list[RefusedRow]
    renamed: list[str]
    outcome: Outcome


class Planner:
    """Looks at every case once."""

    def __init__(self, desk: Desk, log: Log, wish: Wish) -> None:
        self.log, self.wish, self.reader = log, wish, desk.reader
        self.people, self.known_customers = known.people(self.reader), known.customers(self.reader)
        self.refused = list(log.refused)
        self.refused_cases = {row.case for row in log.refused}
        self.new: list[int] = []
        self.changed: list[str] = []
        self.present = self.handoffs = self.late_rows = self.late_cases = self.events = 0
        self.teller = Teller(log, wish)
        self.without_customer = False
        self.wants_owner = bytearray(len(log.owners.texts))
        self.wants_customer = bytearray(len(log.customers.texts))
        self.left = {one.name for one in self.people if not one.active} | {
            one.handle for one in self.people if not one.active
        }
        self.left -= {name for one in self.people if one.active for name in (one.name, one.handle)}

    def plan(self) -> Plan:
        """Settle everything. Raises UsageProblem when an open case lacks what only a flag can say."""
        for case in range(len(self.log.cases.texts)):
            if len(self.log.rows_of(case)):
                self._look_at(self.teller.story(case))
        names = Names([*self.people, *self.known_customers])
        owners = match(self.log.owners.texts, self.people, names, list(map(bool, self.wants_owner)))
        customers, customer_default = self._customers(names)
        self.refused.sort()
        return Plan(
            self.new, owners, customers, self._owner_default(owners), customer_default, self.refused, names.renamed,
            self._outcome(owners, [*customers, customer_default]),
        )  # fmt: skip

    def _look_at(self, story: Story) -> None:
        self.late_rows += story.late_rows
        self.late_cases += story.late_rows > 0
        if story.case in self.refused_cases:
            return
        external = self.log.cases.texts[story.case]
        digest = known.digest_of(self.reader.connection, self.wish.source, external)
        if digest is not None:
            self.present += 1
            if is_another(digest, self.teller.digest(story)):
                self.changed.append(external)
        elif trouble := None if story.ended else self._trouble(story):
            self.refused_cases.add(story.case)
            self.refused.append(RefusedRow(self.log.line[story.steps[-1].row], story.case, trouble))
        else:
            self._accept(story)

    def _trouble(self, story: Story) -> str | None:
        if story.owner == NONE:
            return (
                None if self.wish.owner_default else "the case is open and never has an owner (--owner-default HANDLE)"
            )
        owner = self.log.owners.texts[story.owner]
        return f"the case is open and its owner {owner} has left" if owner in self.left else None

    def _accept(self, story: Story) -> None:
        if not story.ended:
            self._has_next(story)
        self.new.append(story.case)
        self.events += len(story.steps)
        self.handoffs += sum(step.kind in {"log.moved", "log.acknowledged"} for step in story.steps)
        self.without_customer |= story.customer == NONE
        for step in story.steps:
            if (owner := self.log.owner[step.row]) != NONE:
                self.wants_owner[owner] = 1
            if (customer := self.log.customer[step.row]) != NONE:
                self.wants_customer[customer] = 1

    def _has_next(self, story: Story) -> None:
        what = f"case {self.log.cases.texts[story.case]} is open and needs"
        if not self.wish.next_action:
            raise UsageProblem(f"{what} a next action", fix="say it with --next ACTION")
        if not (story.due or self.wish.next_due):
            raise UsageProblem(f"{what} a due moment", fix="say it with --due-default WHEN")

    def _owner_default(self, owners: list[Named | None]) -> Named | None:
        handle = self.wish.owner_default
        if handle is None:
            return None
        for one in self.people:
            if one.handle == handle and one.active:
                return Named(one.name, one.handle, one)
        for named in owners:
            if named and named.handle == handle and named.known is None:
                return named
        raise NoSuchOwner(f"there is no active person {handle}", fix="owncase person list")

    def _customers(self, names: Names) -> tuple[list[Named | None], Named | None]:
        texts, wanted = list(self.log.customers.texts), list(map(bool, self.wants_customer))
        key = self.wish.customer_default
        if key is None and self.wish.source not in texts:
            texts.append(self.wish.source)
            wanted.append(False)
        if key is None and self.without_customer:
            wanted[texts.index(self.wish.source)] = True
        found = match(texts, self.known_customers, names, wanted)
        if not self.without_customer:
            return found, None
        if key is None:
            return found, found[texts.index(self.wish.source)]
        return found, self._customer_of(key, found, names)

    def _customer_of(self, key: str, found: list[Named | None], names: Names) -> Named:
        for one in self.known_customers:
            if one.handle == key:
                return Named(one.name, one.handle, one)
        for named in found:
            if named and named.handle == key:
                return named
        checked_handle(key, "customer key")
        if key in names.taken:
            raise UsageProblem(f"{key} is a person, not a customer", fix="--customer-default KEY")
        return Named(key, key, None)

    def _outcome(self, owners: list[Named | None], customers: list[Named | None]) -> Outcome:
        people = [named for named, wanted in zip(owners, self.wants_owner, strict=True) if named and wanted]
        clients = {named.handle: named for named in customers if named and (named.known is None or self.new)}
        return Outcome(
            source=self.wish.source, cases=len(self.new), events=self.events, people=len(people),
            people_added=sum(named.known is None for named in people), customers=len(clients),
            customers_added=sum(named.known is None for named in clients.values()), handoffs=self.handoffs,
            rows_out_of_order=self.late_rows, cases_out_of_order=self.late_cases, present=self.present,
            changed=len(self.changed), changed_cases=self.changed, refused=len(self.refused_cases - {NONE}),
            refused_rows=len(self.refused),
        )  # fmt: skip
