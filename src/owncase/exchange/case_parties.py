"""Whom a file means by a name: exactly one person or customer, or a refusal with the option that would say it."""

import difflib
import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from owncase.domain import text
from owncase.errors import BadData, NotFound, OwncaseError
from owncase.exchange.log_team import Names
from owncase.store.known import Account, Colleague, Known

NAMED = 5
"""How many people are named at most where one has to be chosen."""


class OwnerUnclear(BadData):
    """The owner that the file names is nobody here, or somebody who has left, or one of several."""


class CustomerUnclear(BadData):
    """The customer that the file names is not here, or is one of several."""


class NoSuchOwner(NotFound):
    """An option names an owner who is not here, or has left."""


class NoSuchAccount(NotFound):
    """An option names a customer that is not here."""


class Client(NamedTuple):
    """The customer of a case; `id` is None for one that the import adds."""

    id: int | None
    key: str
    name: str
    account_owner: int


Found = TypeVar("Found", Colleague, Client)


class Owners:
    """The people whom a file may name, by handle, exact name or e-mail; `means` says it of other names."""

    def __init__(self, team: Sequence[Colleague], taken: Iterable[str], means: Mapping[str, str]) -> None:
        self.team = team
        self.by_id = {one.id: one for one in team}
        self._by_handle = {one.handle: one for one in team}
        self._taken = set(taken)
        self._means = {text.name(name, "owner"): self.of_handle(handle, "--owner-is") for name, handle in means.items()}
        self._found: dict[str, Colleague | OwncaseError] = {}

    def of_handle(self, handle: str, option: str) -> Colleague:
        """The active person of this handle. Raises `NoSuchOwner` naming the option."""
        found = self._by_handle.get(handle)
        if found is None or not found.active:
            what = f"{option}: {handle} has left" if found else f"{option}: there is no person {handle}"
            near = difflib.get_close_matches(handle, [one.handle for one in self.team if one.active])
            raise NoSuchOwner(what, fix=f"did you mean {' or '.join(near)}?" if near else "owncase person list")
        return found

    def named(self, words: str) -> Colleague:
        """Who is meant. Raises `OwnerUnclear`, and BadData for what cannot be a name."""
        return _once(self._found, words, self._find)

    def _find(self, words: str) -> Colleague:
        name = text.name(words, "owner")
        if name in self._means:
            return self._means[name]
        fits = self._fitting(name)
        active = [one for one in fits if one.active]
        if len(active) == 1:
            return active[0]
        raise self._several(name, active) if active else self._left(name, fits) if fits else self._unknown(name)

    def _fitting(self, name: str) -> list[Colleague]:
        folded = name.casefold()
        if found := self._by_handle.get(folded):
            return [found]
        by_name = [one for one in self.team if one.name == name]
        return by_name or [one for one in self.team if folded in (one.name.casefold(), (one.email or "").casefold())]

    def _several(self, name: str, people: list[Colleague]) -> OwnerUnclear:
        handles = [one.handle for one in people[:NAMED]]
        return OwnerUnclear(
            f"{len(people)} people are called {name}: {', '.join(handles)}",
            fix="say which: " + ", or ".join(_is(name, handle) for handle in handles),
        )

    def _left(self, name: str, people: list[Colleague]) -> OwnerUnclear:
        called = people[0].handle
        who = name if called == name else f"{name} ({called})"
        return OwnerUnclear(f"{who} has left and owns nothing any more", fix=_is(name, "HANDLE"))

    def _unknown(self, name: str) -> OwnerUnclear:
        words: dict[str, str] = {}
        for one in self.team:
            if one.active:
                words |= {one.handle: one.handle, one.name.casefold(): one.handle}
        near = dict.fromkeys(words[word] for word in difflib.get_close_matches(name.casefold()[:100], words))
        local, at, _ = name.partition("@")
        called = ["--name", local, "--email", name] if at else ["--name", name]
        add = shlex.join(["owncase", "person", "add", _free(local if at else name, self._taken), *called])
        meant = [_is(name, handle) for handle in near] or [_is(name, "HANDLE")]
        return OwnerUnclear(f"nobody here is called {name}", fix=", or ".join([*meant, add] if near else [add, *meant]))


class Customers:
    """The customers whom a file may name, by key or exact name; with an `adder` unknown ones are new, and theirs."""

    def __init__(self, accounts: Sequence[Account], taken: Iterable[str], *, default: str | None, adder: int | None):
        self.new: dict[str, Client] = {}
        self.clients = [Client(*account) for account in accounts]
        self.names = Names([Known(0, handle, "", 1) for handle in taken])
        self._by_key = {client.key: client for client in self.clients}
        self._adder = adder
        self._alike: dict[str, list[Client]] = {}
        for client in self.clients:
            self._know(client)
        self._default = None if default is None else self._of_key(default)
        self._found: dict[str, Client | OwncaseError] = {}

    def named(self, words: str) -> Client:
        """Who is meant; for no words the default. Raises `CustomerUnclear`, and BadData for what cannot be a name."""
        return _once(self._found, words, self._find)

    def _of_key(self, key: str) -> Client:
        if key not in self._by_key:
            near = difflib.get_close_matches(key, self._by_key)
            otherwise = shlex.join(["owncase", "customer", "add", key, "--name", key])
            raise NoSuchAccount(
                f"--customer-default: there is no customer {key}",
                fix=f"did you mean {' or '.join(near)}?" if near else otherwise,
            )
        return self._by_key[key]

    def _find(self, words: str) -> Client:
        if not words:
            if self._default:
                return self._default
            raise CustomerUnclear("the row names no customer", fix="fill it in, or say --customer-default KEY")
        name = text.name(words, "customer")
        fits = self._fitting(name)
        if len(fits) > 1:
            keys = " or ".join(client.key for client in fits[:NAMED])
            raise CustomerUnclear(f"{len(fits)} customers are called {name}", fix=f"write the key instead: {keys}")
        return fits[0] if fits else self._added(name)

    def _fitting(self, name: str) -> list[Client]:
        if found := self._by_key.get(name):
            return [found]
        alike = self._alike.get(name.casefold(), [])
        return [one for one in alike if one.name == name] or alike

    def _know(self, client: Client) -> Client:
        """Find a client by name and key from now on, in capitals or not."""
        for words in {client.name.casefold(), client.key}:
            self._alike.setdefault(words, []).append(client)
        return client

    def _added(self, name: str) -> Client:
        if self._adder is None:
            words = {client.name.casefold(): client.key for client in self.clients} | {key: key for key in self._by_key}
            near = dict.fromkeys(words[word] for word in difflib.get_close_matches(name.casefold()[:100], words))
            meant = f"is it {' or '.join(near)}? else " if near else ""
            add = shlex.join(["owncase", "customer", "add", _free(name, self.names.taken), "--name", name])
            raise CustomerUnclear(
                f"there is no customer {name}", fix=f"{meant}--new-customers, owncase import customers, or {add}"
            )
        if name not in self.new:
            self.new[name] = self._know(Client(None, self.names.free(name), name, self._adder))
        return self.new[name]


def _free(name: str, taken: Iterable[str]) -> str:
    return Names([Known(0, handle, "", 1) for handle in taken]).free(name)


def _is(name: str, handle: str) -> str:
    return shlex.join(["--owner-is", f"{name}={handle}"])


def _once(known: dict[str, Found | OwncaseError], words: str, find: Callable[[str], Found]) -> Found:
    """Look each name up once: a file says the same few names again and again."""
    if words not in known:
        try:
            known[words] = find(words)
        except BadData as unclear:
            known[words] = unclear
    found = known[words]
    if isinstance(found, OwncaseError):
        raise found.with_traceback(None)
    return found
