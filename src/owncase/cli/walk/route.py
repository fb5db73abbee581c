"""The way through a list as it was at the beginning: where the walk stands, what came of each stop, what is left."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

GONE, SKIPPED, UNDONE = "gone", "skipped", "undone"
TOLD = (
    *(
        "done",
        "replanned",
        "acknowledged",
        "declined",
        "offered",
        "offered to close",
        "withdrawn",
        "noted",
        "read",
        "dropped",
    ),
    SKIPPED,
)
"""What may come of a stop, in the order in which the summary tells it."""


class Stop(NamedTuple):
    """One row of the list: `subject` is the number of a case, the key of a customer, or names the next touch of one;
    `mark` says how it stood.
    """

    subject: str
    mark: str
    row: dict[str, Any]

    @property
    def is_account(self) -> bool:
        """Whether it is about a customer, and no case: an account on offer, or a next touch."""
        return self.row["case"] is None

    @property
    def is_touch(self) -> bool:
        """Whether it is the next touch of a customer."""
        return self.row.get("kind") == "touch"

    @property
    def customer(self) -> str:
        """The key of the customer."""
        return str(self.row["customer"])


class Route:
    """Stops in order. Those passed in an earlier walk of the day come first, and the walk begins after them."""

    def __init__(self, stops: Sequence[Stop], passed: Collection[str] = ()) -> None:
        before = [stop for stop in stops if stop.mark in passed]
        self.stops = [*before, *(stop for stop in stops if stop.mark not in passed)]
        self.at = self.resumed = len(before)
        self.outcomes: dict[str, str] = {}
        self.marks = {stop.subject: stop.mark for stop in before}

    @property
    def is_over(self) -> bool:
        """Whether the walk has come past the last stop."""
        return self.at >= len(self.stops)

    @property
    def here(self) -> Stop:
        """The stop at which the walk stands."""
        return self.stops[self.at]

    @property
    def position(self) -> str:
        """`3 of 12`."""
        return f"{self.at + 1} of {len(self.stops)}"

    def came_of_it(self, outcome: str) -> None:
        """Something came of this stop, or was undone; to skip it afterwards changes nothing about that."""
        if outcome not in (SKIPPED, GONE):
            self.outcomes.pop(self.here.subject, None)
        if outcome == UNDONE:
            self.marks.pop(self.here.subject, None)
        else:
            self.outcomes.setdefault(self.here.subject, outcome)

    def go_on(self, outcome: str, mark: str) -> None:
        """Leave a stop forward, as it is now."""
        self.came_of_it(outcome)
        self.marks[self.here.subject] = mark
        self.at += 1

    def go_back(self) -> None:
        """Return to the stop before."""
        self.at = max(0, self.at - 1)

    def summary(self) -> str:
        """`12 looked at: 4 done, 3 acknowledged, 1 declined, 4 skipped; 2 left`."""
        counts = Counter(self.outcomes.values())
        looked_at = sum(counts[word] for word in TOLD)
        told = ", ".join(f"{counts[word]} {word}" for word in TOLD if counts[word])
        gone = [f"{counts[GONE]} no longer waited"] if counts[GONE] else []
        left = sum(stop.subject not in {**self.marks, **self.outcomes} for stop in self.stops)
        return "; ".join([f"{looked_at} looked at" + (f": {told}" if told else ""), *gone, f"{left} left"])
