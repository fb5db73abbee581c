"""Who helps best: first whoever is in their hours, then who knows the topic, is there, and knows the customer.

Of two alike in all that, whoever has less to do; at last by handle, so that the same facts give the same order.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

SHORTEST = 4
"""Letters by which a longer word and a topic are taken for one, as `invoices` and `invoice`."""


class Facts(NamedTuple):
    """What speaks for a person: topics that fit, minutes left of their hours (None outside them), place, what makes
    them know the customer, and their open cases.
    """

    handle: str
    topics: tuple[str, ...] = ()
    minutes: int | None = None
    there: bool = False
    knows: tuple[str, ...] = ()
    load: int = 0

    @property
    def fits(self) -> bool:
        """Whether they know the topic or the customer."""
        return bool(self.topics or self.knows)


def ranked(people: Iterable[Facts]) -> list[Facts]:
    """The best first."""
    return sorted(people, key=_order)


def _order(one: Facts) -> tuple[object, ...]:
    return (one.minutes is None, -len(one.topics), not one.there, not one.knows, one.load, one.handle)


def fitting(words: Collection[str], topics: Iterable[str]) -> tuple[str, ...]:
    """The topics that some of these words name, all in lower case."""
    return tuple(topic for topic in topics if any(_names(word, topic) for word in words))


def _names(word: str, topic: str) -> bool:
    short, long = sorted((word, topic), key=len)
    return word == topic or (len(short) >= SHORTEST and long.startswith(short))


def merits(one: Facts, *, place: str | None = None) -> list[str]:
    """What speaks for this person, in words: the topic, the place, the customer."""
    return [
        *([f"knows {', '.join(one.topics)}"] if one.topics else []),
        *([f"in {place}"] if one.there and place else []),
        *([f"knows customer ({', '.join(one.knows)})"] if one.knows else []),
    ]


def reasons(one: Facts, *, place: str | None = None) -> list[str]:
    """Why this person stands where they stand, in words."""
    hours = f"in hours for another {span(one.minutes)}" if one.minutes is not None else "outside their hours"
    return [*merits(one, place=place), hours, "1 open case" if one.load == 1 else f"{one.load} open cases"]


def span(minutes: int) -> str:
    """`2 h 5 min`."""
    hours, left = divmod(minutes, 60)
    return " ".join([*([f"{hours} h"] if hours else []), *([f"{left} min"] if left or not hours else [])])
