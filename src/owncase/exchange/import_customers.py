"""The customers of a file are added, all in one write, and every account is offered to the owner the file names.

The first row of a customer says its main contact; every further one, and each with a role, makes a contact there.

Until they acknowledge, that somebody else owns an account is a claim (rule 12). Nobody is added to the team by it.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from owncase.desk import Desk
from owncase.domain.details import CONTACT, CUSTOMER, taken
from owncase.domain.malformed import IsBlank
from owncase.domain.moment import from_text, to_text
from owncase.domain.values import Person
from owncase.domain.wallclock import zone_named
from owncase.domain.worktime import WorkingHours, answer_by
from owncase.errors import BadData
from owncase.exchange.import_contacts import Here
from owncase.exchange.import_people import Plan
from owncase.exchange.mapping import Mapping
from owncase.exchange.party_here import Team, compare, settle
from owncase.exchange.party_rows import Entry, Sort, gathered
from owncase.exchange.records import Table
from owncase.store import known
from owncase.store.bulk import Bulk
from owncase.store.engine import write_tx

FIELDS = ("key", "name", "contact", "email", "phone", "owner", "second", "role")
PEOPLE = ("owner", "second")

_CHECKS: dict[str, Callable[[str], str] | None] = {
    name: None if name in PEOPLE else partial(taken, CUSTOMER, name)  # type: ignore[misc] # nothing blank comes here
    for name in FIELDS
    if name != "role"
}
_CHECKS["role"] = partial(taken, CONTACT, "role")  # type: ignore[assignment] # nothing blank comes here
CUSTOMERS = Sort("customer", "key", _CHECKS, several=("contact", "email", "phone", "role"))


class CustomerRefused(BadData):
    """Whose customer is not taken cannot be taken either."""


def plan(desk: Desk, table: Table, mapping: Mapping) -> Plan:
    """Settle what every row comes to; nothing is written."""
    rows = gathered(table.rows, mapping, CUSTOMERS, twins=False)
    rows = rows._replace(entries=[part for entry in rows.entries for part in _parted(entry)])
    here = known.customers_whole(desk.reader)
    people = known.people(desk.reader)
    renamed = settle(rows.entries, CUSTOMERS, here, [*people, *known.customers(desk.reader)])
    team = Team((one.handle, one.name) for one in people if one.active)
    for entry in rows.entries:
        for field in PEOPLE:
            team.ask(entry, field)
        if entry.of is None:
            compare(entry, CUSTOMERS, _edit)
    contacts = Here(known.contacts(desk.reader))
    for entry in rows.entries:
        if entry.of:
            _settle(entry, entry.of, contacts)
    return Plan(rows, renamed)


def _parted(entry: Entry) -> list[Entry]:
    """A row that says a role speaks of a customer and of a contact there."""
    role = entry.details.pop("role", None) if entry.of is None else None
    if role is None or entry.refusals:
        return [entry]
    contact = Entry(entry.line, entry.said, entry.columns, {**entry.details, "role": role}, of=entry)
    return [entry, contact]


def _settle(entry: Entry, customer: Entry, contacts: Here) -> None:
    """Settle what becomes of a contact of a customer of the file."""
    names = {"name": "contact", **{name: name for name in ("role", "email", "phone")}}
    said, columns, details = (
        {name: known[field] for name, field in names.items() if field in known}
        for known in (entry.said, entry.columns, entry.details)
    )
    contact = Entry(entry.line, said, columns, details)
    if customer.outcome == "refused":
        contact.refuse(None, CustomerRefused(f"{customer.handle} is refused as well", fix="mend that row"))
    elif "name" not in details:
        contact.refuse("name", IsBlank("the contact has no name", fix="fill in the contact"))
    elif contacts.settle(contact, entry.handle):
        contact.outcome = "present"
    entry.outcome = contact.outcome
    entry.refusals += contact.refusals


def add(desk: Desk, planned: Plan) -> None:
    """Add every customer that is new, and offer what is not to be yours, in one write."""
    every = [entry for entry in planned.rows.entries if entry.outcome == "new"]
    new = [entry for entry in every if entry.of is None]
    with write_tx(desk) as tx:
        ids = {one.handle: one.id for one in known.people_in(tx.raw)}
        added: list[tuple[int, int]] = []
        bulk = Bulk(tx)
        for entry in new:
            owner = ids[entry.asked["owner"]] if "owner" in entry.asked else desk.me.id
            added.append((bulk.next_seq, owner))
            bulk.append("customer.added", subject=bulk.next_seq, account_owner=owner, **_details(entry, ids))
        keys = {entry.handle: number for entry, (number, _) in zip(new, added, strict=True)}
        for entry in every:
            if entry.of:
                number = keys.get(entry.handle) or tx.customer_named(entry.handle).id
                said = {name: entry.details.get(name) for name in ("role", "email", "phone")}
                bulk.append("customer.contact_added", subject=number, name=entry.details["contact"], **said)
        bulk.lay()
        for number, owner in added:
            if owner != desk.me.id:
                answer_by = _answer_by(tx.now, bulk.person(owner))
                bulk.append("customer.offered", subject=number, to=owner, note=None, answer_by=answer_by)
        bulk.write()


def _details(entry: Entry, ids: dict[str, int]) -> dict[str, Any]:
    said = {name: entry.details.get(name) for name in ("name", "contact", "email", "phone")}
    second = entry.asked.get("second")
    return {**said, "key": entry.handle, "second": ids[second] if second else None}


def _edit(key: str, field: str) -> str:
    return f"owncase customer handoff {key} --to" if field == "owner" else f"owncase customer edit {key} --{field}"


def _answer_by(now: str, taker: Person) -> str:
    hours, zone = WorkingHours.parse(taker.hours), zone_named(taker.zone)
    return to_text(answer_by("normal", from_text(now), hours, zone))
