"""A row of a file says what a case is to be; every cell that is no good is named, with its line and column.

What the row says of owner, customer and moments without one is settled later, by the plan. A row that says nothing of
its id is known by its digest: all that it says, as the file says it.
"""

import hashlib
from collections.abc import Callable
from json import dumps
from typing import NamedTuple, TypeVar

from owncase.domain import text
from owncase.domain.malformed import IsBlank
from owncase.errors import BadData
from owncase.exchange.dates import Reader
from owncase.exchange.mapping import Mapping
from owncase.exchange.records import Record
from owncase.exchange.refusal import Refusal

FIELDS = (
    *("external", "title", "customer", "owner", "next", "due", "urgency", "cause", "contact", "channel", "waiting_for"),
    *("note", "promise", "promise_by", "status"),
)
"""The fields that a case may have in a file."""

CHOICES = {
    "urgency": ("low", "normal", "high", "hot"),
    "channel": ("phone", "email", "chat", "visit", "web", "other"),
}
Value = TypeVar("Value")
SHOWN = 200


class NotOneOf(BadData):
    """A word that another tracker uses is none of ours."""


class HalfAPromise(BadData):
    """A promise has a text and a moment."""


class Facts(NamedTuple):
    """What a row says of a case, checked; `owner` and `customer` are as the file names them, moments as stored."""

    title: str
    owner: str
    customer: str
    next_action: str | None
    next_due: str | None
    urgency: str
    cause: str | None
    contact: str | None
    channel: str | None
    waiting_for: str | None
    note: str | None
    promise: str | None
    promise_by: str | None


class Cells:
    """One row, to be read cell by cell; what is no good is remembered as a refusal."""

    def __init__(self, record: Record, mapping: Mapping, dates: Reader) -> None:
        self.record, self.mapping, self.dates = record, mapping, dates
        self.line = record.line
        self.refusals: list[Refusal] = []
        if record.fault:
            self.refusals.append(Refusal(self.line, None, None, record.fault, record.mend))

    @property
    def digest(self) -> str:
        """All that the row says of a case, as the file says it, in one hash."""
        said = {name: cell[1] for name in FIELDS if (cell := self.mapping.cell(self.record, name))}
        return hashlib.sha256(dumps(said, sort_keys=True).encode()).hexdigest()

    def said(self, field: str) -> str:
        """What the row says of a field in our words; nothing where it says nothing."""
        return self.mapping.value(self.record, field) or ""

    def shown(self, field: str) -> str:
        """As much of what the row says of a field as an answer shows."""
        return self.said(field)[:SHOWN]

    def refuse(self, field: str, error: BadData) -> None:
        """Remember what is wrong with a field."""
        cell = self.mapping.cell(self.record, field)
        column = cell[0] if cell else next(iter(self.mapping.columns.get(field, ())), field)
        self.refusals.append(Refusal.of(self.line, column, cell[1] if cell else None, error))

    def take(self, field: str, check: Callable[[str], Value]) -> Value | None:
        """What a field says, checked; None where it says nothing, or nothing good."""
        said = self.said(field)
        if not said:
            return None
        try:
            return check(said)
        except BadData as error:
            self.refuse(field, error)
            return None

    def external(self) -> str | None:
        """The id that another tracker has for it."""
        return self.take("external", text.external_id)

    def facts(self) -> Facts:
        """All the rest. What was no good is None, and stands among the refusals."""
        title = self.take("title", lambda said: text.one_line(said, "title"))
        if not self.said("title"):
            self.refuse("title", IsBlank("the row has no title", fix="fill it in, or say --map title=COLUMN"))
        return Facts(
            title=title or "", owner=self.said("owner").strip(), customer=self.said("customer").strip(),
            next_action=self.take("next", _action), next_due=self.take("due", self._moment),
            urgency=self.take("urgency", _choice("urgency")) or "normal", cause=self._line("cause"),
            contact=self._line("contact"), channel=self.take("channel", _choice("channel")),
            waiting_for=self._line("waiting_for"), note=self.take("note", lambda said: text.prose(said, "note")),
            **self._promise(),
        )  # fmt: skip

    def _line(self, field: str) -> str | None:
        return self.take(field, lambda said: text.one_line(said, field.replace("_", " ")))

    def _moment(self, said: str) -> str:
        return self.dates.moment(said, self.line)

    def _promise(self) -> dict[str, str | None]:
        if bool(self.said("promise")) != bool(self.said("promise_by")):
            given, missing = ("promise", "promise_by") if self.said("promise") else ("promise_by", "promise")
            what = "by when" if missing == "promise_by" else "what was promised"
            self.refuse(given, HalfAPromise(f"a promise needs {what}", fix=f"say --map {missing}=COLUMN, or clear it"))
        return {"promise": self._line("promise"), "promise_by": self.take("promise_by", self._moment)}


def _action(said: str) -> str:
    taken = text.one_line(said, "next action")
    if not text.has_words(taken):
        raise IsBlank(f"needs a next action: {taken!r} says nothing", fix="say what happens next in words")
    return taken


def _choice(field: str) -> Callable[[str], str]:
    def check(said: str) -> str:
        if (word := said.strip().casefold()) in CHOICES[field]:
            return word
        shown, (*others, last) = text.name(said, field), CHOICES[field]
        raise NotOneOf(
            f"{shown[:40]!r} is no {field} here",
            fix=f"write {', '.join(others)} or {last}; or in a mapping of yours: [values.{field}] {word[:40]!a} = …",
        )

    return check
