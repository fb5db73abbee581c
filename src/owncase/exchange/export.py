"""The whole store as text: a JSON line for its head, then one for each record of history, byte for byte as hashed.

The tables are not in it, because history says what is in them. Lines are JSON in canonical form (sorted keys, no
spaces), so that the same store gives the same bytes wherever it is written out.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO, TypeVar

from owncase import __version__
from owncase.errors import CannotCreate
from owncase.exchange.new_file import NewFile
from owncase.store.heads import Head, head_of
from owncase.store.ledger import canonical
from owncase.store.reader import Reader
from owncase.store.whole_history import records

FORMAT = "owncase-export/1"
DATABASE = b"SQLite format 3\0"
Written = TypeVar("Written")


class ExportExists(CannotCreate):
    """A file of this name is there already."""


def export_to(reader: Reader, target: Path, *, replacing: bool) -> Head:
    """Write the whole store into a new file. Raises as `saved`."""
    return saved(target, lambda file: write(reader, file), replacing=replacing)


def saved(target: Path, writing: Callable[[TextIO], Written], *, replacing: bool) -> Written:
    """Write a file beside `target`, down to the disk, and give it the name. Raises `ExportExists`, OSError."""
    if target.is_symlink() or (target.exists() and not (replacing and target.is_file())):
        raise ExportExists(f"{target} exists already", fix="name a new file, or say --force for a plain file")
    if replacing and _is_database(target):
        raise ExportExists(f"{target} is a store, and no export takes its place", fix="name another file")
    draft = NewFile(target)
    try:
        with draft.text() as file:
            written = writing(file)
        try:
            draft.keep() if replacing else draft.keep_new()
        except FileExistsError:
            raise ExportExists(f"{target} exists already", fix="name a new file, or say --force") from None
    finally:
        draft.drop()
    return written


def write(reader: Reader, file: TextIO) -> Head:
    """Write an export line by line, as of the head that the store has now."""
    head = head_of(reader.connection)
    file.write(
        _line({"format": FORMAT, "store": head.store, "seq": head.seq, "hash": head.hash, "program": __version__})
    )
    file.writelines(map(_line, records(reader, head.seq)))
    return head


def _is_database(path: Path) -> bool:
    """Whether a file is one of SQLite's: this store, another one, or a backup."""
    try:
        with path.open("rb") as file:
            return file.read(len(DATABASE)) == DATABASE
    except FileNotFoundError:
        return False


def _line(value: dict[str, Any]) -> str:
    return canonical(value) + "\n"
