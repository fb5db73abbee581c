"""The tables as SQLModel rows, made from the values themselves so that a column is written down once."""

from dataclasses import MISSING, fields
from typing import Any

from sqlmodel import Field, SQLModel

from owncase.domain import values
from owncase.domain.values import KEYS, Row
from owncase.store.memory import KINDS


def _model(kind: type[Row]) -> type[SQLModel]:
    keys = KEYS.get(kind.TABLE, ("id",))
    space: dict[str, Any] = {"__tablename__": kind.TABLE, "__module__": __name__, "__annotations__": {}}
    for column in fields(kind):
        space["__annotations__"][column.name] = column.type
        default = ... if column.default is MISSING else column.default
        space[column.name] = Field(default, primary_key=column.name in keys)
    metaclass: Any = type(SQLModel)
    made: type[SQLModel] = metaclass(f"{kind.__name__}Row", (SQLModel,), space, table=True)
    return made


class _Models(dict[type[Any], type[SQLModel]]):
    """Each is made when it is first asked for: a write touches few tables, and a model costs some five milliseconds."""

    def __missing__(self, kind: type[Any]) -> type[SQLModel]:
        self[kind] = made = _model(kind)
        return made


MODELS = _Models()
COLUMNS: dict[type[Any], tuple[str, ...]] = {kind: tuple(column.name for column in fields(kind)) for kind in KINDS}


ORDER = (
    *(values.Setting, values.Person, values.CustomerOffer, values.Customer, values.Contact, values.Duty),
    *(values.Playbook, values.Note, values.Handoff, values.Letter, values.Delivery, values.Promise),
    *(values.Told, values.Call, values.Case, values.Tenure),
)
"""The tables in the order in which the database takes the rows of one event."""


class EventRow(SQLModel, table=True):
    """One record of history, as it is hashed."""

    __tablename__ = "event"
    seq: int = Field(primary_key=True)
    kind: str
    actor: int | None
    case_number: int | None
    subject: int | None
    at: str
    recorded_at: str
    request: str | None
    intent: str
    signature: str | None = None
    hash: str


class TextRow(SQLModel, table=True):
    """One text that an event commits to."""

    __tablename__ = "text"
    id: int = Field(primary_key=True)
    event: int
    commitment: str
    salt: bytes
    body: str


def values_of(row: Row) -> dict[str, Any]:
    """A value as the columns of its table."""
    return {name: getattr(row, name) for name in COLUMNS[type(row)]}
