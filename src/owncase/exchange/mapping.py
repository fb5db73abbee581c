"""A mapping says which column of a file is which field of ours, and how its values are to be understood.

    chosen = mapping.parse(["owner=Rep,next=Step"])        # or mapping_file.find(settings, "jira"); in `a | b` b wins
    fitted = chosen.fitted(table.header, fields)           # every column is one of the file; same names fill the rest
    fitted.value(record, "owner")                          # text, or None where there is nothing

`columns` gives for each field the columns to look into, the first with something in it counts. `dates`, `source` and
`closed` (globs of a status that ends a case) are what the flags of the same name say, or None and (). `default` is the
text of a field where the file has nothing, in which `{Column}` stands for a field or a column. Records for which
`leaves_out` is true are no business of ours, such as pull requests among issues. `mapping_file` keeps mappings by name.
"""

import re
from collections.abc import Mapping as Named
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Any

from owncase.errors import BadData, UsageProblem
from owncase.exchange.records import Record

LISTED, LOOKED_AT = 40, 1_000
"""How many columns are listed at most, and among how many a near name is looked for."""

_PART = re.compile(r',(?=\s*"?[A-Za-z_]+"?\s*=)')
_NUMBER = re.compile(r"(?<=\.)[0-9]+(?=\.|$)")
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


class NoSuchField(UsageProblem):
    """A mapping names a field that such a file does not have here."""


class NoSuchColumn(BadData):
    """A mapping names a column that is not in the file."""


class RepeatedColumn(BadData):
    """A mapping names a column that the file has more than once."""


@dataclass(frozen=True)
class Mapping:
    """Which columns stand for which field. `stated` fields were named by the person, and have to be in the file."""

    columns: Named[str, tuple[str, ...]] = field(default_factory=dict)
    stated: frozenset[str] = frozenset()
    source: str | None = None
    dates: str | None = None
    closed: tuple[str, ...] = ()
    default: Named[str, str] = field(default_factory=dict)
    values: Named[str, Named[str, str]] = field(default_factory=dict)
    left_out: Named[str, str] = field(default_factory=dict)
    about: str = ""

    def value(self, record: Record, name: str) -> str | None:
        """The text of a field in a record, translated; None where there is nothing but blanks."""
        found = self.cell(record, name)
        return self._filled(record, name) if found is None else self._translated(name, found[1])

    def cell(self, record: Record, name: str) -> tuple[str, str] | None:
        """The column in which a field's text stands, and the text as it stands there."""
        for column in self.columns.get(name, ()):
            if (text := record.cells.get(column)) and not text.isspace():
                return column, text
        return None

    def leaves_out(self, record: Record) -> bool:
        """Whether a record is none of ours."""
        return any(fnmatchcase(record.cells.get(column, ""), glob) for column, glob in self.left_out.items())

    def ends(self, status: str | None) -> bool:
        """Whether a status says that the case is over."""
        return status is not None and any(fnmatchcase(status, glob) for glob in self.closed)

    def __or__(self, other: "Mapping") -> "Mapping":
        """This mapping, with what the other one says instead."""
        merged = {name: {**getattr(self, name), **getattr(other, name)} for name in ("default", "values", "left_out")}
        return replace(
            self, columns={**self.columns, **other.columns}, stated=self.stated | other.stated,
            source=other.source or self.source, dates=other.dates or self.dates, closed=other.closed or self.closed,
            about=other.about or self.about, **merged,
        )  # fmt: skip

    def fitted(self, header: Sequence[str], fields: Sequence[str]) -> "Mapping":
        """The mapping in the file's own spelling; fields that nobody mapped are the columns of the same name.

        Raises `NoSuchField` for a stated field that is not one of `fields`, `NoSuchColumn`, `RepeatedColumn`.
        """
        for name in sorted(self.stated.difference(fields)):
            raise _no_such_field(name, fields)
        found = {name: self._fit(name, header) for name in fields}
        wanted = sorted({column for name in fields for column in self.columns.get(name, ())})
        if header and wanted and not any(found[name] for name in fields if name in self.columns):
            raise _none_of(wanted, header)
        if header and not any(found.values()):
            raise NoSuchColumn(
                f"no column is called like a field: {', '.join(fields)}",
                fix=f"--map {fields[0]}=COLUMN, once for each; its columns: {_listed(header)}",
            )
        return replace(self, columns={name: columns for name, columns in found.items() if columns})

    def _fit(self, name: str, header: Sequence[str]) -> tuple[str, ...]:
        wished = self.columns.get(name, (name,))
        found = [_spelt(column, header) for column in wished]
        if header and wished and name in self.stated and not any(found):
            raise _no_such_column(wished[0], header)
        fitting = tuple(column for column in found if column is not None)
        for column in fitting:
            if header.count(column) > 1:
                raise RepeatedColumn(
                    f"the file has {header.count(column)} columns called {column}, and {name} is to be one of them",
                    fix=f"rename one of them, or take another: --map {name}=COLUMN",
                )
        return fitting

    def _translated(self, name: str, text: str) -> str | None:
        folded = text.strip().casefold()
        for glob, meant in self.values.get(name, {}).items():
            if fnmatchcase(folded, glob.casefold()):
                return meant or None
        return text

    def _filled(self, record: Record, name: str) -> str | None:
        template = self.default.get(name)
        if template is None:
            return None
        return _PLACEHOLDER.sub(lambda match: self._named(record, match[1]), template).strip() or None

    def _named(self, record: Record, name: str) -> str:
        found = self.cell(record, name)
        return found[1] if found else record.cells.get(name, "")


def parse(said: Sequence[str]) -> Mapping:
    """What `--map` said, each `field=column` or several apart by commas; `field=` is for no column at all.

    Raises UsageProblem for anything else.
    """
    columns: dict[str, tuple[str, ...]] = {}
    for part in (part for words in said for part in _PART.split(words)):
        name, sign, column = (_unquoted(side) for side in part.partition("="))
        if not sign or not name:
            raise UsageProblem(f"--map takes FIELD=COLUMN, not {part.strip()!r}", fix='--map "next=Next step"')
        if name.lower() in columns:
            raise UsageProblem(f"--map says twice what {name} is", fix="say it once")
        columns[name.lower()] = (column,) if column else ()
    return Mapping(columns=columns, stated=frozenset(columns))


def _unquoted(text: str) -> str:
    kept = text.strip()
    return kept[1:-1] if len(kept) > 1 and kept[0] == kept[-1] == '"' else kept


def _spelt(column: str, header: Sequence[str]) -> str | None:
    """The column as the file writes it, a number in a path standing for any item of a list; None for none."""
    pattern = _NUMBER.sub("*", column)
    if column in header or pattern in header or pattern.removesuffix(".*") in header:
        return column
    folded = column.strip().casefold()
    return next((name for name in header if name.strip().casefold() == folded), None)


def _none_of(wanted: Sequence[str], header: Sequence[str]) -> NoSuchColumn:
    if len(wanted) == 1:
        return _no_such_column(wanted[0], header)
    return NoSuchColumn(f"the file has none of the columns {', '.join(wanted)}", fix=f"its columns: {_listed(header)}")


def _no_such_field(name: str, fields: Sequence[str]) -> NoSuchField:
    near = get_close_matches(name, fields, n=1)
    fix = f"did you mean {near[0]}? " if near else ""
    return NoSuchField(f"there is no field {name}", fix=f"{fix}one of {', '.join(fields)}")


def _no_such_column(column: str, header: Sequence[str]) -> NoSuchColumn:
    folded: dict[str, Any] = {name.casefold(): name for name in header[:LOOKED_AT]}
    near = [folded[name] for name in get_close_matches(column.casefold(), folded, n=2)]
    said = f"did you mean {' or '.join(near)}? " if near else ""
    return NoSuchColumn(f"the file has no column {column}", fix=f"{said}its columns: {_listed(header)}")


def _listed(header: Sequence[str]) -> str:
    names = list(dict.fromkeys(header))
    more = f" and {len(names) - LISTED:,} more" if len(names) > LISTED else ""
    return ", ".join(names[:LISTED]) + more
