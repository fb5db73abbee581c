"""A log that another tracker kept comes in whole cases, claimed, batch by batch; again it adds only what is missing.

Everything is read and checked before anything is written. Each batch is one write; what an interrupted import has left
out is found missing the next time, because a case is known by its source and external id, and its rows by a digest.
"""

from collections.abc import Iterator
from os import urandom
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from owncase.desk import Desk
from owncase.domain.values import Prose
from owncase.domain.wordless import wordless
from owncase.domain.worktime import WorkingHours
from owncase.exchange import log_rows
from owncase.exchange.log_moment import text_of
from owncase.exchange.log_plan import Plan, Planner
from owncase.exchange.log_rows import NONE, Log, RefusedRow
from owncase.exchange.log_story import Step, Story, Teller, moment_of
from owncase.exchange.log_team import Named
from owncase.exchange.log_wish import Outcome, Wish
from owncase.exchange.refusal import RowsRefused
from owncase.exchange.refused_rows import write_refused
from owncase.store import known
from owncase.store.bulk import Bulk
from owncase.store.engine import write_tx

BATCH = 4_000
"""Rows of a batch at least; a case is never split."""

LISTED = 20


class Imported(NamedTuple):
    """What came of it, which rows were left out and why, and whose handle has a number."""

    outcome: Outcome
    refused: list[RefusedRow]
    renamed: list[str]


def import_log(desk: Desk, path: Path, wish: Wish, *, skip_bad: Path | None = None, dry_run: bool = False) -> Imported:
    """Import a log for the acting person. Raises `RowsRefused` with lines and reasons, unless `skip_bad` takes them."""
    desk.me  # noqa: B018 - an import is somebody's act, and that is known before a long file is read
    log = log_rows.read(path, wish.columns, wish.zone)
    plan = Planner(desk, log, wish).plan()
    if plan.refused and skip_bad is None:
        raise RowsRefused(_listed(plan), fix="mend them, or take their cases out: --skip-bad FILE")
    if not dry_run:
        if plan.refused and skip_bad is not None:
            write_refused(path, skip_bad, log, wish.columns, plan.refused)
        _Importer(desk, log, wish, plan).run()
    return Imported(plan.outcome, plan.refused, plan.renamed)


def _listed(plan: Plan) -> str:
    rows = [f"line {row.line}: {row.reason}" for row in plan.refused[:LISTED]]
    more = [f"and {len(plan.refused) - LISTED:,} more"] if len(plan.refused) > LISTED else []
    return f"{len(plan.refused):,} rows are refused, and nothing was imported: {'; '.join(rows + more)}"


class _Importer:
    def __init__(self, desk: Desk, log: Log, wish: Wish, plan: Plan) -> None:
        self.desk, self.log, self.wish, self.plan = desk, log, wish, plan
        self.teller = Teller(log, wish)
        self.hours = str(WorkingHours())
        self.added: dict[str, int] = {}

    def run(self) -> None:
        done = 0
        for batch in self._batches():
            with write_tx(self.desk) as tx:
                bulk = Bulk(tx)
                self._add_team(bulk)
                for story in batch:
                    if known.digest_of(tx.raw, self.wish.source, self.log.cases.texts[story.case]) is None:
                        self._tell(bulk, story)
                bulk.write()
            done += len(batch)
            self.desk.committed = f"{done:,} of {len(self.plan.new):,} cases are in; running it again brings the others"

    def _add_team(self, bulk: Bulk) -> None:
        """Everybody the file names becomes a person, and every customer one; those who are here already stay."""
        for owner in self.plan.owners:
            if owner:
                self._person(bulk, owner)
        for customer in (*self.plan.customers, self.plan.customer_default):
            if customer:
                self._customer_named(bulk, customer)

    def _batches(self) -> Iterator[list[Story]]:
        batch: list[Story] = []
        size = 0
        for case in self.plan.new:
            story = self.teller.story(case)
            batch.append(story)
            size += len(story.steps)
            if size >= BATCH:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def _tell(self, bulk: Bulk, story: Story) -> None:
        number, external = bulk.new_number(), self.log.cases.texts[story.case]
        title = f"Case {external}" if story.title == NONE else self.log.titles.texts[story.title]
        first, *rest = story.steps
        bulk.append(
            "log.opened", case=number, at=moment_of(self.log, first), uid=str(UUID(bytes=urandom(16), version=4)),
            source=self.wish.source, external=external, title=Prose(title), customer=self._customer(bulk, story),
            owner=self._owner(bulk, first.to), **self._state(first),
        )  # fmt: skip
        for step in rest:
            self._step(bulk, number, step)
        self._conclude(bulk, number, story)

    def _step(self, bulk: Bulk, number: int, step: Step) -> None:
        named: dict[str, Any] = {}
        owner = self._owner(bulk, step.to)
        if step.kind in {"log.moved", "log.acknowledged"}:
            named["to"] = owner
        elif owner is not None:
            named["owner"] = owner
        if step.offered_at:
            named["offered_at"] = text_of(step.offered_at)
        bulk.append(step.kind, case=number, at=moment_of(self.log, step), **named, **self._state(step))

    def _conclude(self, bulk: Bulk, number: int, story: Story) -> None:
        default = action = due = None
        if not story.ended:
            action = Prose(self.wish.next_action or "")
            due = text_of(story.due) if story.due else self.wish.next_due
            if story.owner == NONE and self.plan.owner_default:
                default = self._person(bulk, self.plan.owner_default)
        bulk.append(
            "case.imported", case=number, owner_default=default, next_action=action, next_due=due,
            digest=wordless(self.teller.digest(story)),
        )  # fmt: skip

    def _state(self, step: Step) -> dict[str, Any]:
        status = self.log.status[step.row]
        return {"status": self.log.statuses.texts[status], "ended": self.teller.ends[status]}

    def _owner(self, bulk: Bulk, owner: int) -> int | None:
        named = None if owner == NONE else self.plan.owners[owner]
        return self._person(bulk, named) if named else None

    def _person(self, bulk: Bulk, named: Named) -> int:
        if named.known or named.handle in self.added:
            return named.known.id if named.known else self.added[named.handle]
        self.added[named.handle] = number = bulk.next_seq
        bulk.append(
            "person.added", subject=number, handle=named.handle, name=Prose(named.name), email=None, phone=None,
            place=None, zone=self.wish.zone_name, hours=self.hours, manager=None, login=None,
        )  # fmt: skip
        return number

    def _customer(self, bulk: Bulk, story: Story) -> int:
        named = self.plan.customer_default if story.customer == NONE else self.plan.customers[story.customer]
        assert named is not None
        return self._customer_named(bulk, named)

    def _customer_named(self, bulk: Bulk, named: Named) -> int:
        if named.known or named.handle in self.added:
            return named.known.id if named.known else self.added[named.handle]
        self.added[named.handle] = number = bulk.next_seq
        bulk.append(
            "customer.added", subject=number, key=named.handle, name=Prose(named.name), contact=None, email=None,
            phone=None, account_owner=self.desk.me.id, second=None,
        )  # fmt: skip
        return number
