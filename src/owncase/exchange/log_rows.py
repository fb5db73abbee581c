"""A log in memory takes some thirty bytes a row: numbers in arrays, and each distinct text once.

Every row is checked while it is read. Of a row that is no good the line and the reason are kept; its case is refused.
"""

from array import array
from collections.abc import Callable, Sequence
from datetime import tzinfo
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from owncase.domain import text
from owncase.errors import BadData
from owncase.exchange import csv_file
from owncase.exchange.log_moment import LAST_MINUTE, seconds_of

NONE = -1
UNKNOWN = ("", "?")
MOST_REFUSED = 100_000
PLAIN = 200


class MalformedHeader(BadData):
    """The header names a column twice, or lacks one that was asked for."""


class TooManyRefused(BadData):
    """So many rows are refused that the file is another one than the columns say."""


class Columns(NamedTuple):
    """The columns of the file by their names in its header."""

    case: str
    at: str
    owner: str
    status: str
    customer: str | None = None
    due: str | None = None
    title: str | None = None


class RefusedRow(NamedTuple):
    """A row that is no good, the number of its case (or NONE), and why. Case rows that are good are refused with it."""

    line: int
    case: int
    reason: str


class Spellings:
    """The distinct texts of a column, each checked once and then known by its number."""

    def __init__(self, check: Callable[[str], str], unknown: Sequence[str] = ()) -> None:
        self.texts: list[str] = []
        self._check = check
        self._numbers = dict.fromkeys(unknown, NONE)
        self._checked: dict[str, int] = {}

    def number(self, cell: str) -> int:
        """The number of a text. Raises BadData when it is no good."""
        found = self._numbers.get(cell)
        return self._first(cell) if found is None else found

    def _first(self, cell: str) -> int:
        if self._numbers.get(cell.strip()) == NONE:
            number = NONE
        else:
            checked = cell if _is_plain(cell) else self._check(cell)
            number = self._checked.setdefault(checked, len(self.texts))
            if number == len(self.texts):
                self.texts.append(checked)
        self._numbers[cell] = number
        return number


class Log:
    """All rows of a file, good ones only, in file order; `rows_of` gives those of one case."""

    def __init__(self) -> None:
        self.cases = Spellings(text.external_id)
        self.owners = Spellings(lambda cell: text.name(cell, "owner"), UNKNOWN)
        self.statuses = Spellings(lambda cell: text.one_line(cell, "status"))
        self.customers = Spellings(lambda cell: text.name(cell, "customer"), UNKNOWN)
        self.titles = Spellings(lambda cell: text.one_line(cell, "title"), ("",))
        self.case, self.line, self.owner = array("i"), array("i"), array("i")
        self.status, self.customer, self.title = array("i"), array("i"), array("i")
        self.at, self.due = array("q"), array("q")
        self.refused: list[RefusedRow] = []
        self._starts, self._order = array("i"), array("i")

    def group(self) -> None:
        """Find the rows of each case, wherever in the file they are."""
        counts = [0] * len(self.cases.texts)
        for case in self.case:
            counts[case] += 1
        self._starts = array("i", accumulate(counts, initial=0))
        self._order = array("i", bytes(4 * len(self.case)))
        free = array("i", self._starts)
        for row, case in enumerate(self.case):
            self._order[free[case]] = row
            free[case] += 1

    def rows_of(self, case: int) -> Sequence[int]:
        """The rows of a case in file order."""
        return self._order[self._starts[case] : self._starts[case + 1]]


def read(path: Path, columns: Columns, zone: tzinfo) -> Log:
    """Read and check a whole file. Raises BadData when it cannot be read as a table at all."""
    rows = csv_file.rows(path)
    header = next(rows, None)
    if header is None:
        raise MalformedHeader(f"{path.name} is empty", fix="the first line has to name the columns")
    log = Log()
    reader = _RowReader(log, header.cells, columns, zone)
    for row in rows:
        try:
            reader.take(row)
        except BadData as trouble:
            log.refused.append(RefusedRow(row.line, reader.case_of(row), trouble.message))
            if len(log.refused) > MOST_REFUSED:
                raise TooManyRefused(
                    f"more than {MOST_REFUSED:,} rows are refused, the first in line {log.refused[0].line}: "
                    f"{log.refused[0].reason}",
                    fix="are these the right columns?",
                ) from None
    log.group()
    return log


class _RowReader:
    def __init__(self, log: Log, header: list[str], columns: Columns, zone: tzinfo) -> None:
        self.log, self.zone, self.width = log, zone, len(header)
        for number, name in enumerate(header):
            if name in header[:number]:
                raise MalformedHeader(f"line 1 names the column {name!r} twice", fix="rename one of them")
        at = [_position(header, name) for name in columns]
        self.case, self.at, self.owner, self.status = (place or 0 for place in at[:4])
        self.customer, self.due, self.title = at[4:]

    def take(self, row: csv_file.Row) -> None:
        """Keep a row, whole or not at all."""
        log, cells = self.log, row.cells
        if len(cells) != self.width:
            raise BadData(f"has {len(cells)} cells, and the header has {self.width}")
        case = log.cases.number(cells[self.case])
        at = seconds_of(cells[self.at], self.zone)
        owner = log.owners.number(cells[self.owner])
        status = log.statuses.number(cells[self.status])
        customer = NONE if self.customer is None else log.customers.number(cells[self.customer])
        title = NONE if self.title is None else log.titles.number(cells[self.title])
        due = 0
        if self.due is not None and cells[self.due]:
            due = seconds_of(cells[self.due], self.zone, day_ends=LAST_MINUTE)
        log.case.append(case)
        log.line.append(row.line)
        log.at.append(at)
        log.owner.append(owner)
        log.status.append(status)
        log.customer.append(customer)
        log.title.append(title)
        log.due.append(due)

    def case_of(self, row: csv_file.Row) -> int:
        """The number of the case that a refused row names, or NONE."""
        try:
            return self.log.cases.number(row.cells[self.case])
        except (BadData, IndexError):
            return NONE


def _is_plain(cell: str) -> bool:
    """Whether no check can find fault, as with nearly every cell; each check takes its time."""
    return cell.isascii() and cell.isprintable() and 0 < len(cell) <= PLAIN and cell == cell.strip()


def _position(header: list[str], name: str | None) -> int | None:
    if name is None:
        return None
    if name not in header:
        listed = ", ".join(repr(column) for column in header[:20])
        raise MalformedHeader(f"line 1 names no column {name!r}", fix=f"its columns are {listed}")
    return header.index(name)
