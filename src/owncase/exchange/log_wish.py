"""What somebody asks of an import of a log, and what comes of it."""

from datetime import UTC, tzinfo
from fnmatch import fnmatchcase
from typing import NamedTuple
from zoneinfo import ZoneInfo

from owncase.exchange.log_rows import Columns


class Wish(NamedTuple):
    """How a log is to be read.

    `closed` and `offered` are case-sensitive globs of statuses; `zone` reads moments without offset, and new people are
    there, by `zone_name`; `next_due` is a moment of UTC as stored. Without `owner_default` an open case that never had
    an owner is refused; without `customer_default` a case without a customer is the source's.
    """

    columns: Columns
    source: str
    closed: tuple[str, ...]
    offered: tuple[str, ...]
    next_action: str | None
    next_due: str | None
    owner_default: str | None
    customer_default: str | None
    zone: tzinfo
    zone_name: str


class Outcome(NamedTuple):
    """What an import brought, or would bring: `events` are rows of the file, `people` and
    `customers` those that its new cases name, `changed_cases` external ids."""

    source: str
    cases: int
    events: int
    people: int
    people_added: int
    customers: int
    customers_added: int
    handoffs: int
    rows_out_of_order: int
    cases_out_of_order: int
    present: int
    changed: int
    changed_cases: list[str]
    refused: int
    refused_rows: int


def utc_or(zone: ZoneInfo) -> tzinfo:
    """The zone itself, or for UTC the constant, which is much quicker to reckon with."""
    return UTC if zone.key == "UTC" else zone


def matches(status: str, globs: tuple[str, ...]) -> bool:
    """Whether a status is one of those meant, capitals counting."""
    return any(fnmatchcase(status, glob) for glob in globs)
