"""A file appears under its name whole, private and on the disk, or not at all."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from owncase.errors import CannotCreate


class TargetExists(CannotCreate):
    """Something is there already."""


class NotAFile(CannotCreate):
    """Only a plain file is replaced."""


def may_become(target: Path, *, replacing: bool) -> None:
    """Refuse a target that exists (unless it may be replaced), is a link, or is anything but a plain file."""
    try:
        facts = target.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISREG(facts.st_mode):
        raise NotAFile(f"{target} is not a plain file", fix="name a new file")
    if not replacing:
        raise TargetExists(f"{target} exists already", fix="name a new file, or say --force")


@contextmanager
def draft_of(target: Path) -> Iterator[Path]:
    """An empty 0600 file in the target's folder to be filled; it is gone afterwards unless it was put in place."""
    draft = target.with_name(f".{target.name}.{token_hex(4)}")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
    try:
        yield draft
    finally:
        for name in (draft, draft.with_name(f"{draft.name}-journal")):
            with suppress(FileNotFoundError):
                name.unlink()


def put_in_place(draft: Path, target: Path, *, replacing: bool) -> None:
    """Give the draft the target's name, after its bytes have reached the disk. Raises `TargetExists`."""
    sync(draft)
    if replacing:
        os.replace(draft, target)
    else:
        try:
            os.link(draft, target)
        except FileExistsError:
            raise TargetExists(f"{target} exists already", fix="name a new file, or say --force") from None
        draft.unlink()
    sync(target.parent)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, have reached the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def free_name(path: Path, why: str) -> Path:
    """A name beside a file that nothing has yet: `cases.db.before-restore`, else `cases.db.before-restore-2`."""
    name, number = path.with_name(f"{path.name}.{why}"), 1
    while os.path.lexists(name):
        number += 1
        name = path.with_name(f"{path.name}.{why}-{number}")
    return name
