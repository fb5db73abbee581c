"""A store is one regular file on a local disk, private or its group's: what is checked of a path before opening it."""

import os
import stat
import sys
from pathlib import Path

from owncase.errors import BadData, Misconfigured, NotFound, NotPermitted

NETWORK = frozenset(
    (
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "virtiofs", "vboxsf", "drvfs", "fuse.rclone",
        "ceph", "glusterfs", "fuse.glusterfs", "afs",
    )
)  # fmt: skip
LAYERED = frozenset(("overlay", "aufs"))
OTHERS_MAY_WRITE = 0o022
GROUP_WRITES = 0o020


class StoreMissing(NotFound):
    """There is no store at this path, and only `owncase init` makes one."""


class NotAStore(BadData):
    """The file is something else than an owncase store."""


class UnsafePlace(NotPermitted):
    """Others could write the store, or it is not yours."""


class NetworkDisk(Misconfigured):
    """SQLite's locks do not hold across machines."""


def existing(path: Path) -> Path:
    """The real path of the store to open. Raises when it is missing, no regular file, shared, or on a network disk."""
    pinned = private_file(path)
    is_local(pinned)
    return pinned


def private_file(path: Path) -> Path:
    """The same without asking which disk it is on, for a file whose disk is known. Raises as `existing` does."""
    pinned = Path(os.path.realpath(path))
    try:
        facts = os.stat(pinned)
    except (FileNotFoundError, NotADirectoryError):
        raise StoreMissing(
            f"there is no store at {path}",
            fix="if your team has one: owncase --store PATH join HANDLE; "
            "to start one: owncase init --me HANDLE --name NAME; to practise first: owncase tutorial",
        ) from None
    if not stat.S_ISREG(facts.st_mode):
        raise StoreMissing(f"{path} is not a file", fix="name a store, or make one: owncase init")
    if facts.st_size == 0:
        raise StoreMissing(f"{path} is empty, not a store", fix="remove it, then: owncase init")
    _is_kept(pinned, facts)
    return pinned


def _is_kept(path: Path, facts: os.stat_result) -> None:
    if facts.st_nlink != 1:
        raise UnsafePlace(f"{path} has {facts.st_nlink} hard links, which SQLite cannot lock", fix="keep one name only")
    if not facts.st_mode & GROUP_WRITES:
        _is_private(path, facts)
        return
    from owncase.store.sharing import is_shared  # a private store pays nothing for it

    is_shared(path, facts)


def _is_private(path: Path, facts: os.stat_result) -> None:
    if facts.st_mode & OTHERS_MAY_WRITE:
        raise UnsafePlace(f"others may write {path}", fix=f"chmod go-w {path}")
    user = os.geteuid()  # noqa: TID251 - whose file this is, not who acts
    if user not in (0, facts.st_uid):
        raise UnsafePlace(f"{path} belongs to another OS user", fix="use a store of your own")
    is_own_folder(path.parent)


def is_own_folder(folder: Path) -> None:
    """Raise `UnsafePlace` for a folder in which somebody else could exchange a private store, or plant its journal."""
    facts = os.stat(folder)
    if facts.st_mode & OTHERS_MAY_WRITE:
        ours = "keep the store in a folder of its own" if facts.st_mode & stat.S_ISVTX else f"chmod go-w {folder}"
        raise UnsafePlace(f"others may write the folder {folder}", fix=ours)
    user = os.geteuid()  # noqa: TID251 - whose folder this is, not who acts
    if user != 0 and facts.st_uid not in {0, user}:
        raise UnsafePlace(
            f"the folder {folder} belongs to another OS user", fix="keep the store in a folder of your own"
        )


def is_local(path: Path) -> None:
    """Raise `NetworkDisk` where the path is on a network file system; layered ones are only worth a warning."""
    kind = file_system(path)
    if kind in NETWORK:
        raise NetworkDisk(f"{path} is on a network disk ({kind})", fix="keep the store on a local disk")


def is_layered(path: Path) -> bool:
    """Whether the path is on a container's layered file system, which is gone with the container."""
    return file_system(path) in LAYERED


def file_system(path: Path, table: str = "/proc/self/mountinfo") -> str:
    """The type of the file system that holds a path, or an empty text where the system does not tell (Linux tells)."""
    if not sys.platform.startswith("linux"):
        return ""
    best, kind = "", ""
    try:
        with open(table, encoding="utf-8", errors="surrogateescape") as mounts:
            for line in mounts:
                parts = line.split(" ")
                point = parts[4].replace("\\040", " ")
                inside = point == "/" or str(path) == point or str(path).startswith(point + "/")
                if inside and len(point) >= len(best):
                    best, kind = point, parts[parts.index("-") + 1]
    except (OSError, ValueError, IndexError):
        return ""
    return kind
