"""A case ends only when somebody else answers for it afterwards (rules 4, 6 and 8)."""

from typing import Any

import pytest

CLOSE = ("close", "1", "--outcome", "Loan unit runs", "--confirmed-by", "Pat")
STANDING = "1 norfolk · rob · Call Pat, Fri 27 Nov 15:00 UTC"
NOT_YET = "1 is NOT closed yet: offered to dana; yours until dana acknowledges"


def test_rule_4_trust_68_a_case_closes_when_the_next_owner_acknowledges_and_not_before(opened: Any) -> None:
    assert opened.rob.does(*CLOSE) == [NOT_YET, f"{STANDING} · closing offered to dana, answer by Mon 23 Nov 13:00 UTC"]
    case = opened.case()
    assert (case["status"], case["owner"], case["pending"]["kind"]) == ("open", "rob", "closing")
    assert (
        opened.rob.is_told(3, "ack", "1")
        == "case 1 is offered to dana; rob cannot answer for dana — ask dana to run: owncase ack 1"
    )
    assert opened.dana.does("ack", "1") == ["1 norfolk · closed by rob, next owner dana · Loan unit runs"]
    case = opened.case()
    assert (case["status"], case["owner"], case["next_owner"], case["next_action"]) == ("closed", "rob", "dana", None)
    assert (case["outcome"], case["confirmed_by"], case["unconfirmed"]) == ("Loan unit runs", "Pat", None)
    assert case["closed_at"] == opened.rob.asks("history", "1")[-1]["at"]


def test_who_acknowledged_a_closing_is_told_so_when_they_say_it_again(opened: Any) -> None:
    opened.rob.does(*CLOSE)
    opened.dana.does("ack", "1")
    assert opened.dana("ack", "1")[::2] == (0, "already acknowledged\n")
    assert opened.kinds().count("handoff.acknowledged") == 1


def test_rule_4_the_next_owner_may_decline_and_the_case_goes_on(opened: Any) -> None:
    opened.rob.does(*CLOSE)
    opened.dana.does("decline", "1", "--reason", "missing-info")
    assert opened.case()["status"] == "open"


def test_trust_67_no_closing_while_a_handoff_stands(offered: Any) -> None:
    told = offered.rob.is_told(3, *CLOSE)
    assert told == "case 1 is already offered to dana, who has not answered — owncase withdraw 1"


def test_rule_4_nobody_closes_alone(opened: Any) -> None:
    told = opened.rob.is_told(3, *CLOSE, "--to", "rob")
    assert told == "case 1 is rob's already — owncase show 1"
    told = opened.rob.is_told(2, *CLOSE, "--force")
    assert "--force" in told


def test_only_the_owner_offers_the_closing(opened: Any) -> None:
    told = opened.carol.is_told(3, *CLOSE)
    assert told == (
        "case 1 is rob's, not carol's — ask rob to run: owncase close 1 --outcome TEXT;"
        " or help without taking it: owncase note 1 TEXT"
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("close", "1", "--confirmed-by", "Pat"), "missing: outcome — say it with --outcome TEXT"),
        (("close", "1", "--outcome", "x"), ("missing: confirmed by"
         " — say it with --confirmed-by TEXT, or --unconfirmed TEXT why nobody could")),
        ((*CLOSE, "--unconfirmed", "x"), "--confirmed-by and --unconfirmed exclude each other — give one of them"),
        (("void", "1"), "missing: reason (duplicate, spam, mistake) — say it with --reason REASON"),
        (("void", "1", "--reason", "old"), "--reason takes no 'old' — one of duplicate, spam, mistake"),
        (("void", "1", "--reason", "duplicate"), "missing: duplicate of case — say it with --of CASE"),
        (("void", "1", "--reason", "spam", "--of", "2"),
         "--of names the case that a duplicate repeats — --reason duplicate, or no --of"),
        (("reopen", "1", "--because", "x", "-d", "fri"), "missing: next action — say it with -n ACTION"),
        (("reopen", "1", "--because", "x", "-n", "Call"), "missing: due — say it with -d WHEN"),
        (("reopen", "1", "-n", "Call", "-d", "fri"), "missing: because — say it with --because TEXT"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(opened: Any, words: tuple[str, ...], told: str) -> None:
    assert opened.rob.is_told(2, *words) == told


def test_the_account_owner_is_the_next_owner_by_default(opened: Any) -> None:
    opened.rob.does(*CLOSE)
    assert opened.case()["pending"]["to"] == "dana"


def test_of_the_account_owners_own_case_the_second_is(people: Any) -> None:
    people.dana.does("open", "Drives fail", "-c", "norfolk", "-n", "Call Pat", "-d", "fri")
    people.dana.does(*CLOSE)
    assert people.case()["pending"]["to"] == "carol"


def test_without_a_second_the_manager_is(people: Any) -> None:
    people.dana.does("customer", "edit", "norfolk", "--second", "")
    people.dana.does("open", "Drives fail", "-c", "norfolk", "-n", "Call Pat", "-d", "fri")
    people.dana.does(*CLOSE)
    assert people.case()["pending"]["to"] == "rob"


def test_without_anybody_somebody_has_to_be_named(people: Any) -> None:
    people.rob.does("customer", "add", "acme", "--name", "Acme")
    people.rob.does("open", "Drives fail", "-c", "acme", "-n", "Call Pat", "-d", "fri")
    told = people.rob.is_told(3, *CLOSE)
    assert told.startswith("rob is the account owner of acme, has no manager, and acme has no second")
    for candidate in ("carol", "dana", "eve"):
        assert candidate in told
    assert "owncase close 1 --to carol or dana or eve; or first owncase customer edit acme --second HANDLE" in told
    people.rob.does(*CLOSE, "--to", "carol")


def test_rule_5_a_closing_carries_its_promises_to_the_next_owner(opened: Any) -> None:
    opened.rob.does("promise", "make", "1", "A report", "--by", "thu")
    opened.rob.does(*CLOSE)
    assert "1.1 A report" in opened.dana.is_told(3, "ack", "1")
    opened.dana.does("ack", "1", "--take", "1")
    (promise,) = opened.rob.asks("promise", "list", "1")
    assert (promise["owner"], promise["status"]) == ("dana", "open")
    opened.dana.does("promise", "keep", "1.1")


def test_what_is_void_has_no_next_action(opened: Any) -> None:
    opened.rob.does("void", "1", "--reason", "mistake", "--to", "dana")
    told = opened.dana.is_told(2, "ack", "1", "-n", "Call Pat")
    assert told == "what ends has no next action — owncase ack 1, without -n and -d"


def test_rule_3_work_goes_on_while_the_closing_is_on_offer_and_offers_it_again(opened: Any) -> None:
    opened.rob.does(*CLOSE)
    changed = opened.rob("done", "1", "-n", "Send the bill", "-d", "thu 10:00")
    assert changed.stdout == (
        "1 norfolk · rob · Send the bill, Thu 26 Nov 10:00 UTC"
        " · closing offered to dana, answer by Mon 23 Nov 13:00 UTC\n"
    )
    assert "offered again to dana" in changed.stderr
    pending = opened.case()["pending"]
    assert (pending["kind"], pending["outcome"]) == ("closing", "Loan unit runs")
    opened.dana.does("ack", "1")
    assert (opened.case()["outcome"], opened.case()["confirmed_by"]) == ("Loan unit runs", "Pat")


def test_the_action_of_a_case_whose_closing_is_on_offer_does_not_remind(opened: Any, clock: Any) -> None:
    opened.rob.does("replan", "1", "-d", "+1h", "--because", "sooner")
    opened.rob.does(*CLOSE)
    clock.move(hours=2)
    (line,) = opened.rob.does("note", "1", "Still quiet")
    assert line == (
        "1 norfolk · rob · Call Pat, Mon 23 Nov 10:00 UTC · closing offered to dana, answer by Mon 23 Nov 13:00 UTC"
    )
    assert [row["block"] for row in opened.rob.asks("next")] == ["Waiting"]


def test_trust_69_what_comes_back_is_the_next_owners_again(opened: Any) -> None:
    opened.rob.does(*CLOSE)
    opened.dana.does("ack", "1")
    reopened = opened.carol.does("reopen", "1", "--because", "It failed again", "-n", "Call Pat", "-d", "wed 10:00")
    assert reopened == ["1 norfolk · dana · Call Pat, Wed 25 Nov 10:00 UTC"]
    case = opened.case()
    assert (case["status"], case["next_owner"], case["outcome"], case["closed_at"]) == ("open", None, None, None)
    assert [(row["case"], row["block"]) for row in opened.dana.asks("next")] == [(1, "Came back")]


def test_of_a_next_owner_who_left_whoever_reopens_it_owns_it_and_offers_it_to_the_account_owner(opened: Any) -> None:
    opened.rob.does(*CLOSE, "--to", "eve")
    opened.carol.does("ack", "1", "--as", "eve")
    opened.rob.does("person", "retire", "eve")
    reopened = opened.carol("reopen", "1", "--because", "Again", "-n", "Call Pat", "-d", "wed")
    assert reopened.stderr.startswith("offered to dana; yours until dana acknowledges\n")
    assert (opened.case()["owner"], opened.case()["pending"]["to"]) == ("carol", "dana")


def test_only_what_has_ended_is_reopened_or_changed(opened: Any) -> None:
    told = opened.rob.is_told(3, "reopen", "1", "--because", "x", "-n", "y", "-d", "fri")
    assert told == "case 1 is open — owncase show 1"
    opened.rob.does(*CLOSE)
    opened.dana.does("ack", "1")
    for words in (
        ("done", "1", "-n", "x", "-d", "fri"), ("replan", "1", "-n", "x", "--because", "y"), CLOSE,
        ("handoff", "1", "--to", "dana"), ("edit", "1", "--title", "x"), ("void", "1", "--reason", "spam"),
        ("promise", "make", "1", "x", "--by", "fri"),
    ):  # fmt: skip
        told = opened.rob.is_told(3, *words)
        assert told == "case 1 is closed — owncase reopen 1 --because TEXT -n ACTION -d WHEN", words


def test_rule_8_a_duplicate_is_voided_by_its_owner_who_names_the_survivor(opened: Any) -> None:
    opened.rob.does("open", "Drives fail again", "-c", "norfolk", "-n", "Call Pat", "-d", "fri", "--keep")
    assert opened.rob.does("void", "2", "--reason", "duplicate", "--of", "1") == ["2 norfolk · void by rob"]
    case = opened.case(2)
    assert (case["status"], case["void_reason"], case["duplicate_of"]) == ("void", "duplicate", 1)


def test_rule_8_a_duplicate_repeats_another_open_case_of_the_same_customer(opened: Any) -> None:
    opened.rob.does("customer", "add", "acme", "--name", "Acme")
    opened.rob.does("open", "Else", "-c", "acme", "-n", "Call", "-d", "fri")
    for other in ("1", "2"):
        told = opened.rob.is_told(3, "void", "1", "--reason", "duplicate", "--of", other)
        assert told == (
            "case 1 is a duplicate only of another open case of the same customer — owncase list --customer norfolk"
        )
    told = opened.carol.is_told(3, "void", "1", "--reason", "duplicate", "--of", "2")
    assert told.startswith("case 1 is rob's, not carol's — ask rob to run: owncase void 1 --reason duplicate")


def test_rule_8_a_duplicate_is_nothing_to_agree_on(opened: Any) -> None:
    opened.rob.does("open", "Drives fail again", "-c", "norfolk", "-n", "Call Pat", "-d", "fri", "--keep")
    told = opened.rob.is_told(2, "void", "2", "--reason", "duplicate", "--of", "1", "--to", "carol")
    assert told == "a duplicate needs nobody's answer — owncase void 2 --reason duplicate --of 1"


@pytest.mark.parametrize("reason", ["spam", "mistake"])
def test_rule_8_fresh_spam_or_a_mistake_is_voided_by_its_opener_alone(opened: Any, reason: str) -> None:
    assert opened.rob.does("void", "1", "--reason", reason, "--note", "No customer of ours") == [
        "1 norfolk · void by rob"
    ]
    assert opened.case()["void_reason"] == reason


@pytest.mark.parametrize("why", ["a day later", "after a promise", "after an acknowledgement"])
def test_rule_8_otherwise_somebody_else_has_to_agree(opened: Any, clock: Any, why: str) -> None:
    owner = opened.rob
    if why == "a day later":
        clock.move(days=1, hours=1)
    elif why == "after a promise":
        owner.does("promise", "make", "1", "A report", "--by", "thu")
        owner.does("promise", "keep", "1.1")
    else:
        opened.rob.does("handoff", "1", "--to", "carol")
        opened.carol.does("ack", "1")
        owner = opened.carol
    said = owner.does("void", "1", "--reason", "spam")
    assert said[0] == "1 is NOT void yet: offered to dana; yours until dana acknowledges"
    assert " · voiding offered to dana" in said[1]
    assert opened.case()["status"] == "open"
    opened.dana.does("ack", "1")
    case = opened.case()
    assert (case["status"], case["void_reason"], case["next_owner"]) == ("void", "spam", "dana")


def test_rule_8_no_case_with_open_promises_is_void(opened: Any) -> None:
    opened.rob.does("promise", "make", "1", "A report", "--by", "thu")
    for to in ((), ("--to", "carol")):
        told = opened.rob.is_told(3, "void", "1", "--reason", "mistake", *to)
        assert told == "case 1 has open promises — owncase promise list 1"


def test_rule_8_what_is_on_offer_is_withdrawn_before_it_is_void(offered: Any) -> None:
    told = offered.rob.is_told(3, "void", "1", "--reason", "spam")
    assert told == "case 1 is on offer to dana — owncase withdraw 1"


def test_rule_8_who_reopens_a_void_case_owns_it_and_it_is_offered_to_the_account_owner(opened: Any) -> None:
    opened.rob.does("void", "1", "--reason", "mistake")
    opened.carol.does("reopen", "1", "--because", "It is one", "-n", "Call Pat", "-d", "wed")
    case = opened.case()
    assert (case["owner"], case["pending"]["to"], case["void_reason"]) == ("carol", "dana", None)


def test_rule_8_no_promise_is_made_while_a_voiding_is_on_offer(opened: Any) -> None:
    opened.rob.does("void", "1", "--reason", "mistake", "--to", "carol")
    told = opened.rob.is_told(3, "promise", "make", "1", "A report", "--by", "thu")
    assert told == "case 1 is on offer to be void, which has no promises — owncase withdraw 1"


def test_rule_3_another_customer_takes_the_closing_to_another_account_owner(opened: Any) -> None:
    opened.carol.does("customer", "add", "acme", "--name", "Acme")
    opened.rob.does(*CLOSE)
    opened.rob.does("edit", "1", "--customer", "acme")
    pending = opened.case()["pending"]
    assert (pending["kind"], pending["to"], pending["outcome"]) == ("closing", "carol", "Loan unit runs")
    told = opened.dana.is_told(3, "ack", "1")
    assert told == "case 1 is offered to carol; dana cannot answer for carol — ask carol to run: owncase ack 1"
