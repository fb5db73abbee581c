"""A value is a row of its table and knows its key there; prose is kept out of history."""

from typing import ClassVar, Protocol


class Prose(str):
    """A text that people wrote and may want removed one day: history holds a commitment to it, not the text."""

    __slots__ = ()


REDACTED = Prose("[redacted]")
"""What is read in the place of a text that was removed."""


class Value(Protocol):
    """What every value has: the table it is a row of, and its key there."""

    TABLE: ClassVar[str]

    @property
    def row_key(self) -> object:
        """What identifies the row in its table."""
