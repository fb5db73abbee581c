"""Ownership moves only when the next owner says so (rules 2, 3, 5, 9 and 11)."""

from typing import Any

import pytest

ON_OFFER = "1 norfolk · rob · Call Pat, Fri 27 Nov 15:00 UTC · offered to dana, answer by Mon 23 Nov 13:00 UTC"


def test_rule_2_the_giver_owns_the_case_until_the_next_owner_acknowledges(opened: Any) -> None:
    assert opened.rob.does("handoff", "1", "--to", "dana") == [ON_OFFER]
    assert (opened.case()["owner"], opened.case()["pending"]["to"]) == ("rob", "dana")
    assert opened.dana.does("ack", "1") == ["1 norfolk · dana · Call Pat, Fri 27 Nov 15:00 UTC"]
    case = opened.case()
    assert (case["owner"], case["pending"], case["handoffs"], case["claimed"]) == ("dana", None, 1, False)


def test_rule_2_a_lapsed_offer_leaves_the_case_with_its_giver_and_can_still_be_acknowledged(
    offered: Any, clock: Any
) -> None:
    clock.move(days=9)
    assert offered.case()["owner"] == "rob"
    assert offered.case()["pending"]["lapsed"] is True
    offered.dana.does("ack", "1", "-d", "fri")
    assert offered.case()["owner"] == "dana"


def test_rule_2_a_declined_offer_comes_back_with_the_reason(offered: Any) -> None:
    decline = ("decline", "1", "--reason", "no-capacity", "--note", "Try her", "--suggest", "carol")
    assert offered.dana.does(*decline) == ["1 norfolk · rob · Call Pat, Fri 27 Nov 15:00 UTC"]
    assert (offered.case()["owner"], offered.case()["pending"]) == ("rob", None)
    assert offered.rob.does("next", terminal=True, environ={"NO_COLOR": "1"})[0] == "Came back"


def test_the_inbox_says_what_is_offered_and_seen_tells_the_sender_that_it_was_read(offered: Any) -> None:
    (offer,) = offered.dana.asks("inbox")
    assert (offer["case"], offer["from"], offer["kind"], offer["note"]) == (
        1,
        "rob",
        "transfer",
        "Pat is in until noon",
    )
    assert offered.rob.asks("inbox") == []
    offered.dana.does("inbox")
    assert offered.case()["pending"]["seen_at"] is None  # reading never writes
    offered.dana.does("seen", "1")
    assert offered.case()["pending"]["seen_at"] is not None
    assert offered.dana("seen", "1").stderr == "already seen\n"
    assert offered.kinds().count("case.seen") == 1


def test_a_proposed_action_and_due_are_applied_by_the_acknowledgement(opened: Any) -> None:
    opened.rob.does("handoff", "1", "--to", "dana", "-n", "Visit Pat", "-d", "wed 10:00")
    assert opened.case()["next_action"] == "Call Pat"
    assert opened.dana.does("ack", "1") == ["1 norfolk · dana · Visit Pat, Wed 25 Nov 10:00 UTC"]


def test_the_next_owner_may_say_the_action_in_other_words(offered: Any) -> None:
    assert offered.dana.does("ack", "1", "-n", "Ask Pat for photos", "-d", "tue 11:00") == [
        "1 norfolk · dana · Ask Pat for photos, Tue 24 Nov 11:00 UTC"
    ]


def test_a_due_that_has_passed_needs_a_new_one_to_be_acknowledged(offered: Any, clock: Any) -> None:
    clock.set("2026-11-28T09:00:00Z")
    told = offered.dana.is_told(3, "ack", "1")
    assert told == "the next action of case 1 was due 2026-11-27T15:00:00Z — owncase ack 1 -d WHEN"
    offered.dana.does("ack", "1", "-d", "mon")


def test_trust_56_nobody_is_offered_what_is_theirs(opened: Any) -> None:
    told = opened.rob.is_told(3, "handoff", "1", "--to", "rob")
    assert told == "case 1 is rob's already — owncase show 1"


def test_trust_57_an_unknown_person_is_never_made_up(opened: Any) -> None:
    told = opened.rob.is_told(66, "handoff", "1", "--to", "dan")
    assert told == "there is no person dan — did you mean dana?"
    assert len(opened.rob.asks("person", "list")) == 4


def test_trust_58_nothing_is_offered_to_who_has_left(opened: Any) -> None:
    opened.rob.does("person", "retire", "eve")
    told = opened.rob.is_told(3, "handoff", "1", "--to", "eve")
    assert told.startswith("eve has left")
    assert "owncase person list" in told


def test_trust_59_only_the_owner_or_their_manager_offers(opened: Any) -> None:
    told = opened.carol.is_told(3, "handoff", "1", "--to", "dana")
    assert told == (
        "case 1 is rob's, not carol's: only its owner or their manager offers it"
        " — ask rob to run: owncase handoff 1 --to dana"
    )


def test_rule_3_trust_60_a_second_offer_is_refused_and_shows_the_first(offered: Any) -> None:
    told = offered.rob.is_told(3, "handoff", "1", "--to", "carol")
    assert told == "case 1 is already offered to dana, who has not answered — owncase withdraw 1"


def test_trust_61_only_the_one_named_answers(offered: Any) -> None:
    for verb in (("ack", "1"), ("decline", "1", "--reason", "other")):
        for person in (offered.rob, offered.carol):
            told = person.is_told(3, *verb)
            assert "case 1 is offered to dana" in told
            assert f"ask dana to run: owncase {verb[0]} 1" in told
    assert offered.case()["owner"] == "rob"


def test_trust_62_who_acknowledges_twice_is_answered_and_one_event_stands(offered: Any) -> None:
    first = offered.dana("ack", "1")
    again = offered.dana("ack", "1")
    assert (again.exit, again.stdout, again.stderr) == (0, first.stdout, "already acknowledged\n")
    assert offered.kinds().count("handoff.acknowledged") == 1


@pytest.mark.parametrize("ending", ["withdraw", "decline"])
def test_trust_64_an_offer_that_was_answered_is_no_more(offered: Any, ending: str) -> None:
    if ending == "withdraw":
        offered.rob.does("withdraw", "1")
    else:
        offered.dana.does("decline", "1", "--reason", "away")
    assert offered.dana.is_told(3, "ack", "1") == "case 1 is not on offer — owncase show 1"
    assert offered.rob.is_told(3, "withdraw", "1") == "case 1 is not on offer — owncase show 1"


def test_only_the_givers_side_withdraws(offered: Any) -> None:
    told = offered.dana.is_told(3, "withdraw", "1")
    assert told == "case 1 was offered by rob — ask rob to run: owncase withdraw 1"
    assert offered.rob.does("withdraw", "1") == ["1 norfolk · rob · Call Pat, Fri 27 Nov 15:00 UTC"]


@pytest.mark.parametrize(
    "words",
    [
        ("done", "1", "-n", "Ship it", "-d", "thu"),
        ("replan", "1", "-d", "thu", "--because", "Pat is ill"),
        ("edit", "1", "--title", "Drives fail in the cold"),
        ("promise", "make", "1", "A loan unit", "--by", "thu"),
    ],
)
def test_rule_3_what_changes_while_on_offer_is_offered_anew_to_the_same_person(
    offered: Any, words: tuple[str, ...]
) -> None:
    before = offered.case()["pending"]
    changed = offered.rob(*words)
    assert changed.exit == 0
    assert "offered again to dana, because what is on offer has changed" in changed.stderr
    after = offered.case()["pending"]
    assert (after["to"], after["note"], after["answer_by"]) == ("dana", before["note"], before["answer_by"])
    assert after["offered_at"] > before["offered_at"]
    assert offered.kinds()[-1] == "handoff.offered"


def test_rule_3_a_plan_that_is_newer_than_the_proposal_is_what_is_acknowledged(opened: Any) -> None:
    opened.rob.does("handoff", "1", "--to", "dana", "-n", "Visit Pat", "-d", "wed")
    opened.rob.does("done", "1", "-n", "Ship it", "-d", "thu 10:00")
    assert opened.dana.does("ack", "1") == ["1 norfolk · dana · Ship it, Thu 26 Nov 10:00 UTC"]


def test_rule_5_an_acknowledgement_takes_on_each_promise_by_number(opened: Any) -> None:
    for text in ("A loan unit", "A report"):
        opened.rob.does("promise", "make", "1", text, "--by", "thu 12:00")
    opened.rob.does("handoff", "1", "--to", "dana")
    told = opened.dana.is_told(3, "ack", "1", "--take", "2")
    assert told == (
        "case 1 carries promises to take on: 1.1 A loan unit (by 2026-11-26T12:00:00Z)"
        " — owncase ack 1 --take 1 --take 2"
    )
    told = opened.dana.is_told(3, "ack", "1", "--take", "1", "--take", "2", "--take", "3")
    assert told == "case 1 has no open promise 3 — owncase promise list 1"
    assert opened.dana.is_told(2, "ack", "1", "--take", "2.1") == (
        "promise 2.1 is not one of case 1 — owncase promise list 1"
    )
    assert opened.dana.does("ack", "1", "--take", "1", "--take", "1.2")[0].endswith("· 2 promises")
    assert {promise["owner"] for promise in opened.rob.asks("promise", "list", "1")} == {"dana"}


def test_rule_9_a_manager_offers_on_behalf_of_the_owner_also_to_themselves(people: Any) -> None:
    people.carol.does("open", "Drives fail", "-c", "norfolk", "-n", "Call Pat", "-d", "fri", "--keep")
    told = people.dana.is_told(3, "handoff", "1", "--to", "rob")
    assert told == (
        "case 1 is carol's, not yours; as their manager you may offer it for them"
        " — owncase handoff 1 --to rob --for carol"
    )
    told = people.dana.is_told(3, "handoff", "1", "--to", "dana", "--for", "rob")
    assert told == "case 1 is carol's, not rob's — owncase handoff 1 --to dana --for carol"
    offer = people.dana("handoff", "1", "--to", "dana", "--for", "carol")
    assert offer.stderr == "offered to dana; carol's until dana acknowledges\n"
    pending = people.case()["pending"]
    assert (people.case()["owner"], pending["from"], pending["offered_by"]) == ("carol", "carol", "dana")
    people.dana.does("ack", "1")
    assert people.case()["owner"] == "dana"


def test_rule_9_who_leaves_owns_nothing(offered: Any) -> None:
    told = offered.rob.is_told(3, "person", "retire", "dana")
    assert "an offer of case 1 (owncase decline 1 --reason away)" in told
    assert "the account norfolk (owncase customer handoff norfolk --to HANDLE)" in told


def test_rule_11_a_person_with_a_login_is_acted_for_by_nobody_else(offered: Any) -> None:
    told = offered.rob.is_told(77, "ack", "1", "--as", "dana")
    assert told == (
        "dana is acted for only by the OS user dana, and you are rob"
        " — ask dana to run it, or leave out --as to act as yourself"
    )


def test_rule_11_an_act_typed_for_who_has_no_login_is_shown_as_claimed(opened: Any) -> None:
    opened.rob.does("handoff", "1", "--to", "eve")
    opened.dana.does("ack", "1", "--as", "eve")
    last = opened.rob.asks("history", "1")[-1]
    assert (last["kind"], last["by"], last["claimed"], last["typed_by"]) == (
        "handoff.acknowledged",
        "eve",
        True,
        "dana",
    )
    opened.rob.does("config", "set", "require-login", "true")
    told = opened.dana.is_told(77, "note", "1", "x", "--as", "eve")
    assert told == (
        "eve has no login, and this store requires one — "
        "if you are eve: owncase join eve; else: owncase person edit eve --login OS-USER"
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("decline", "1"), ("missing: reason (wrong-topic, not-my-customer, no-capacity, missing-info, away, other)"
         " — say it with --reason REASON")),
        (("decline", "1", "--reason", "busy"), ("--reason takes no 'busy'"
         " — one of wrong-topic, not-my-customer, no-capacity, missing-info, away, other")),
        (("handoff", "1"), "missing: next owner — say it with --to HANDLE"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(offered: Any, words: tuple[str, ...], told: str) -> None:
    assert offered.dana.is_told(2, *words) == told


def test_there_is_nothing_to_hand_over_in_a_case_that_does_not_exist(people: Any) -> None:
    for verb in (
        ("handoff", "9", "--to", "dana"),
        ("ack", "9"),
        ("withdraw", "9"),
        ("done", "9", "-n", "x", "-d", "fri"),
    ):
        assert people.rob.is_told(66, *verb) == "there is no case 9 — owncase list"


def test_rule_9_a_manager_takes_back_what_an_absent_owner_offered_and_offers_it_on(people: Any) -> None:
    people.dana.does("open", "Belt slips", "-c", "norfolk", "-n", "Call Pat", "-d", "fri", "--keep")
    people.dana.does("handoff", "1", "--to", "eve")
    assert people.carol.is_told(3, "withdraw", "1")
    people.rob.does("withdraw", "1")
    people.rob.does("handoff", "1", "--to", "carol", "--for", "dana")
    people.carol.does("ack", "1")
    people.rob.does("store", "check")
