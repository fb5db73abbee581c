"""A row that cannot be taken is named by its line and column, with the reason and what would mend it."""

from typing import Any, NamedTuple

from owncase.errors import BadData, OwncaseError


class RowsRefused(BadData):
    """Some rows are no good, and nobody said that they may be left out."""


class Refusal(NamedTuple):
    """Why a row is not taken. `column` and `value` are those of the file, None where the whole row is meant."""

    line: int
    column: str | None
    value: str | None
    reason: str
    fix: str | None

    @classmethod
    def of(cls, line: int, column: str | None, value: str | None, error: OwncaseError) -> "Refusal":
        """The refusal that an error about this cell amounts to."""
        return cls(line, column, value, error.message, error.fix)

    @property
    def row(self) -> dict[str, Any]:
        """The refusal as a row of an answer."""
        return self._asdict()
