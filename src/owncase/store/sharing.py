"""A store is shared by the members of one Unix group and by nobody else, or it is private.

The group of the file, the lock and the folder is one; new files get it from the folder, which is setgid; and history
says which group that is. Permissions alone would let in any group to which somebody gave the file.
"""

import os
import shlex
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

from owncase.store.groups import Group, login_of, may_act_in, members_of, name_of, number_of, to_enter
from owncase.store.place import GROUP_WRITES, UnsafePlace

SHARED_FILE, SHARED_FOLDER = 0o660, 0o2770
EVERYBODY_READS, EVERYBODY_WRITES = 0o004, 0o002
RECORDED = "SELECT value FROM setting WHERE name = 'group'"


def is_shared(path: Path, facts: os.stat_result) -> None:
    """Raise `UnsafePlace` unless a group-writable store is its group's whole and nobody else's, and we are in it."""
    name = name_of(facts.st_gid)
    if not all(_fits(found, facts.st_gid) for found in _around(path, facts)):
        raise UnsafePlace(
            f"others may write {path}, or not everybody in the group {name} may",
            fix=f"for yourself: chmod go-w {_quoted(path)}; to share it with {name}: {to_share(path, name)}",
        )
    mine = os.geteuid() == facts.st_uid  # noqa: TID251 - whose file this is, not who acts
    if not mine and not may_act_in(facts.st_gid):
        raise UnsafePlace(f"{path} is shared by the group {name}, and you are not in it", fix=to_enter(name))


def is_recorded(connection: sqlite3.Connection, path: Path, gid: int) -> None:
    """Raise `UnsafePlace` for an opened store that another group may write than the one its history names."""
    said = recorded(connection)
    if said and number_of(said) == gid:
        return
    name = name_of(gid)
    if said:
        raise UnsafePlace(
            f"the group {name} may write {path}, which is shared with {said}",
            fix=f"{to_share(path, said)}; or for its owner alone: {to_keep(path)}",
        )
    raise UnsafePlace(f"the group {name} may write {path}, which is shared with no group", fix=to_keep(path))


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
    mine = facts.st_uid == os.geteuid()  # noqa: TID251 - whose folder this is, not who acts
    if not mine or any(folder.iterdir()):
        raise UnsafePlace(
            f"{folder} is not a folder of the group {group.name} alone",
            fix=f"chgrp {shlex.quote(group.name)} {_quoted(folder)} && chmod {SHARED_FOLDER:o} {_quoted(folder)}"
            ", or name a store in a folder of its own",
        )
    os.chown(folder, -1, group.id)
    os.chmod(folder, SHARED_FOLDER)


def give(path: Path, gid: int) -> None:
    """Give a file of ours to the group, whatever the umask left of its mode."""
    os.chown(path, -1, gid, follow_symlinks=False)
    os.chmod(path, SHARED_FILE)


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
    """The commands that give a store, its lock and its folder to a group."""
    lock = lock_of(path)
    files = " ".join(_quoted(file) for file in ((path, lock) if lock.exists() else (path,)))
    folder, name = _quoted(path.parent), shlex.quote(group)
    return f"chgrp {name} {folder} {files} && chmod {SHARED_FOLDER:o} {folder} && chmod {SHARED_FILE:o} {files}"


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
    """The logins of who may write a store, in order: its owner, and everybody in its group. Root always may."""
    facts, gid = os.stat(path), group_of(path)
    return sorted({login_of(facts.st_uid), *(members_of(gid) if gid is not None else ())})


def lock_of(path: Path) -> Path:
    """The lock file of a store."""
    return path.with_name(f"{path.name}.lock")


def _around(path: Path, facts: os.stat_result) -> Iterator[os.stat_result]:
    yield facts
    yield os.stat(path.parent)
    if lock_of(path).exists():
        yield os.stat(lock_of(path))


def _fits(facts: os.stat_result, gid: int) -> bool:
    if stat.S_ISDIR(facts.st_mode):
        return _is_shared_folder(facts, gid)
    return facts.st_gid == gid and stat.S_IMODE(facts.st_mode) & ~EVERYBODY_READS == SHARED_FILE


def _is_shared_folder(facts: os.stat_result, gid: int) -> bool:
    """Whether new files in a folder belong to the group, and its members, but nobody else, may make and remove them.

    In a sticky folder a member could not clear away what another's crash left.
    """
    mode = facts.st_mode
    right = bool(mode & stat.S_ISGID) and not mode & (stat.S_ISVTX | EVERYBODY_WRITES)
    return facts.st_gid == gid and right and mode & stat.S_IRWXG == stat.S_IRWXG


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))
