"""Cases of another tracker come in open: each is the importer's, and is offered to the owner that the file names.

Everything is read and settled before anything is written. Each batch is one write of whole cases, in layers: openings,
notes, promises, offers. What an interrupted import has left out is found missing the next time, because a case is known
by its source and its external id or digest; that is looked up again inside the write, so that two imports at once
double nothing.
"""

from collections.abc import Callable
from os import urandom
from typing import Any
from uuid import UUID

from owncase.desk import Desk
from owncase.domain.moment import from_text, to_text
from owncase.domain.values import Prose
from owncase.domain.wallclock import zone_named
from owncase.domain.wordless import wordless
from owncase.domain.worktime import WorkingHours, answer_by
from owncase.exchange.case_parties import Client
from owncase.exchange.case_plan import Plan
from owncase.exchange.case_rows import Facts
from owncase.exchange.case_wish import Entry, Wish
from owncase.store import known
from owncase.store.bulk import Bulk
from owncase.store.engine import write_tx
from owncase.store.known import Colleague
from owncase.store.write import Write

BATCH = 2_000
"""Cases of a batch."""


def import_cases(desk: Desk, plan: Plan, wish: Wish) -> None:
    """Write the plan's new cases; each entry then has its number, also where another import was quicker."""
    new = [entry for entry in plan.entries if entry.outcome == "new"]
    importer = _Importer(desk, wish)
    for done in range(0, len(new), BATCH):
        importer.write(new[done : done + BATCH])
        desk.committed = (
            f"{min(done + BATCH, len(new)):,} of {len(new):,} cases are in; running it again brings the others"
        )


class _Importer:
    def __init__(self, desk: Desk, wish: Wish) -> None:
        self.desk, self.source, self.answer_by = desk, wish.source, wish.answer_by
        self.added: dict[str, int] = {}

    def write(self, batch: list[Entry]) -> None:
        with write_tx(self.desk) as tx:
            bulk, missing = Bulk(tx), [entry for entry in batch if self._is_missing(tx, entry)]
            for entry in missing:
                self._customer(bulk, entry)
            for layer in (self._open, self._note, self._keep, self._promise, self._offerer(tx)):
                for entry in missing:
                    layer(bulk, entry)
                bulk.lay()
            bulk.write()

    def _is_missing(self, tx: Write, entry: Entry) -> bool:
        found = known.imported(tx.raw, self.source, entry.external, entry.digest)
        if found:
            entry.case, entry.outcome = found.case, "present"
        return found is None

    def _customer(self, bulk: Bulk, entry: Entry) -> int:
        client = _client(entry)
        if client.id is not None:
            return client.id
        if client.key not in self.added:
            self.added[client.key] = known.customer_named(bulk.tx.raw, client.name) or self._add(bulk, client)
        return self.added[client.key]

    def _add(self, bulk: Bulk, client: Client) -> int:
        number = bulk.next_seq
        bulk.append(
            "customer.added", subject=number, key=client.key, name=Prose(client.name), contact=None, email=None,
            phone=None, account_owner=client.account_owner, second=None,
        )  # fmt: skip
        return number

    def _open(self, bulk: Bulk, entry: Entry) -> None:
        facts, entry.case = _facts(entry), bulk.new_number()
        bulk.append(
            "case.opened", case=entry.case, uid=str(UUID(bytes=urandom(16), version=4)), source=self.source,
            external=entry.external, digest=wordless(entry.digest), title=Prose(facts.title),
            customer=self._customer(bulk, entry), urgency=facts.urgency, cause=_prose(facts.cause),
            contact=_prose(facts.contact), channel=facts.channel, waiting_for=_prose(facts.waiting_for),
            next_action=_prose(facts.next_action), next_due=facts.next_due,
        )  # fmt: skip

    def _note(self, bulk: Bulk, entry: Entry) -> None:
        if note := _facts(entry).note:
            bulk.append("case.noted", case=entry.case, text=Prose(note))

    def _keep(self, bulk: Bulk, entry: Entry) -> None:
        """Rule 6: who keeps what somebody else answers for says so."""
        me, account = self.desk.me.id, _client(entry).account_owner
        if _owner(entry).id == me != account:
            answers = bulk.person(account).handle
            kept = f"Kept by its opener, and not offered to the account owner {answers}."
            bulk.append("case.noted", case=entry.case, text=Prose(kept))

    def _promise(self, bulk: Bulk, entry: Entry) -> None:
        facts = _facts(entry)
        if facts.promise and facts.promise_by:
            bulk.append("promise.made", case=entry.case, text=Prose(facts.promise), due=facts.promise_by)

    def _offerer(self, tx: Write) -> Callable[[Bulk, Entry], None]:
        """What offers a case to its named owner; when the answer is wanted is reckoned once for all alike."""
        wanted: dict[tuple[int, str], str] = {}

        def offer(bulk: Bulk, entry: Entry) -> None:
            owner, urgency = _owner(entry), _facts(entry).urgency
            if owner.id == self.desk.me.id:
                return
            if (owner.id, urgency) not in wanted:
                wanted[owner.id, urgency] = self.answer_by or _answer_moment(tx.now, urgency, owner)
            bulk.append("handoff.offered", case=entry.case, to=owner.id, answer_by=wanted[owner.id, urgency], **OFFER)

        return offer


OFFER: dict[str, Any] = {
    "form": "transfer", "note": None, "next_action": None, "next_due": None, "outcome": None, "confirmed_by": None,
    "unconfirmed": None, "void_reason": None,
}  # fmt: skip
"""The offer of a case as it stands."""


def _answer_moment(now: str, urgency: str, taker: Colleague) -> str:
    return to_text(answer_by(urgency, from_text(now), WorkingHours.parse(taker.hours), zone_named(taker.zone)))


def _prose(words: str | None) -> Prose | None:
    return None if words is None else Prose(words)


def _facts(entry: Entry) -> Facts:
    assert entry.facts is not None
    return entry.facts


def _client(entry: Entry) -> Client:
    assert entry.client is not None
    return entry.client


def _owner(entry: Entry) -> Colleague:
    assert entry.owner is not None
    return entry.owner
