"""The whole store as text: a JSON line for its head, then one for each record of history, byte for byte as hashed.

The tables are not in it, because history says what is in them. Lines are JSON in canonical form (sorted keys, no
spaces), so that the same store gives the same bytes wherever it is written out.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, TextIO

from owncase import __version__
from owncase.errors import CannotCreate
from owncase.exchange.new_file import NewFile
from owncase.store.heads import Head, head_of
from owncase.store.ledger import canonical
from owncase.store.reader import Reader

FORMAT = "owncase-export/1"
EVENTS = "SELECT seq, recorded_at, intent, signature, hash FROM event WHERE seq <= :last ORDER BY seq"
TEXTS = "SELECT event, commitment, hex(salt) AS salt, body FROM text WHERE event <= :last ORDER BY event, id"


class ExportExists(CannotCreate):
    """A file of this name is there already."""


def export_to(reader: Reader, target: Path, *, replacing: bool) -> Head:
    """Write an export beside `target`, down to the disk, and give it the name. Raises `ExportExists`, OSError."""
    if target.is_symlink() or (target.exists() and not (replacing and target.is_file())):
        raise ExportExists(f"{target} exists already", fix="name a new file, or say --force for a plain file")
    draft = NewFile(target)
    try:
        with draft.text() as file:
            head = write(reader, file)
        try:
            draft.keep() if replacing else draft.keep_new()
        except FileExistsError:
            raise ExportExists(f"{target} exists already", fix="name a new file, or say --force") from None
    finally:
        draft.drop()
    return head


def write(reader: Reader, file: TextIO) -> Head:
    """Write an export line by line, as of the head that the store has now."""
    head = head_of(reader.connection)
    file.write(
        _line({"format": FORMAT, "store": head.store, "seq": head.seq, "hash": head.hash, "program": __version__})
    )
    file.writelines(_records(reader, head.seq))
    return head


def _records(reader: Reader, last: int) -> Iterator[str]:
    texts = groupby(_each(reader, TEXTS, last), key=itemgetter("event"))
    ahead = next(texts, None)
    for record in _each(reader, EVENTS, last):
        kept = []
        if ahead is not None and ahead[0] == record["seq"]:
            kept = [[text["commitment"], text["salt"].lower(), text["body"]] for text in ahead[1]]
            ahead = next(texts, None)
        yield _line({**record, "texts": kept})


def _each(reader: Reader, sql: str, last: int) -> Iterator[dict[str, Any]]:
    yield from reader.connection.execute(sql, {"last": last})


def _line(value: dict[str, Any]) -> str:
    return canonical(value) + "\n"
