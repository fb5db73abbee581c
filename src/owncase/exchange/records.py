"""A file of any format becomes rows of named cells: one way to read CSV, TSV, JSON, JSON Lines, todo.txt
and vCard.

    table = records.read("cases.csv", world.stdin)
    for record in table.rows:            # once, as they come; the file is never held whole
        record.line, record.cells, record.fault

The format is what `form` says, else what the name ends in, else what the first character shows. Cells of JSON are
reached by dotted paths: `assignee.login`, `labels.0.name`, and `labels.*.name` for all of them, joined by commas.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple, TextIO

from owncase.errors import BadData, UsageProblem
from owncase.exchange import csv_file, json_file, todo_file, vcard_file
from owncase.exchange.guard import unguard
from owncase.exchange.source import CHUNK, Source

FORMS = ("csv", "tsv", "json", "jsonl", "todo.txt", "vcf")
MOST = 1_000_000
_ENDINGS = {".csv": "csv", ".tsv": "tsv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".txt": "todo.txt"}
_ENDINGS |= {".vcf": "vcf", ".vcard": "vcf"}
_DELIMITERS = ",;"


class EmptyFile(BadData):
    """There is not even a header."""


class TooManyRecords(BadData):
    """The file has more rows than an import takes."""


class Record(NamedTuple):
    """One row. `line` is where it begins, or of a JSON array the number of the item; `fault` says why it is no good,
    and `mend` what would help."""

    line: int
    cells: Mapping[str, str]
    fault: str | None = None
    mend: str = "does a cell hold a comma? quote it"


class Table(NamedTuple):
    """The names of the columns, each as often as the file has it, and the rows.

    `form` is one of FORMS; `unit`, "line" or "item", is what `Record.line` counts.
    """

    header: list[str]
    rows: Iterator[Record]
    form: str
    unit: str = "line"


def read(path: str, stdin: TextIO, form: str | None = None) -> Table:
    """Begin to read a file, or stdin for `-`; the rest is read with the rows.

    Raises UsageProblem for an unknown format, and at once or with a row BadData for what cannot be read, and OSError.
    """
    if form is not None and form not in FORMS:
        raise UsageProblem(f"--from takes no {form!r}", fix=f"one of {', '.join(FORMS)}")
    source = Source(path, stdin)
    table = _table(source, form or _ENDINGS.get(source.suffix), sniffed=form is None)
    return table._replace(rows=_counted(table.rows, source))


def _table(source: Source, form: str | None, *, sniffed: bool) -> Table:
    form = form or _sniffed(source)
    if form in ("csv", "tsv"):
        return _csv(source, "\t" if form == "tsv" else None if sniffed else _DELIMITERS)
    if form == "todo.txt":
        return Table(todo_file.header(source), (Record(*task) for task in todo_file.tasks(source)), form)
    if form == "vcf":
        return Table(vcard_file.HEADER, (Record(*card) for card in vcard_file.cards(source)), form)
    items = json_file.Items(source, lines=form == "jsonl")
    return Table(items.header(), (Record(*item) for item in items), form, items.unit)


def _csv(source: Source, delimiters: str | None) -> Table:
    lines = csv_file.lines(source.opened())
    first = next(lines, "")
    said = first.removeprefix("sep=").rstrip("\r\n") if first.startswith("sep=") else ""
    delimiter = said if len(said) == 1 else _delimiter(first, delimiters)
    rows = csv_file.parsed(lines if len(said) == 1 else chain([first], lines), delimiter)
    header = next(rows, None)
    if header is None:
        raise EmptyFile(f"{source.name} is empty", fix="the first line has to name the columns")
    return Table(header.cells, _records(header.cells, rows), "tsv" if delimiter == "\t" else "csv")


def _delimiter(header: str, wanted: str | None) -> str:
    """What the names of columns stand apart by: the most frequent mark outside quotes, a comma first."""
    bare = "".join(header.split('"')[::2])
    if wanted is None:
        wanted = _DELIMITERS if "," in bare else _DELIMITERS + "\t"
    return max(wanted, key=bare.count)


def _records(header: list[str], rows: Iterator[csv_file.Row]) -> Iterator[Record]:
    repeated = {name for name, times in Counter(header).items() if times > 1}
    for row in rows:
        cells = {name: unguard(cell) for name, cell in zip(header, row.cells, strict=False) if name not in repeated}
        yield Record(row.line, cells, _fault(len(row.cells), len(header)))


def _fault(cells: int, wanted: int) -> str | None:
    return None if cells == wanted else f"has {cells} {'cell' if cells == 1 else 'cells'}, the header {wanted}"


def _sniffed(source: Source) -> str:
    beginning = source.opened().read(CHUNK).removeprefix(b"\xef\xbb\xbf").lstrip()
    if beginning[:11].lower() == b"begin:vcard":
        return "vcf"
    return "json" if beginning[:1] in (b"[", b"{") else "csv"


def _counted(rows: Iterator[Record], source: Source) -> Iterator[Record]:
    for number, record in enumerate(rows, start=1):
        if number > MOST:
            raise TooManyRecords(f"{source.name} has more than {MOST:,} rows", fix="split it into smaller files")
        yield record
