"""The Unix groups of this machine: which one has a name, who is in it, and whether this process may act in it."""

import os
import sys
from shlex import quote
from typing import NamedTuple

from owncase.errors import NotFound, NotPermitted


class NoSuchGroup(NotFound):
    """This machine knows no group of this name."""


class NotInGroup(NotPermitted):
    """Only a member shares a store with a group."""


class Group(NamedTuple):
    """A group of this machine."""

    id: int
    name: str


def group_named(name: str) -> Group:
    """The group of this name, if this process may act in it. Raises `NoSuchGroup` (66) and `NotInGroup` (77)."""
    gid = number_of(name)
    if gid is None:
        raise NoSuchGroup(f"there is no group {name} on this machine", fix=f"sudo groupadd {quote(name)}")
    if not may_act_in(gid):
        raise NotInGroup(f"you are not in the group {name}", fix=f"{to_enter(name)}, and log in again")
    return Group(gid, name)


def number_of(name: str) -> int | None:
    """The number of the group of this name, if this machine has one."""
    if sys.platform == "win32":
        return None
    import grp  # not on Windows

    try:
        return grp.getgrnam(name).gr_gid
    except KeyError:
        return None


def name_of(gid: int) -> str:
    """The name of the group of this number, else the number."""
    if sys.platform == "win32":
        return str(gid)
    import grp  # not on Windows

    try:
        return grp.getgrgid(gid).gr_name
    except KeyError:
        return str(gid)


def may_act_in(gid: int) -> bool:
    """Whether this process is a member, or root."""
    return os.geteuid() == 0 or gid == os.getegid() or gid in os.getgroups()  # noqa: TID251 - what the system permits


def members_of(gid: int) -> set[str]:
    """The logins of everybody in the group."""
    if sys.platform == "win32":
        return set()
    import grp  # not on Windows
    import pwd

    own = {user.pw_name for user in pwd.getpwall() if user.pw_gid == gid}
    try:
        return own | set(grp.getgrgid(gid).gr_mem)
    except KeyError:
        return own


def login_of(uid: int) -> str:
    """The login of the OS user of this number, else the number."""
    if sys.platform == "win32":
        return str(uid)
    import pwd  # not on Windows

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def to_enter(group: str) -> str:
    """The command that makes this OS user a member."""
    return f"sudo usermod -aG {quote(group)} {quote(login_of(os.getuid()))}"  # noqa: TID251 - advice, not who acts
