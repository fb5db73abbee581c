"""Who is here already is found again, by handle or else by name, and never touched: what differs is told.

A new one gets a handle that nobody has. Two of one name have two handles, and that is said.
"""

import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from owncase.domain.text import handle_from
from owncase.errors import BadData
from owncase.exchange.log_team import Names
from owncase.exchange.party_rows import Entry, Sort
from owncase.exchange.refusal import Refusal
from owncase.store.known import Known


class HandleTaken(BadData):
    """Handles of people and keys of customers are one namespace."""


class PersonUnclear(BadData):
    """A name in the file is that of nobody here, or of several."""


def settle(
    entries: Sequence[Entry], sort: Sort, known: Sequence[Mapping[str, Any]], taken: Sequence[Known]
) -> list[str]:
    """Find who is here, and give a handle to who is new. Says which handles got a number, and why."""
    here = {one[sort.key]: one for one in known}
    by_name: dict[str, list[Mapping[str, Any]]] = {}
    for one in sorted(known, key=lambda one: not one.get("active", True)):
        by_name.setdefault(one["name"], []).append(one)
    sound = [entry for entry in entries if not entry.refusals and entry.of is None]
    names = Names([*taken, *(Known(0, entry.said[sort.key], "", 1) for entry in sound if sort.key in entry.said)])
    others = {one.handle for one in taken}.difference(here)
    for entry in sound:
        _find(entry, sort, here, by_name)
        if entry.known:
            entry.handle = entry.known[sort.key]
        elif sort.key in entry.said:
            entry.handle = entry.said[sort.key]
            _look_at_new(entry, sort, others)
        else:
            entry.handle = names.free(entry.details["name"])
    for entry in entries:
        if entry.of:
            entry.handle = entry.of.handle
        entry.handle = entry.handle or entry.said.get(sort.key) or handle_from(entry.said.get("name", ""))
    return names.renamed


def compare(entry: Entry, sort: Sort, command: Callable[[str, str], str]) -> None:
    """Settle whether one who is here is as the file says. `command` of a handle and a field changes what differs."""
    if entry.known is None or entry.refusals:
        return
    stated: dict[str, Any] = {**entry.details, **entry.asked}
    differing = [name for name in sort.checks if name in stated and stated[name] != entry.known[name]]
    if sort.key not in entry.said and entry.known["name"] != entry.details["name"]:
        differing.remove("name")  # the name in the file is the handle
    entry.outcome = "changed" if differing else "present"
    for name in differing:
        reason = f"{entry.handle} has {'another' if entry.known[name] else 'no'} {name} here, and is not touched"
        fix = f"{command(entry.handle, name)} {shlex.quote(str(stated[name]))}"
        entry.refusals.append(Refusal(entry.line, entry.columns.get(name, name), entry.said[name], reason, fix))


def _find(
    entry: Entry, sort: Sort, here: Mapping[str, Any], by_name: Mapping[str, Sequence[Mapping[str, Any]]]
) -> None:
    if sort.key in entry.said:
        entry.known = here.get(entry.said[sort.key])
        return
    name = entry.details["name"]
    fitting = by_name.get(name, [])
    same = [one for one in fitting if all(one[part] == value for part, value in entry.details.items())]
    entry.known = next(iter([*same, *fitting]), here.get(name))


def _look_at_new(entry: Entry, sort: Sort, others: set[str]) -> None:
    if entry.handle in others:
        what = f"the name {entry.handle} is taken by a {'customer' if sort.word == 'person' else 'person'}"
        entry.refuse(sort.key, HandleTaken(what, fix=f"choose another {sort.key}"))
    elif "name" not in entry.details:
        missing = BadData(f"the {sort.word} has no name", fix="fill it in, or say --map name=COLUMN")
        entry.refuse("name", missing)


class Team:
    """The people whom a field may name, by handle or else by a name that only one has."""

    def __init__(self, people: Iterable[tuple[str, str]]) -> None:
        self._names: dict[str, set[str]] = {}
        self._handles = set()
        for handle, name in people:
            self._handles.add(handle)
            self._names.setdefault(name.casefold(), set()).add(handle)

    def ask(self, entry: Entry, field: str) -> None:
        """Settle whom a field of an entry names, or refuse it."""
        if (words := entry.said.get(field)) and not entry.refusals:
            try:
                entry.asked[field] = self._handle(words, field)
            except PersonUnclear as unclear:
                entry.refuse(field, unclear)

    def _handle(self, words: str, field: str) -> str:
        folded = words.casefold()
        meant = {folded} & self._handles or self._names.get(folded, set())
        if len(meant) == 1:
            return next(iter(meant))
        if meant:
            raise PersonUnclear(f"{len(meant)} people are called {words}", fix=f"write {' or '.join(sorted(meant))}")
        near = get_close_matches(folded, [*self._handles, *self._names], n=2)
        said = f"did you mean {' or '.join(near)}? " if near else ""
        fix = f"{said}owncase person add HANDLE --name {shlex.quote(words)}, or leave it out: --map {field}="
        raise PersonUnclear(f"nobody here is called {words[:80]}", fix=fix)
