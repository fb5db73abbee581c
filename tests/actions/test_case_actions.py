"""What a command does can be done without a command line, by the same rules."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from owncase.actions.acknowledge import Answer, acknowledge
from owncase.actions.change import Changed, MovedOn, Once
from owncase.actions.close_case import Ending, close_case
from owncase.actions.done import done
from owncase.actions.edit_case import Mending, edit_case
from owncase.actions.edit_customer import edit_customer
from owncase.actions.hand_off import Packet, hand_off
from owncase.actions.make_promise import make_promise
from owncase.actions.open_case import Opening, open_case
from owncase.actions.withdraw import withdraw
from owncase.desk import Desk
from owncase.domain.malformed import IsBlank, TooLong
from owncase.errors import OwncaseError
from owncase.queries.case_story import case_object

Sit = Callable[..., Desk]
DUE = "2026-11-24T14:00:00Z"
NEW = Opening("Disks damaged", "Call Pat", DUE, customer="norfolk")


def case(desk: Desk, number: int = 1) -> dict[str, Any]:
    return case_object(desk.reader, number, desk.now())


def test_an_action_says_what_came_of_it(desk: Sit) -> None:
    assert open_case(desk(), NEW) == Changed(1, offered_to="dana")
    assert make_promise(desk(), 1, "Report", due=DUE) == Changed(1, offered_to="dana", promise=1)
    assert acknowledge(desk("dana"), 1, Answer(take=[1])) == Changed(1)
    assert acknowledge(desk("dana"), 1, Answer()) == Changed(1, already="already acknowledged")


@pytest.mark.parametrize(("title", "refusal"), [("", IsBlank), ("x" * 501, TooLong)])
def test_texts_are_read_before_anything_is_written(desk: Sit, title: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        open_case(desk(), NEW._replace(title=title))
    assert desk().reader.rows("SELECT number FROM cases") == []


def test_nothing_of_an_opening_stays_when_its_offer_is_refused(desk: Sit) -> None:
    with pytest.raises(OwncaseError):
        open_case(desk(), NEW._replace(customer=None, new_customer="Beta Works", to="nobody"))
    assert desk().reader.rows("SELECT key FROM customer WHERE key = 'beta-works'") == []


def test_only_the_version_that_was_looked_at_changes(desk: Sit) -> None:
    open_case(desk(), NEW)
    with pytest.raises(MovedOn) as refused:
        edit_case(desk(), 1, Mending(title="Wet"), Once(version=1))
    assert refused.value.exit == 4
    assert edit_case(desk(), 1, Mending(title="Wet"), Once(version=2)) == Changed(1, offered_to="dana")


def test_an_answer_that_is_late_already_is_wanted_anew(desk: Sit, clock: Any) -> None:
    open_case(desk(), NEW)
    before = case(desk())["pending"]["answer_by"]
    clock.move(hours=10)
    done(desk(), 1, next_action="Look", next_due="2026-11-30T14:00:00Z")
    assert case(desk())["pending"]["answer_by"] > before


def test_somebody_who_left_is_passed_over_as_next_owner(desk: Sit) -> None:
    from owncase.actions.add_person import add_person
    from owncase.actions.retire_person import retire_person

    add_person(desk(), {"handle": "eve", "name": "Eve Ray"})
    edit_customer(desk("dana"), "norfolk", {"second": "eve"})
    retire_person(desk(), "eve")
    open_case(desk("dana"), NEW)
    assert close_case(desk("dana"), 1, Ending("fixed", confirmed_by="Pat")).offered_to == "carol"


def test_a_manager_takes_a_case_over_by_offering_it_to_themselves(desk: Sit) -> None:
    open_case(desk(), NEW._replace(kept=True))
    hand_off(desk("dana"), 1, to="dana", packet=Packet(), on_behalf_of="rob")
    acknowledge(desk("dana"), 1, Answer())
    assert case(desk())["owner"] == "dana"


def test_of_many_acknowledgements_at_once_one_is_written_and_none_fails__trust_62(desk: Sit) -> None:
    open_case(desk(), NEW)
    answers = _at_once([lambda: acknowledge(desk("dana"), 1, Answer())] * 4)
    assert sorted(str(answer.already) for answer in answers) == ["None", *["already acknowledged"] * 3]


def test_withdrawing_and_acknowledging_at_once_one_wins(desk: Sit) -> None:
    open_case(desk(), NEW)
    answers = _at_once([lambda: withdraw(desk(), 1), lambda: acknowledge(desk("dana"), 1, Answer())])
    lost = [answer for answer in answers if isinstance(answer, OwncaseError)]
    assert [refusal.exit for refusal in lost] == [3]
    assert case(desk())["pending"] is None


def _at_once(works: list[Callable[[], Any]]) -> list[Any]:
    found: list[Any] = []

    def act(work: Callable[[], Any]) -> None:
        try:
            found.append(work())
        except OwncaseError as refused:
            found.append(refused)

    threads = [threading.Thread(target=act, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
