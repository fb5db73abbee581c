"""How often did each case change hands, and how long did the answers take? A median needs at least one wait."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from owncase.queries.events import LATEST

if TYPE_CHECKING:
    from owncase.store.reader import Reader

CASES = """
SELECT number AS "case", external FROM cases WHERE opened_at <= :at AND changed_at >= :since ORDER BY number
"""
SAME_HAND = """
SELECT h.case_number AS "case" FROM handoff AS h JOIN event AS o ON o.seq = h.id JOIN event AS a ON a.seq = h.event
WHERE h.claimed = 0 AND h.state = 'acknowledged' AND h.answered_at BETWEEN :since AND :at
  AND json_extract(o.intent, '$.typed_by') = json_extract(a.intent, '$.typed_by')
"""
TRANSFERS = """
SELECT case_number AS "case",
  CAST(strftime('%s', answered_at) AS INTEGER) - CAST(strftime('%s', offered_at) AS INTEGER) AS wait
FROM handoff WHERE kind = 'transfer' AND state = 'acknowledged' AND answered_at BETWEEN :since AND :at
ORDER BY case_number, id
"""
SPANS = """
SELECT case_number AS "case", owner FROM tenure
WHERE owner IS NOT NULL AND defaulted = 0 AND from_at <= :at AND (until_at IS NULL OR until_at >= :since)
ORDER BY case_number, n
"""


def handoffs(reader: "Reader", *, since: str = "", at: str = LATEST) -> list[dict[str, Any]]:
    """One object for each case, by number; since a moment, those that changed from then on, and only what came then.

    `ack_seconds` are the waits from offer to acknowledgement, in order; a transfer without an offer has none.
    `same_hand` counts the acknowledgements, also of closings, typed by the OS user who had typed the offer.
    """
    span = {"since": since, "at": at}
    waits = _by_case(reader.rows(TRANSFERS, **span), "wait")
    owners = _by_case(reader.rows(SPANS, **span), "owner")
    same = Counter(row["case"] for row in reader.rows(SAME_HAND, **span))
    return [
        {**_told(row, waits.get(row["case"], []), owners.get(row["case"], [])), "same_hand": same[row["case"]]}
        for row in reader.rows(CASES, **span)
    ]


def _told(row: dict[str, Any], transfers: list[int | None], owners: list[int]) -> dict[str, Any]:
    waits = [wait for wait in transfers if wait is not None]
    return row | {
        "handoffs": len(transfers),
        "owners": len(set(owners)),
        "ping_pong": is_ping_pong(owners),
        "ack_seconds": waits,
        "median_ack_seconds": median(waits),
    }


def is_ping_pong(owners: Iterable[int]) -> bool:
    """Whether a case went from somebody to another and straight back: A, B, A."""
    runs = [owner for owner, _ in groupby(owners)]
    return any(before == after for before, after in zip(runs, runs[2:], strict=False))


def median(waits: list[int]) -> float | None:
    """The middle of the waits in seconds, between the two middle ones of an even number; None without any."""
    if not waits:
        return None
    ordered, half = sorted(waits), len(waits) // 2
    twice = ordered[half] + ordered[-half - 1]
    return twice // 2 if twice % 2 == 0 else twice / 2


def _by_case(rows: Iterable[dict[str, Any]], field: str) -> dict[int, list[Any]]:
    found: Iterator[tuple[int, Iterator[dict[str, Any]]]] = groupby(rows, key=lambda row: row["case"])
    return {case: [row[field] for row in its] for case, its in found}
