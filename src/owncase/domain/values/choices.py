"""A choice that holds for the whole store."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A choice that holds for the whole store, such as `require-login`."""

    TABLE: ClassVar[str] = "setting"
    name: str
    value: str
    event: int

    @property
    def row_key(self) -> str:
        """The setting's name."""
        return self.name
