"""Names in a log become people and customers: those who are here already first, and two different names never one.

A handle that another name has already made gets a number behind it, and that is said.
"""

from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

from owncase.domain.text import HANDLE_CHARACTERS, handle_from
from owncase.store.known import Known


class Named(NamedTuple):
    """A name of the log: the one it means who is here already, or the handle of one to be added."""

    name: str
    handle: str
    known: Known | None


class Names:
    """The handles and keys that are taken, in the one namespace of people and customers."""

    def __init__(self, known: Sequence[Known]) -> None:
        self.taken = {one.handle for one in known}
        self.renamed: list[str] = []

    def free(self, name: str) -> str:
        """Take a handle for a name; remembers the ones that needed a number."""
        wished = handle_from(name)
        stem = wished.removesuffix("-1") if wished == "person-1" else wished
        handle = wished
        for number in count(2):
            if handle not in self.taken:
                break
            handle = f"{stem[: HANDLE_CHARACTERS - len(str(number)) - 1].rstrip('._-')}-{number}"
        if handle != wished:
            self.renamed.append(f"{name} is {handle}, because {wished} is taken")
        self.taken.add(handle)
        return handle


def match(names: Sequence[str], known: Sequence[Known], taken: Names, wanted: Sequence[bool]) -> list[Named | None]:
    """What each name means: somebody of exactly this name or handle, the active first; else a new handle, if wanted."""
    by_name: dict[str, Known] = {}
    for one in sorted(known, key=lambda one: -one.active):
        by_name.setdefault(one.name, one)
    by_handle = {one.handle: one for one in known}
    found: list[Named | None] = []
    for name, is_wanted in zip(names, wanted, strict=True):
        here = by_name.get(name) or by_handle.get(name)
        if here:
            found.append(Named(name, here.handle, here))
        else:
            found.append(Named(name, taken.free(name), None) if is_wanted else None)
    return found
