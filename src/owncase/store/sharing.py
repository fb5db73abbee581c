"""A store is shared by the members of one Unix group and by nobody else, or it is private.

The group of the file, the lock and the folder is one; new files get it from the folder, which is setgid; and history
says which group that is. Permissions alone would let in any group to which somebody gave the file.
"""

import os
import shlex
import sqlite3
import stat
from collections.abc import Iterable
from pathlib import Path

from owncase.store.acl import others_may_write
from owncase.store.groups import Group, login_of, may_act_in, members_of, name_of, number_of, to_enter
from owncase.store.place import GROUP_WRITES, UnsafePlace

SHARED_FILE, SHARED_FOLDER = 0o660, 0o2770
EVERYBODY_READS, EVERYBODY_WRITES = 0o004, 0o002
OWN_FOLDER, OWN_FILE = "shared", "owncase.db"
"""What a folder for nothing but a store could be called, and the store in it."""
RECORDED = "SELECT value FROM setting WHERE name = 'group'"


def is_shared(path: Path, facts: os.stat_result) -> None:
    """Raise `UnsafePlace` unless a group-writable store is its group's whole and nobody else's, and we are in it."""
    name, folder, lock = name_of(facts.st_gid), path.parent, lock_of(path)
    if not (_is_shared_file(facts, facts.st_gid) and _is_shared_folder(os.stat(folder), facts.st_gid)):
        raise UnsafePlace(
            f"others may write {path}, or not everybody in the group {name} may",
            fix=f"for yourself: chmod go-w {_quoted(path)}; to share it with {name}: {to_share(path, name)}",
        )
    if os.path.lexists(lock) and not _is_shared_file(os.lstat(lock), facts.st_gid):
        raise UnsafePlace(f"{lock} is not the lock of everybody in the group {name} alone", fix=to_move_away(lock))
    if listed := [found for found in (path, folder, lock) if others_may_write(found)]:
        raise UnsafePlace(
            f"an access control list lets others than the group {name} write {' and '.join(map(str, listed))}",
            fix=f"setfacl -b {' '.join(map(_quoted, listed))}",
        )
    if not may_act_in(facts.st_gid):
        raise UnsafePlace(f"{path} is shared by the group {name}, and you are not in it", fix=to_enter(name))


def is_recorded(connection: sqlite3.Connection, path: Path, gid: int) -> None:
    """Raise `UnsafePlace` for an opened store that another group may write than the one its history names."""
    said = recorded(connection)
    if said and number_of(said) == gid:
        return
    name = name_of(gid)
    if not said:
        raise UnsafePlace(f"the group {name} may write {path}, which is shared with no group", fix=to_keep(path))
    what = f"the group {name} may write {path}, which is shared with {said}"
    if number_of(said) is None:
        raise UnsafePlace(
            f"{what}, and this machine has no such group",
            fix=f"{to_keep(path)} && owncase config set group {shlex.quote(name)}",
        )
    raise UnsafePlace(what, fix=f"{to_share(path, said)}; or for its owner alone: {to_keep(path)}")


def recorded(connection: sqlite3.Connection) -> str | None:
    """The group that a store names, if any."""
    cursor = connection.cursor()
    cursor.row_factory = None
    try:
        found = cursor.execute(RECORDED).fetchone()
    except sqlite3.OperationalError as trouble:
        if "no such table" not in str(trouble):
            raise
        return None
    return found[0] or None if found else None


def share_folder(folder: Path, group: Group) -> None:
    """Give a folder to the group. One that is missing, or ours and empty, is made so; another has to be so already."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    facts = folder.stat()
    if _is_shared_folder(facts, group.id):
        return
    if any(folder.iterdir()):
        raise UnsafePlace(
            f"{folder} is not a folder of the group {group.name} alone, and there are other files in it",
            fix=f"name a store in a folder of its own, as in --store {_quoted(folder / OWN_FOLDER / OWN_FILE)}",
        )
    if facts.st_uid != os.geteuid():  # noqa: TID251 - whose folder this is, not who acts
        raise UnsafePlace(
            f"{folder} is not a folder of the group {group.name} alone", fix=_to_share_folder(folder, group.name)
        )
    os.chown(folder, -1, group.id)
    os.chmod(folder, SHARED_FOLDER)


def give(path: Path, store: Path, gid: int) -> None:
    """Give a new file of ours to the group of a store, whatever the umask left of its mode.

    Where a member put something else in its place meanwhile, that is not given away: root may be who gives.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        facts = os.fstat(descriptor)
        if facts.st_nlink != 1 or facts.st_uid != os.geteuid():  # noqa: TID251 - whose file this is, not who acts
            raise UnsafePlace(f"{path} was exchanged by somebody", fix=f"look who may write {path.parent}")
        give_to_owner(descriptor, store)
        os.fchown(descriptor, -1, gid)
        os.fchmod(descriptor, SHARED_FILE)
    finally:
        os.close(descriptor)


def give_to_owner(descriptor: int, store: Path) -> None:
    """Give an open file to whoever owns the store, where root made it: else its owner could not use it."""
    if os.geteuid() == 0 and store.exists():  # noqa: TID251 - what the system permits
        facts = os.stat(store)
        os.fchown(descriptor, facts.st_uid, facts.st_gid)


def group_of(path: Path) -> int | None:
    """The number of the group that may write a file, if there is the file and one may."""
    try:
        facts = os.stat(path)
    except OSError:
        return None
    return facts.st_gid if facts.st_mode & GROUP_WRITES else None


def group_here(path: Path, connection: sqlite3.Connection) -> int | None:
    """The group that shares what is to stand at a path: that of the store there, else the one named, in its folder."""
    if path.exists():
        return group_of(path)
    gid = number_of(recorded(connection) or "")
    return gid if gid is not None and _is_shared_folder(path.parent.stat(), gid) else None


def closed_to(folder: Path, group: Group) -> Path | None:
    """The outermost folder on the way that members of the group cannot enter, if there is one."""
    for step in (*reversed(folder.parents), folder):
        facts = step.stat()
        if not facts.st_mode & (stat.S_IXGRP if facts.st_gid == group.id else stat.S_IXOTH):
            return step
    return None


def to_share(path: Path, group: str) -> str:
    """The commands that give a store, its lock and its folder to a group; one with other files stays as it is."""
    lock = lock_of(path)
    files = (path, lock) if os.path.lexists(lock) else (path,)
    if any(not other.name.lstrip(".").startswith(path.name) for other in path.parent.iterdir()):
        own = path.parent / OWN_FOLDER
        made = f"mkdir {_quoted(own)} && mv {_all_quoted(files)} {_quoted(own)}"
        return f"{made} && {_to_give(own, [own / file.name for file in files], group)}"
    return _to_give(path.parent, files, group)


def _to_give(folder: Path, files: Iterable[Path], group: str) -> str:
    named = _all_quoted(files)
    shared = _to_share_folder(folder, group)
    return f"{shared} && chgrp {shlex.quote(group)} {named} && chmod {SHARED_FILE:o} {named}"


def _to_share_folder(folder: Path, group: str) -> str:
    return f"chgrp {shlex.quote(group)} {_quoted(folder)} && chmod {SHARED_FOLDER:o} {_quoted(folder)}"


def to_move_away(lock: Path) -> str:
    """The command that clears what is no lock out of its way; a lock is made anew."""
    return f"mv {_quoted(lock)} {_quoted(lock.with_name(f'{lock.name}.aside'))}"


def to_keep(path: Path) -> str:
    """The commands that leave a store to its owner."""
    return f"chmod 600 {_quoted(path)} && chmod 700 {_quoted(path.parent)}"


def to_follow(path: Path, group: str) -> str | None:
    """The commands by which the permissions of a store follow the group that it names, where they do not yet."""
    gid = group_of(path)
    if not group:
        return None if gid is None else to_keep(path)
    return None if gid == number_of(group) else to_share(path, group)


def writers(path: Path) -> list[str]:
    """The logins of who may write a store, in order: its group, and the owners of file and folder. Root always may."""
    owners = {login_of(facts.st_uid) for facts in (os.stat(path), os.stat(path.parent))}
    gid = group_of(path)
    return sorted(owners | (members_of(gid) if gid is not None else set()))


def lock_of(path: Path) -> Path:
    """The lock file of a store."""
    return path.with_name(f"{path.name}.lock")


def _is_shared_file(facts: os.stat_result, gid: int) -> bool:
    mode = stat.S_IMODE(facts.st_mode)
    return stat.S_ISREG(facts.st_mode) and facts.st_gid == gid and mode & ~EVERYBODY_READS == SHARED_FILE


def _is_shared_folder(facts: os.stat_result, gid: int) -> bool:
    """Whether new files in a folder belong to the group, and its members, but nobody else, may make and remove them.

    In a sticky folder a member could not clear away what another's crash left.
    """
    mode = facts.st_mode
    right = bool(mode & stat.S_ISGID) and not mode & (stat.S_ISVTX | EVERYBODY_WRITES)
    return facts.st_gid == gid and right and mode & stat.S_IRWXG == stat.S_IRWXG


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))


def _all_quoted(paths: Iterable[Path]) -> str:
    return " ".join(map(_quoted, paths))
