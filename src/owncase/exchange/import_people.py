"""The people of a file join the team, all of them in one write; who is here already stays as they are.

Managers are people of the file or of the store, whatever the order of the rows.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from owncase.desk import Desk
from owncase.domain.details import PERSON, taken
from owncase.domain.worktime import DEFAULT_HOURS
from owncase.errors import BadData
from owncase.exchange.mapping import Mapping
from owncase.exchange.party_here import Team, compare, settle
from owncase.exchange.party_rows import Entry, Rows, Sort, gathered
from owncase.exchange.records import Table
from owncase.store import known
from owncase.store.bulk import Bulk
from owncase.store.engine import write_tx

FIELDS = ("handle", "name", "email", "phone", "place", "zone", "hours", "manager", "login", "active")
"""What a column may say of a person; who is not `active` has left and is left out."""

_CHECKS: dict[str, Callable[[str], str] | None] = {
    name: None if name == "manager" else partial(taken, PERSON, name)  # type: ignore[misc] # nothing blank comes here
    for name in FIELDS
    if name != "active"
}
PEOPLE = Sort("person", "handle", _CHECKS)


class InACircle(BadData):
    """Two people cannot each be added after the other."""


class LoginTwice(BadData):
    """An OS user is one person."""


class ManagerRefused(BadData):
    """Who has a manager that is not taken cannot be taken either."""


class Plan(NamedTuple):
    """What is going to happen to each person of the file; `renamed` says whose handle got a number."""

    rows: Rows
    renamed: list[str]


def plan(desk: Desk, table: Table, mapping: Mapping) -> Plan:
    """Settle what every row comes to; nothing is written."""
    rows = gathered(table.rows, mapping, PEOPLE, twins=True)
    here = known.people_whole(desk.reader)
    renamed = settle(rows.entries, PEOPLE, here, [*known.people(desk.reader), *known.customers(desk.reader)])
    _refuse_logins(rows.entries, {one["login"]: one["handle"] for one in here if one["login"]})
    new = [entry for entry in rows.entries if not entry.known]
    team = Team(
        [(one["handle"], one["name"]) for one in here if one["active"]]
        + [(entry.handle, entry.said.get("name", "")) for entry in new]
    )
    for entry in rows.entries:
        team.ask(entry, "manager")
        compare(entry, PEOPLE, _edit)
    _refuse_followers(new)
    return Plan(rows, renamed)


def add(desk: Desk, planned: Plan) -> None:
    """Add everybody who is new, in one write."""
    new = _managers_first([entry for entry in planned.rows.entries if entry.outcome == "new"])
    zone = desk.me.zone
    with write_tx(desk) as tx:
        ids = {one.handle: one.id for one in known.people_in(tx.raw)}
        bulk = Bulk(tx)
        for entry in new:
            ids[entry.handle] = bulk.next_seq
            bulk.append("person.added", subject=bulk.next_seq, **_details(entry, ids, zone))
        bulk.write()


def _details(entry: Entry, ids: dict[str, int], zone: str) -> dict[str, Any]:
    said = {name: entry.details.get(name) for name in ("name", "email", "phone", "place", "login")}
    manager = entry.asked.get("manager")
    return {
        **said, "handle": entry.handle, "zone": entry.details.get("zone", zone),
        "hours": entry.details.get("hours", str(DEFAULT_HOURS)), "manager": ids[manager] if manager else None,
    }  # fmt: skip


def _refuse_logins(entries: list[Entry], holders: dict[str, str]) -> None:
    for entry in entries:
        login = entry.details.get("login")
        if login is None or entry.refusals:
            continue
        holder = holders.setdefault(login, entry.handle)
        if holder != entry.handle:
            entry.refuse("login", LoginTwice(f"the OS user {login} is {holder}", fix="an OS user is one person"))


def _refuse_followers(new: list[Entry]) -> None:
    """Refuse who has a refused manager, and whoever has them in turn; then who goes round in a circle."""
    sound = {entry.handle for entry in new if not entry.refusals}
    refused = [entry.handle for entry in new if entry.refusals and entry.handle not in sound]
    followers: dict[str, list[Entry]] = {}
    for entry in new:
        if not entry.refusals:
            followers.setdefault(entry.asked.get("manager", ""), []).append(entry)
    for manager in refused:
        for entry in followers.pop(manager, []):
            error = ManagerRefused(f"{manager} is refused as well", fix=f"mend the row of {manager}")
            entry.refuse("manager", error)
            refused.append(entry.handle)
    left = [entry for entry in new if not entry.refusals]
    placed = {entry.handle for entry in _managers_first(left)}
    for entry in left:
        if entry.handle not in placed:
            what = f"{entry.handle} and {entry.asked['manager']} wait for each other in a circle of managers"
            entry.refuse("manager", InACircle(what, fix=f"leave one out, and then {_edit(entry.handle, 'manager')} …"))


def _edit(handle: str, field: str) -> str:
    return f"owncase person edit {handle} --{field}"


def _managers_first(new: list[Entry]) -> list[Entry]:
    """The entries in an order in which every manager comes before their people; those in a circle are left out."""
    waiting: dict[str, list[Entry]] = {}
    names = {entry.handle for entry in new}
    ready: list[Entry] = []
    for entry in new:
        manager = entry.asked.get("manager", "")
        (waiting.setdefault(manager, []) if manager in names else ready).append(entry)
    for entry in ready:
        ready += waiting.pop(entry.handle, [])
    return ready
