"""The whole history is read in stretches, so that nobody who writes has to wait until the last record was told.

History only grows: all up to one event is the same, whatever is added between two stretches.
"""

from collections.abc import Iterator
from typing import Any

from owncase.store.reader import Reader

STRETCH = 2_000
RECORDS = """
SELECT seq, recorded_at, intent, signature, hash FROM event WHERE seq > :after AND seq <= :last ORDER BY seq LIMIT :most
"""
TEXTS = "SELECT event, commitment, salt, body FROM text WHERE event > :after AND event <= :last ORDER BY id"


def records(reader: Reader, last: int) -> Iterator[dict[str, Any]]:
    """Every record up to event `last`; its `texts` are lists of commitment, salt in hex, and body."""
    after = 0
    while stretch := reader.rows(RECORDS, after=after, last=last, most=STRETCH):
        texts: dict[int, list[list[str]]] = {}
        for text in reader.rows(TEXTS, after=after, last=stretch[-1]["seq"]):
            texts.setdefault(text["event"], []).append([text["commitment"], text["salt"].hex(), text["body"]])
        for record in stretch:
            yield {**record, "texts": texts.get(record["seq"], [])}
        after = stretch[-1]["seq"]
