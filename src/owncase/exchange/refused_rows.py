"""The refused cases go into a file of their own, whole, each row with its line and the reason, to be mended.

The two columns in front are the only ones added; an import looks up its columns by name and leaves these alone.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from owncase.errors import CannotCreate
from owncase.exchange import csv_file
from owncase.exchange.log_rows import NONE, Columns, Log, RefusedRow
from owncase.exchange.new_file import NewFile

ADDED = ("refused_line", "refused_reason")


class OtherFileThere(CannotCreate):
    """The file for refused cases exists, and holds something else."""


def write_refused(path: Path, target: Path, log: Log, columns: Columns, refused: list[RefusedRow]) -> None:
    """Write the refused cases of the log at `path`. The very same file may be there already, from a run before this."""
    draft = NewFile(target)
    try:
        with draft.text() as file:
            csv.writer(file, lineterminator="\n").writerows(_refused_rows(path, log, columns, refused))
        if target.exists() and not draft.equals(target):
            raise OtherFileThere(f"{target} exists already, with other content", fix="name another file")
        draft.keep()
    finally:
        draft.drop()


def _refused_rows(path: Path, log: Log, columns: Columns, refused: list[RefusedRow]) -> Iterator[list[str]]:
    reasons = {row.line: row.reason for row in refused}
    cases = {log.cases.texts[row.case] for row in refused if row.case != NONE}
    rows = csv_file.rows(path)
    header = next(rows).cells
    place = header.index(columns.case)
    own = [number for number, name in enumerate(header) if name not in ADDED]
    yield [*ADDED, *(header[number] for number in own)]
    for row in rows:
        named = row.cells[place] if place < len(row.cells) else None
        if row.line in reasons or named in cases:
            kept = [row.cells[number] for number in own if number < len(row.cells)] + row.cells[len(header) :]
            yield [str(row.line), reasons.get(row.line, "belongs to a refused case"), *kept]
