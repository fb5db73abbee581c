"""A batch puts down in layers what one command after another would have, and is refused by the same rules."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from owncase import bootstrap
from owncase.domain.handoff import AlreadyOnOffer
from owncase.domain.values import Prose
from owncase.store.bulk import Bulk
from owncase.store.check import check
from owncase.store.engine import DatabaseRefused, write_tx

OFFER = {
    "form": "transfer", "note": None, "next_action": None, "next_due": None, "answer_by": "2026-11-24T17:00:00Z",
    "outcome": None, "confirmed_by": None, "unconfirmed": None, "void_reason": None,
}  # fmt: skip


@pytest.fixture
def desk(team: Callable[..., Any], world: Callable[..., Any], tmp_path: Path) -> bootstrap.Desk:
    """rob's desk at the team's store."""
    at = world(os_user="rob", environ={"OWNCASE_STORE": str(tmp_path / "team.db")})
    return bootstrap.desk(at, bootstrap.settings(at))


def _open(bulk: Bulk) -> int:
    number = bulk.new_number()
    customer, person = bulk.tx.customer_named("norfolk").id, None
    bulk.append(
        "case.opened", case=number, uid=f"uid-{number}", source="old", external=f"T-{number}", digest="d",
        title=Prose("Disks damaged"), customer=customer, urgency="normal", cause=person, contact=None, channel=None,
        waiting_for=None, next_action=Prose("Call Pat"), next_due="2026-11-27T16:00:00Z",
    )  # fmt: skip
    return number


def test_cases_are_opened_noted_promised_and_offered_in_layers(desk: bootstrap.Desk, team: Callable[..., Any]) -> None:
    with write_tx(desk) as tx:
        bulk, dana = Bulk(tx), tx.person_named("dana").id
        numbers = [_open(bulk) for _ in range(3)]
        bulk.lay()
        for number in numbers[1:]:
            bulk.append("case.noted", case=number, text=Prose("From the old list"))
        bulk.lay()
        for number in numbers:
            bulk.append("promise.made", case=number, text=Prose("New disks"), due="2026-11-28T16:00:00Z")
        bulk.lay()
        for number in numbers[:2]:
            bulk.append("handoff.offered", case=number, to=dana, **OFFER)
        bulk.write()
    assert check(desk.store).found == []
    assert [team("ack", str(number), "--take", "1", by="dana").exit for number in numbers] == [0, 0, 3]
    assert check(desk.store).found == []


def _twice(desk: bootstrap.Desk, kind: str, **data: Any) -> None:
    """One case, and in one layer twice the same of it."""
    with write_tx(desk) as tx:
        bulk = Bulk(tx)
        number = _open(bulk)
        bulk.lay()
        bulk.append(kind, case=number, **data)
        bulk.append(kind, case=number, **data)
        bulk.write()


def test_two_events_of_a_case_in_one_layer_are_refused_by_the_store(desk: bootstrap.Desk) -> None:
    with pytest.raises(DatabaseRefused, match="rule 7"):
        _twice(desk, "case.noted", text=Prose("Once"))
    assert check(desk.store).found == []


def test_a_batch_is_refused_by_the_rules_of_a_single_write(desk: bootstrap.Desk) -> None:
    with pytest.raises(AlreadyOnOffer):
        _twice(desk, "handoff.offered", to=4, **OFFER)
