"""History only grows, claims stay marked as claims, and accounts move like cases (rules 7, 10 and 12)."""

from pathlib import Path
from typing import Any

LOG = """case,when,who,state,what
A-1,2026-11-20T10:00:00Z,Dana Cole,new,norfolk
A-1,2026-11-20T11:00:00Z,Eve Moss,work,norfolk
"""
COLUMNS = "--case case --at when --owner who --status state --customer what --closed done --next Look --due-default +3d"


def test_rule_7_every_act_is_an_event_and_none_changes_afterwards(offered: Any) -> None:
    before = offered.rob.asks("history", "1")
    offered.dana.does("ack", "1")
    offered.dana.does("done", "1", "-n", "Ship it", "-d", "thu")
    offered.dana.does("note", "1", "Shipped")
    after = offered.rob.asks("history", "1")
    assert after[: len(before)] == before
    assert [event["kind"] for event in after[len(before) :]] == ["handoff.acknowledged", "case.done", "case.noted"]
    assert [event["seq"] for event in after] == sorted(event["seq"] for event in after)
    assert {event["by"] for event in after[len(before) :]} == {"dana"}


def test_rule_7_what_was_refused_leaves_no_trace(opened: Any) -> None:
    before = opened.rob.asks("history", "1")
    opened.carol.is_told(3, "done", "1", "-n", "x", "-d", "fri")
    opened.carol.is_told(3, "close", "1", "--outcome", "x", "--confirmed-by", "Pat")
    assert opened.rob.asks("history", "1") == before


def test_rule_7_helping_never_moves_ownership(opened: Any) -> None:
    opened.carol.does("note", "1", "They called again")
    assert opened.case()["owner"] == "rob"
    assert opened.rob.asks("next")[0]["unseen_notes"] == 1
    opened.rob.does("show", "1")
    assert opened.rob.asks("next")[0]["unseen_notes"] == 1  # reading never writes
    opened.rob.does("seen", "1")
    assert [row["unseen_notes"] for row in opened.rob.asks("next")] in ([], [0])


def test_rule_10_what_another_tracker_states_is_claimed_until_its_owner_acts(people: Any, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(LOG)
    people.rob.does("import", "log", str(log), *COLUMNS.split())
    (case,) = people.rob.asks("list")
    assert (case["owner"], case["claimed"], case["imported_by"], case["external"]) == ("eve", True, "rob", "A-1")
    number = str(case["case"])
    assert {event["claimed"] for event in people.rob.asks("history", number)} == {True}
    people.carol.does("done", number, "-n", "Call", "-d", "fri", "--as", "eve")
    assert people.case(case["case"])["claimed"] is False


def test_rule_10_who_does_not_own_it_returns_it_to_the_importer(people: Any, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(LOG)
    people.rob.does("import", "log", str(log), *COLUMNS.split())
    people.carol.does("decline", "1", "--reason", "not-my-customer", "--as", "eve")
    assert (people.case()["owner"], people.case()["claimed"]) == ("rob", False)


def test_rule_12_the_account_owner_changes_only_by_an_acknowledged_handoff(people: Any) -> None:
    told = people.carol.is_told(3, "customer", "handoff", "norfolk", "--to", "carol")
    assert told == (
        "the account norfolk is dana's, not carol's — ask dana to run: owncase customer handoff norfolk --to carol"
    )
    people.dana.does("customer", "handoff", "norfolk", "--to", "carol")
    assert people.rob.asks("customer", "show", "norfolk")["account_owner"] == "dana"
    people.carol.does("ack", "norfolk")
    assert people.rob.asks("customer", "show", "norfolk")["account_owner"] == "carol"
    people.rob.does("open", "Drives fail", "-c", "norfolk", "-n", "Call", "-d", "fri")
    assert people.case()["pending"]["to"] == "carol"
