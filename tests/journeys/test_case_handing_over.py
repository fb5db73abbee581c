"""Ownership moves when the one who was asked says so, with all that was promised, and not a moment before."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from inline_snapshot import snapshot

Team = Callable[..., Any]
Look = Callable[..., dict[str, Any]]
Kinds = Callable[..., list[str]]


def test_an_offer_leaves_the_case_with_its_owner(kept: Team, case: Look) -> None:
    code, stdout, stderr = kept(
        "handoff", "1", "--to", "dana", "--note", "You know Pat", "-n", "Visit", "-d", "2026-11-25T10:00"
    )
    assert code == 0
    assert stdout == snapshot(
        "1 norfolk · rob · Call Pat, Tue 24 Nov 15:00 CET · offered to dana, answer by Mon 23 Nov 19:00 CET\n"
    )
    assert stderr == snapshot(
        """\
offered to dana; yours until dana acknowledges
due: Wed 25 Nov 2026 10:00 CET
"""
    )
    assert (case()["owner"], case()["handoffs"]) == ("rob", 0)


def test_acknowledging_moves_it_with_what_was_proposed(kept: Team, case: Look) -> None:
    kept("handoff", "1", "--to", "dana", "-n", "Visit", "-d", "2026-11-25T10:00")
    code, stdout, _ = kept("ack", "1", by="dana")
    assert (code, stdout) == snapshot((0, "1 norfolk · dana · Visit, Wed 25 Nov 04:00 EST\n"))
    assert (case()["owner"], case()["handoffs"], case()["pending"]) == ("dana", 1, None)


def test_own_words_come_before_a_proposal(kept: Team, case: Look) -> None:
    kept("handoff", "1", "--to", "dana", "-n", "Visit", "-d", "2026-11-25T10:00")
    code, _, stderr = kept("ack", "1", "-n", "Phone", "-d", "2026-11-26T10:00", by="dana")
    assert (code, stderr) == (0, "due: Thu 26 Nov 2026 10:00 EST\n")
    assert (case()["next_action"], case()["next_due"]) == ("Phone", "2026-11-26T15:00:00Z")


def test_a_customer_names_its_one_offered_case(opened: Team, case: Look) -> None:
    opened("open", "Second", "-c", "norfolk", "-n", "Call", "-d", "fri", "--keep")
    assert opened("ack", "norfolk", by="dana").exit == 0
    assert (case(1)["owner"], case(2)["owner"]) == ("dana", "rob")


def test_several_offers_of_a_customer_are_named(opened: Team) -> None:
    opened("open", "Second", "-c", "norfolk", "-n", "Call", "-d", "fri")
    code, _, stderr = opened("ack", "norfolk", by="dana")
    assert code == 2
    assert stderr == snapshot("owncase: more than one offer is about norfolk — owncase ack 1 or owncase ack 2\n")


def test_each_promise_is_taken_on_by_number(kept: Team, case: Look) -> None:
    kept("promise", "make", "1", "Spare disk", "--by", "2026-11-25")
    kept("promise", "make", "1", "Report", "--by", "2026-11-26")
    kept("handoff", "1", "--to", "dana")
    for words in ((), ("--take", "1")):
        code, stdout, stderr = kept("ack", "1", *words, by="dana")
        assert (code, stdout) == (3, "")
        assert "1.2 Report" in stderr
        assert "owncase ack 1 --take 1 --take 2" in stderr
    assert kept("ack", "1", "--take", "3", by="dana").exit == 3
    assert kept("ack", "1", "--take", "one", by="dana").exit == 2
    assert kept("ack", "1", "--take", "2.1", by="dana").exit == 2
    assert kept("ack", "1", "--take", "1.1", "--take", "2", by="dana").exit == 0
    assert case()["promises_open"] == 2


def test_a_due_that_has_passed_is_not_taken_on(opened: Team, clock: Any, case: Look) -> None:
    clock.move(days=2)
    code, _, stderr = opened("ack", "1", by="dana")
    assert code == 3
    assert stderr == snapshot(
        "owncase: the next action of case 1 was due 2026-11-24T14:00:00Z — owncase ack 1 -d WHEN\n"
    )
    assert opened("ack", "1", "-d", "+2h", by="dana").exit == 0
    assert case()["overdue"] is False


def test_acknowledging_twice_is_said_and_done_once__trust_62(opened: Team, kinds: Kinds) -> None:
    assert opened("ack", "1", by="dana").exit == 0
    code, stdout, stderr = opened("ack", "1", by="dana")
    assert (code, stderr) == (0, "already acknowledged\n")
    assert stdout.startswith("1 norfolk · dana")
    assert kinds().count("handoff.acknowledged") == 1


def test_a_terminal_shows_what_is_offered_and_asks(kept: Team, case: Look) -> None:
    kept("promise", "make", "1", "Spare disk", "--by", "2026-11-25")
    kept("handoff", "1", "--to", "dana", "--note", "You know Pat")
    code, stdout, stderr = kept("ack", "1", by="dana", terminal=True, stdin="perhaps\ny\nPhone Pat\n")
    assert (code, stdout) == snapshot((0, "1 norfolk · dana · Phone Pat, Tue 24 Nov 09:00 EST · 1 promise\n"))
    assert stderr == snapshot(
        """\
1 norfolk: Disks damaged
  transfer offered by rob, Mon 23 Nov 2026 04:00 EST
  next: Call Pat, Tue 24 Nov 2026 09:00 EST
  note: You know Pat
  promised: 1.1 Spare disk, by Wed 25 Nov 11:00 EST, in 2 d; made by rob
  Mon 23 Nov 2026 04:00 EST rob noted: Kept by its opener, and not offered to
    the account owner dana.
  Mon 23 Nov 2026 04:00 EST rob promised: Spare disk
  Mon 23 Nov 2026 04:00 EST rob offered to dana: You know Pat
Take on 1.1 Spare disk, by Wed 25 Nov 2026 11:00 EST? y/n: \
Take on 1.1 Spare disk, by Wed 25 Nov 2026 11:00 EST? y/n: \
Next action, in your words [Call Pat]: \
"""
    )


def test_enter_keeps_the_action_and_no_keeps_the_case_where_it_is(kept: Team, case: Look) -> None:
    kept("promise", "make", "1", "Spare disk", "--by", "2026-11-25")
    kept("handoff", "1", "--to", "dana")
    assert kept("ack", "1", by="dana", terminal=True, stdin="n\n\n").exit == 3
    assert case()["owner"] == "rob"
    assert kept("ack", "1", by="dana", terminal=True, stdin="y\n\n").exit == 0
    assert (case()["owner"], case()["next_action"]) == ("dana", "Call Pat")


def test_on_a_terminal_a_due_that_has_passed_is_asked_for(opened: Team, clock: Any, case: Look) -> None:
    clock.move(days=2)
    assert opened("ack", "1", by="dana", terminal=True, stdin="\n2026-11-27T10:00\n").exit == 0
    assert case()["next_due"] == "2026-11-27T15:00:00Z"


def test_what_is_acknowledged_is_what_was_shown(opened: Team, world: Any, case: Look) -> None:
    """The offer changes between looking at it and saying yes."""
    from owncase.actions.acknowledge import Answer

    offer = next(event["seq"] for event in json.loads(opened("history", "1", "--json").stdout)[::-1])
    opened("done", "1", "-n", "Something else", "-d", "fri")
    assert _refusal(opened, world, Answer(offer=offer)) == "moved-on"
    assert case()["owner"] == "rob"


def _refusal(team: Team, world: Any, said: Any) -> str:
    from owncase import bootstrap
    from owncase.actions.acknowledge import acknowledge
    from owncase.errors import OwncaseError

    at = world(os_user="dana")
    info = json.loads(team("store", "info", "--json").stdout)
    desk = bootstrap.desk(at, bootstrap.settings(at), store=info["path"])
    with pytest.raises(OwncaseError) as refused:
        acknowledge(desk, 1, said)
    return refused.value.code


@pytest.mark.parametrize(
    ("words", "by", "code", "says"),
    [
        pytest.param(("handoff", "1", "--to", "rob"), "rob", 3, "is rob's already", id="to oneself, trust 56"),
        pytest.param(("handoff", "1", "--to", "darna"), "rob", 66, "did you mean dana?", id="to nobody, trust 57"),
        pytest.param(("handoff", "1", "--to", "carol"), "rob", 3, "already offered to dana", id="a second, trust 60"),
        pytest.param(("ack", "1"), "carol", 3, "ask dana to run: owncase ack 1", id="by another, trust 61"),
        pytest.param(("ack", "1"), "rob", 3, "rob cannot answer for dana", id="by the giver, trust 61"),
        pytest.param(
            ("decline", "1", "--reason", "other"), "carol", 3, "ask dana to run: owncase decline 1",
            id="no by another, trust 61",
        ),
        pytest.param(("withdraw", "1"), "carol", 3, "was offered by rob", id="withdrawn by another"),
        pytest.param(
            ("close", "1", "--outcome", "fixed", "--confirmed-by", "Pat"), "rob", 3, "owncase withdraw 1",
            id="close while on offer, trust 67",
        ),
        pytest.param(("void", "1", "--reason", "mistake"), "rob", 3, "owncase withdraw 1", id="void while on offer"),
        pytest.param(("decline", "1", "--reason", "lazy"), "dana", 2, "wrong-topic", id="no such reason"),
        pytest.param(("decline", "1"), "dana", 2, "--reason", id="no reason"),
        pytest.param(("handoff", "1"), "rob", 2, "--to HANDLE", id="to whom"),
        pytest.param(("ack", "9"), "dana", 66, "did you mean 1?", id="no such case"),
    ],
)  # fmt: skip
def test_refusals_of_an_offered_case(opened: Team, words: tuple[str, ...], by: str, code: int, says: str) -> None:
    before = opened("history", "1").stdout
    outcome = opened(*words, by=by)
    assert (outcome.exit, outcome.stdout) == (code, "")
    assert says in outcome.stderr
    assert opened("history", "1").stdout == before


@pytest.mark.parametrize("text", ["-1", "0", "1.0", "1e3", "0x10", "1_000", "+1", " 1\n", "\u0661"])
def test_odd_numbers_are_no_cases__trust_41(opened: Team, text: str) -> None:
    assert opened("ack", "--", text, by="dana").exit == 2


def test_zeros_in_front_are_no_case__trust_42(opened: Team) -> None:
    code, _, stderr = opened("ack", "001", by="dana")
    assert (code, "1" in stderr) == (2, True)


@pytest.mark.parametrize("text", [str(2**63), str(2**53 + 1), "9" * 5000])
def test_numbers_no_case_can_have_are_bad__trust_43(opened: Team, text: str) -> None:
    assert opened("ack", text, by="dana").exit == 65


def test_nobody_who_left_is_asked__trust_58(kept: Team) -> None:
    kept("person", "add", "eve", "--name", "Eve Ray")
    assert kept("person", "retire", "eve").exit == 0
    code, _, stderr = kept("handoff", "1", "--to", "eve")
    assert (code, "eve has left" in stderr) == (3, True)


@pytest.mark.parametrize(
    ("words", "by"),
    [(("withdraw", "1"), "rob"), (("decline", "1", "--reason", "away"), "dana")],
    ids=["withdraw", "decline"],
)
def test_what_is_no_longer_offered_is_not_acknowledged__trust_64(
    opened: Team, case: Look, words: tuple[str, ...], by: str
) -> None:
    assert opened(*words, by=by).exit == 0
    code, _, stderr = opened("ack", "1", by="dana")
    assert (code, "case 1 is not on offer" in stderr) == (3, True)
    assert opened(*words, by=by).exit == 3
    assert case()["owner"] == "rob"


def test_a_lapsed_offer_is_still_acknowledged(opened: Team, clock: Any, case: Look) -> None:
    clock.move(hours=20)
    assert opened("ack", "1", by="dana").exit == 0
    assert case()["owner"] == "dana"


def test_a_declined_case_comes_back_with_the_reason(opened: Team, case: Look) -> None:
    words = ("--reason", "no-capacity", "--note", "Ask me on Monday", "--suggest", "carol")
    code, stdout, _ = opened("decline", "1", *words, by="dana")
    assert (code, stdout) == (0, "1 norfolk · rob · Call Pat, Tue 24 Nov 09:00 EST\n")
    assert "declined: no-capacity, suggests carol" in opened("history", "1").stdout
    waiting = opened("note", "1", "So be it", terminal=True)
    assert "1 came back (1)" in waiting.stderr


def test_a_manager_offers_on_behalf_of_the_owner_by_name(kept: Team, case: Look) -> None:
    code, _, stderr = kept("handoff", "1", "--to", "carol", by="dana")
    assert (code, "owncase handoff 1 --to carol --for rob" in stderr) == (3, True)
    assert kept("handoff", "1", "--to", "carol", "--for", "carol", by="dana").exit == 3
    code, _, stderr = kept("handoff", "1", "--to", "dana", "--for", "rob", by="dana")
    assert (code, stderr) == (0, "offered to dana; rob's until dana acknowledges\n")
    assert case()["owner"] == "rob"
    assert kept("ack", "1", by="dana").exit == 0
    assert case()["owner"] == "dana"


def test_somebody_without_a_login_is_acted_for_and_that_is_shown(kept: Team) -> None:
    kept("handoff", "1", "--to", "carol")
    assert kept("ack", "1", by="carol").exit == 0
    last = json.loads(kept("history", "1", "--json").stdout)[-1]
    assert (last["by"], last["claimed"], last["typed_by"]) == ("carol", True, "rob")
    assert kept("--as", "dana", "note", "1", "Hello").exit == 77


def test_an_offer_with_a_note_is_a_table_on_eighty_columns(kept: Team) -> None:
    kept("handoff", "1", "--to", "dana", "--note", "I must leave early today, and Pat waits")
    shown = kept("inbox", by="dana", terminal=True, environ={"NO_COLOR": "1", "COLUMNS": "80"}).stdout
    assert shown == snapshot("""\
Case  From      For       Title                             Answer by
      Customer            Next action
                          Note
   1  rob       transfer  Disks damaged                     Mon 23 Nov 13:00 EST
      norfolk             Call Pat
                          I must leave early today, and P…
""")
