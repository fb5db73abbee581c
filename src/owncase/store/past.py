"""The events of one case as the fold took them, with their texts, inside the transaction that asks."""

import json

from owncase.domain.event import Event
from owncase.store.ledger import read_intent
from owncase.store.tx import Tx

EVENTS = "SELECT seq, recorded_at, intent FROM event WHERE case_number = ? ORDER BY seq"
TEXTS = """
SELECT t.commitment, t.body FROM event AS e CROSS JOIN text AS t ON t.event = e.seq WHERE e.case_number = ?
"""
SUPERSEDED = "SELECT event FROM handoff WHERE case_number = ? AND state = 'superseded'"


def events_of(tx: Tx, case: int) -> list[Event]:
    """What happened to the case, in order."""
    texts = dict(tx.raw.execute(TEXTS, (case,)).fetchall())
    return [
        read_intent(json.loads(intent), texts, seq=seq, recorded_at=recorded_at)
        for seq, recorded_at, intent in tx.raw.execute(EVENTS, (case,)).fetchall()
    ]


def superseding(tx: Tx, case: int) -> set[int]:
    """The events by which an offer of the case ended because what was on offer had changed."""
    return {seq for (seq,) in tx.raw.execute(SUPERSEDED, (case,))}
