"""The contacts of a file are written down at their customers', in one write; who is there already stays as they are.

A contact is who is here already by their e-mail address, or by their name unless two addresses tell two people apart.
"""

import shlex
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from owncase.desk import Desk
from owncase.domain.details import CONTACT, taken
from owncase.errors import BadData
from owncase.exchange.case_parties import Client, Customers, CustomerUnclear
from owncase.exchange.import_people import Plan
from owncase.exchange.mapping import Mapping as Columns
from owncase.exchange.party_rows import Entry, Rows, Sort, entry_of
from owncase.exchange.records import Table
from owncase.exchange.refusal import Refusal
from owncase.store import known
from owncase.store.bulk import Bulk
from owncase.store.engine import write_tx

FIELDS = ("contact", "customer", "name", "role", "email", "phone", "left")
"""What is said of each; `left` are the further addresses and numbers of a card, of which a contact has one each."""

TOLD = ("name", "role", "email", "phone")
COLUMNS = Columns(
    columns={
        "customer": ("customer", "company", "organisation", "organization", "org"),
        "name": ("name", "contact", "full name"),
        "role": ("role", "title", "job title"),
        "email": ("email", "e-mail", "e-mail address", "mail"),
        "phone": ("phone", "telephone", "mobile"),
    }
)
_CHECKS: dict[str, Callable[[str], str] | None] = {
    "customer": None,
    **{name: partial(taken, CONTACT, name) for name in TOLD},  # type: ignore[misc] # nothing blank comes here
    "left": None,
}
Planned = tuple[Plan, dict[str, Client]]
MISSING: Mapping[str, Any] = dict.fromkeys(("contact", "email", "phone", "second"))
CONTACTS = Sort("contact", "name", _CHECKS)


def plan(desk: Desk, table: Table, columns: Columns, *, customer: str | None, new_customers: bool) -> Planned:
    """Settle what every row comes to, and whose contacts they are, by key; nothing is written.

    `customer` is the key of the one they are all contacts of, whatever the file says.
    """
    accounts = known.accounts(desk.reader)
    handles = [one.handle for one in (*known.people(desk.reader), *known.customers(desk.reader))]
    customers = Customers(accounts, handles, default=customer, adder=desk.me.id if new_customers else None)
    here = Here(known.contacts(desk.reader))
    entries, counts, clients = list[Entry](), {"again": 0, "blank": 0}, dict[str, Client]()
    for record in table.rows:
        entry = None if columns.leaves_out(record) else entry_of(record, columns, CONTACTS)
        if entry is None:
            counts["blank"] += 1
        elif (client := _client(entry, customers, whole=customer is not None)) is None:
            entries.append(entry)
        elif here.settle(entry, client.key):
            counts["again"] += 1
        else:
            clients[client.key] = client
            entries.append(entry)
    return Plan(Rows(entries, counts["again"], counts["blank"], 0), customers.names.renamed), clients


def add(desk: Desk, planned: Plan, clients: Mapping[str, Client]) -> None:
    """Add every contact that is new, and first the customers that they bring along, in one write."""
    new = [entry for entry in planned.rows.entries if entry.outcome == "new"]
    with write_tx(desk) as tx:
        bulk, ids = Bulk(tx), dict[str, int]()
        for entry in new:
            client = clients[entry.asked["customer"]]
            if client.key not in ids:
                ids[client.key] = client.id or _add_customer(bulk, client)
            number = ids[client.key]
            said = {name: entry.details.get(name) for name in TOLD}
            entry.handle = f"{client.key}.{len(bulk.contacts_of(number)) + 1}"
            bulk.append("customer.contact_added", subject=number, **said)
        bulk.write()


def _add_customer(bulk: Bulk, client: Client) -> int:
    number = bulk.next_seq
    name = taken(CONTACT, "name", client.name)
    bulk.append(
        "customer.added", subject=number, key=client.key, name=name, account_owner=client.account_owner, **MISSING
    )
    return number


def _client(entry: Entry, customers: Customers, *, whole: bool) -> Client | None:
    """The customer that a row is about, or None after refusing it."""
    words = "" if whole else entry.said.get("customer", "")
    try:
        if not words and not whole and not entry.refusals:
            raise CustomerUnclear("names no customer", fix="fill it in, or say --customer KEY for all of them")
        client = None if entry.refusals else customers.named(words)
    except BadData as unclear:
        entry.refuse("customer", unclear)
        return None
    if client:
        entry.asked["customer"] = client.key
    return client


class Here:
    """Who can be asked for already, and who comes with the file, by customer."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self._by: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self._last: dict[str, int] = {}
        for row in rows:
            self._remember(row)

    def settle(self, entry: Entry, key: str) -> bool:
        """Say whether an entry is new, here, or here with other details; True where the file said it before."""
        wish = entry.details
        found = self._like(key, wish)
        if found is None:
            number = self._last.get(key, 0) + 1
            self._remember(
                {**dict.fromkeys(TOLD), **wish, "customer": key, "n": number, "active": 1, "line": entry.line}
            )
            return False
        differing = [name for name in TOLD if name in wish and not _same(wish[name], found[name])]
        if "line" in found:
            if not differing:
                return True
            for name in differing:
                said = f"another {name} than line {found['line']} says of {found['name']}"
                entry.refuse(name, BadData(said, fix="mend one of them"))
            return False
        entry.handle = f"{key}.{found['n']}"
        entry.outcome = "changed" if differing or not found["active"] else "present"
        entry.refusals += _told(entry, found, differing)
        return False

    def _like(self, key: str, wish: Mapping[str, Any]) -> dict[str, Any] | None:
        if wish.get("email") and (known := self._by.get((key, wish["email"].casefold()))):
            return known[0]
        named = self._by.get((key, wish["name"].casefold()), [])
        return next((row for row in named if not (row["email"] and wish.get("email"))), None)

    def _remember(self, row: dict[str, Any]) -> None:
        for name in filter(None, (row["email"], row["name"])):
            self._by.setdefault((row["customer"], name.casefold()), []).append(row)
        self._last[row["customer"]] = row["n"]


def _told(entry: Entry, found: Mapping[str, Any], differing: list[str]) -> list[Refusal]:
    """What is otherwise here than the file says, each with the command that would change it."""
    if not found["active"]:
        fix = shlex.join(["owncase", "contact", "add", found["customer"], found["name"]])
        return [Refusal(entry.line, None, None, f"{entry.handle} was removed here, and is not added again", fix)]
    return [
        Refusal(
            entry.line, entry.columns.get(name, name), entry.said[name],
            f"{entry.handle} has {'another' if found[name] else 'no'} {name} here, and is not touched",
            f"owncase contact edit {entry.handle} --{name} {shlex.quote(entry.details[name])}",
        )
        for name in differing
    ]  # fmt: skip


def _same(one: str, other: str | None) -> bool:
    return other is not None and one.casefold() == other.casefold()
