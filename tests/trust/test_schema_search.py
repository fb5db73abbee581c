"""No raw statement gets past the rules in any state of a small desk, and each trigger is needed for that to hold.

The search itself is in `campaigns/schema`; `make campaign` runs it at full size.
"""

import sqlite3
from itertools import islice

import pytest
from campaigns.schema.mutants import Mutant, hunt, without_a_trigger
from campaigns.schema.search import SWITCHES, Search
from campaigns.schema.states import TELLING, reach
from campaigns.schema.world import begin

ENOUGH = 40_000
BY_HAND = "handoff_acknowledged"


@pytest.mark.parametrize("switches", SWITCHES, ids=", ".join)
def test_no_raw_statement_gets_past_the_rules(switches: tuple[str, ...]) -> None:
    search = Search(begin(), switches, whole=False, every=61)
    for path in [*islice(reach(begin(), depth=1, most=12), 6), *TELLING]:
        search.attack(path)
        if search.found.transitions > ENOUGH:
            break
    assert search.found.transitions > ENOUGH
    assert search.found.took_effect > 0
    assert search.found.broken == {}


@pytest.mark.parametrize("mutant", [one for one in without_a_trigger() if one.name != BY_HAND], ids=str)
def test_without_a_trigger_something_gets_past(mutant: Mutant) -> None:
    assert hunt(mutant) is not None


def test_without_the_trigger_that_applies_it_an_acknowledgement_moves_nothing() -> None:
    assert _owner_after_a_raw_acknowledgement(without=()) == "moved"
    assert _owner_after_a_raw_acknowledgement(without=(BY_HAND,)) == "stayed"


def _owner_after_a_raw_acknowledgement(without: tuple[str, ...]) -> str:
    raw: sqlite3.Connection = begin(without=without)
    offer, case, giver, taker = raw.execute(
        "SELECT id, case_number, giver, taker FROM handoff WHERE state = 'offered' AND kind = 'transfer'"
    ).fetchone() or _offered(raw)
    raw.execute(
        "INSERT INTO event (seq, kind, actor, case_number, at, recorded_at, intent, hash)"
        " SELECT max(seq) + 1, 'handoff.acknowledged', ?, ?, max(at), max(recorded_at), '{}', ? FROM event",
        (taker, case, "a" * 64),
    )
    raw.execute("UPDATE promise SET holder = ?, via = ?, event = (SELECT max(seq) FROM event)"
        " WHERE case_number = ? AND state = 'open'",
                (taker, offer, case))  # fmt: skip
    raw.execute(
        "UPDATE handoff SET state = 'acknowledged', answered_by = taker, answered_at = offered_at, took_action = 'Act',"
        " took_due = '2026-11-30T10:00:00Z', event = (SELECT max(seq) FROM event) WHERE id = ?",
        (offer,),
    )
    owner = raw.execute("SELECT owner FROM cases WHERE number = ?", (case,)).fetchone()[0]
    return "moved" if owner == taker != giver else "stayed"


def _offered(raw: sqlite3.Connection) -> tuple[int, int, int, int]:
    from campaigns.schema.states import offer, play

    case, owner = raw.execute("SELECT number, owner FROM cases WHERE status = 'open' LIMIT 1").fetchone()
    taker = raw.execute("SELECT id FROM person WHERE active = 1 AND id <> ?", (owner,)).fetchone()[0]
    play(raw, (offer(owner, case, taker),))
    found: tuple[int, int, int, int] = raw.execute(
        "SELECT id, case_number, giver, taker FROM handoff WHERE state = 'offered' AND case_number = ?", (case,)
    ).fetchone()
    return found
