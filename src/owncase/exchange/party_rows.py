"""Each row of a file says something of one person or customer; rows that say it of the same one are put together.

Who is meant is what the handle says, or else the name. Two rows of one name that contradict each other are two people;
two such rows about a customer are a question. Of a row that is no good every cell is named that is to blame.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from owncase.domain.malformed import IsBlank
from owncase.errors import BadData
from owncase.exchange.mapping import Mapping as Columns
from owncase.exchange.records import Record
from owncase.exchange.refusal import Refusal

Outcome = Literal["new", "present", "changed", "refused"]


class Contradicts(BadData):
    """Two rows say different things of the same person or customer."""


class Sort(NamedTuple):
    """What is imported: its word, the field it is called by, and every field with what checks it (None: a person).

    Rows of one that differ in `several`, the first of these at least, each say something further of it.
    """

    word: str
    key: str
    checks: Mapping[str, Callable[[str], str] | None]
    several: tuple[str, ...] = ()


@dataclass(slots=True)
class Entry:
    """One person or customer of the file. `said` is the text of each field, `details` what is to be stored.

    `known` is the row of the store, of one who is here; `asked` the people whom fields name, by handle. `of` is whom
    the row says something further of.
    """

    line: int
    said: dict[str, str]
    columns: dict[str, str]
    details: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    handle: str = ""
    outcome: Outcome = "new"
    known: Mapping[str, Any] | None = None
    refusals: list[Refusal] = field(default_factory=list)
    of: "Entry | None" = None

    def refuse(self, name: str | None, error: BadData) -> None:
        """Let it not be taken, because of this field or of the whole row."""
        column = self.columns.get(name, name) if name else None
        self.refusals.append(Refusal.of(self.line, column, self.said.get(name or ""), error))
        self.outcome = "refused"

    def row(self, fields: Iterable[str]) -> dict[str, Any]:
        """The entry as a row of an answer: as it would be stored, or else as the file says."""
        said = {**self.said, **self.details, **self.asked}
        key = next(iter(fields := [name for name in fields if name != "active"]))
        return {
            "line": self.line, **{name: said.get(name) for name in fields}, key: self.handle or None,
            "outcome": self.outcome, "column": _joined(refusal.column for refusal in self.refusals),
            "reason": _joined(refusal.reason for refusal in self.refusals),
            "fix": _joined(refusal.fix for refusal in self.refusals),
        }  # fmt: skip

    def contradictions(self, other: "Entry", fields: Iterable[str]) -> list[str]:
        """The fields of which the two say different things."""
        mine, its = {**self.said, **self.details}, {**other.said, **other.details}
        return [name for name in fields if name in mine and name in its and mine[name] != its[name]]

    def take_from(self, other: "Entry") -> None:
        """Know also what another row says of the same."""
        self.said = {**other.said, **self.said}
        self.details = {**other.details, **self.details}
        self.columns = {**other.columns, **self.columns}


class Rows(NamedTuple):
    """What a file comes to. `again` rows say nothing new, `blank` ones name nobody, `gone` ones are of who has left."""

    entries: list[Entry]
    again: int
    blank: int
    gone: int


def gathered(records: Iterable[Record], columns: Columns, sort: Sort, *, twins: bool) -> Rows:
    """Read all rows and put together who is the same. With `twins`, a name may be that of several."""
    counts = {"blank": 0, "gone": 0}
    found: list[Entry] = []
    for record in records:
        if columns.leaves_out(record):
            continue
        entry = entry_of(record, columns, sort)
        if entry is None or columns.value(record, "active") == "false":
            counts["gone" if entry else "blank"] += 1
        else:
            found.append(entry)
    kept = _Together(sort, twins=twins)
    for entry in sorted(found, key=lambda one: sort.key not in one.said):
        kept.add(entry)
    return Rows(sorted(kept.entries, key=lambda one: one.line), kept.again, **counts)


def entry_of(record: Record, columns: Columns, sort: Sort) -> Entry | None:
    """A row as what it says of one, each cell checked; None where it says nothing."""
    cells = {name: cell for name in sort.checks if (cell := columns.cell(record, name))}
    said = {name: text.strip(" \t\r\n") for name in sort.checks if (text := columns.value(record, name))}
    entry = Entry(record.line, said, {name: cell[0] for name, cell in cells.items()})
    if record.fault:
        entry.refuse(None, BadData(record.fault, fix=record.mend))
        return entry  # its cells may belong to other columns
    if not said:
        return None
    for name, text in said.items():
        _check(entry, name, text, sort.checks[name])
    if "name" not in said and sort.key not in said:
        entry.refuse("name", IsBlank(f"the {sort.word} has no name", fix="fill it in, or say --map name=COLUMN"))
    return entry


def _check(entry: Entry, name: str, text: str, check: Callable[[str], str] | None) -> None:
    if check is None:
        return
    try:
        entry.details[name] = check(text)
    except BadData as error:
        entry.refuse(name, error)


class _Together:
    """Entries by handle and by name, as they come; those that were refused stand alone."""

    def __init__(self, sort: Sort, *, twins: bool) -> None:
        self.sort, self.twins = sort, twins
        self.entries: list[Entry] = []
        self.again = 0
        self._by_key: dict[str, Entry] = {}
        self._by_name: dict[str, list[Entry]] = {}

    def add(self, entry: Entry) -> None:
        if not entry.refusals:
            key, name = entry.details.get(self.sort.key), entry.details.get("name", "")
            others = ([self._by_key[key]] if key in self._by_key else []) if key else self._by_name.get(name, [])
            if self._is_again(entry, others, may_be_twin=self.twins and not key):
                return
            if not entry.refusals and entry.of is None:
                self._remember(entry, key, name)
        self.entries.append(entry)

    def _is_again(self, entry: Entry, others: list[Entry], *, may_be_twin: bool) -> bool:
        """Whether one of these is meant; then it knows more. Contradicting the only one is refused."""
        for other in others:
            if not (contrary := entry.contradictions(other, self.sort.checks)):
                other.take_from(entry)
                self.again += 1
                return True
            if contrary[0] in self.sort.several[:1] and set(contrary) <= set(self.sort.several):
                entry.of = other
                return False
            if not may_be_twin:
                self._refuse(entry, other, contrary)
        return False

    def _refuse(self, entry: Entry, other: Entry, contrary: list[str]) -> None:
        called = other.said.get(self.sort.key) or other.said["name"]
        for name in contrary:
            what = f"another {name} than line {other.line} says of {called}"
            entry.refuse(name, Contradicts(what, fix=f"mend one of them, or leave the column out: --map {name}="))

    def _remember(self, entry: Entry, key: str | None, name: str) -> None:
        if key:
            self._by_key[key] = entry
        if name:
            self._by_name.setdefault(name, []).append(entry)


def _joined(parts: Iterable[str | None]) -> str | None:
    return "; ".join(dict.fromkeys(part for part in parts if part)) or None
