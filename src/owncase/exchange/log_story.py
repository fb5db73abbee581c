"""The rows of one case in time order are a story: who owned it when, who handed it to whom, and whether it has ended.

A row with another owner than before is a handoff. A row whose status is an offer moves nothing by itself: the first of
several counts, and the next other row with an owner answers it, as an acknowledgement by somebody else or as a note.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from owncase.exchange.log_moment import text_of
from owncase.exchange.log_rows import NONE, Log
from owncase.exchange.log_wish import Wish, matches


class Step(NamedTuple):
    """What one row means. `to` is an owner, or NONE where none counts; `offered_at` seconds since 1970, or 0."""

    kind: str
    row: int
    to: int
    offered_at: int


class Story(NamedTuple):
    """A case from first row to last. Owner, customer and title are numbers in the log, or NONE; no `due` is 0."""

    case: int
    steps: list[Step]
    owner: int
    ended: bool
    customer: int
    title: int
    due: int
    late_rows: int


class Teller:
    """Tells the story of each case of a log."""

    def __init__(self, log: Log, wish: Wish) -> None:
        self.log = log
        self.ends = [matches(status, wish.closed) for status in log.statuses.texts]
        self.offers = [matches(status, wish.offered) for status in log.statuses.texts]

    def story(self, case: int) -> Story:
        """The story of a case that has at least one good row."""
        log = self.log
        in_file = log.rows_of(case)
        rows = sorted(in_file, key=log.at.__getitem__)
        owner, offered_at, steps = NONE, 0, []
        for row in rows:
            step = self._step(row, owner, offered_at)
            if self.offers[log.status[row]]:
                offered_at = offered_at or log.at[row]
            elif log.owner[row] != NONE:
                offered_at = 0
            if step.to != NONE:
                owner = step.to
            steps.append(step)
        steps[0] = steps[0]._replace(kind="log.opened")
        return Story(
            case, steps, owner, self.ends[log.status[rows[-1]]], _last(log.customer, rows, NONE),
            _last(log.title, rows, NONE), _last(log.due, rows, 0), _late(log, in_file),
        )  # fmt: skip

    def digest(self, story: Story) -> str:
        """What the rows of a case say, as one hash, so that a file that comes again is known."""
        log, stated = self.log, sha256()
        for step in story.steps:
            row = step.row
            cells = (
                str(log.at[row]), log.statuses.texts[log.status[row]], _named(log.owners.texts, log.owner[row]),
                _named(log.customers.texts, log.customer[row]), _named(log.titles.texts, log.title[row]),
                str(log.due[row]),
            )  # fmt: skip
            stated.update("\x1f".join(cells).encode() + b"\n")
        return stated.hexdigest()

    def _step(self, row: int, owner: int, offered_at: int) -> Step:
        to = self.log.owner[row]
        if self.offers[self.log.status[row]]:
            return Step("log.offered", row, to if owner == NONE else NONE, 0)
        if to in (NONE, owner):
            return Step("log.noted", row, NONE, 0)
        if owner == NONE:
            return Step("log.noted", row, to, 0)
        return Step("log.acknowledged" if offered_at else "log.moved", row, to, offered_at)


def moment_of(log: Log, step: Step) -> str:
    """When a step happened."""
    return text_of(log.at[step.row])


def _last(values: Sequence[int], rows: Sequence[int], unknown: int) -> int:
    return next((values[row] for row in reversed(rows) if values[row] != unknown), unknown)


def _late(log: Log, rows: Sequence[int]) -> int:
    """How many rows stand after one of a later moment."""
    latest, late = 0, 0
    for row in rows:
        late += log.at[row] < latest
        latest = max(latest, log.at[row])
    return late


def _named(texts: Sequence[str], number: int) -> str:
    return "" if number == NONE else texts[number]
