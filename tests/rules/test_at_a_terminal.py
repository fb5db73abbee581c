"""Somebody at a terminal is asked for what is missing, and sees what they take on before they say yes (rule 2)."""

from typing import Any

PLAIN = {"NO_COLOR": "1"}


def at(person: Any, *words: str, says: str) -> Any:
    """A command line at a terminal, with the lines that are typed."""
    return person(*words, terminal=True, stdin=says, environ=PLAIN)


def test_open_asks_for_whatever_is_missing(people: Any) -> None:
    done = at(people.rob, "open", "--keep", says="Drives fail\nnorfolk\nCall Pat\nsoonish\nfri 15:00\n")
    assert (done.exit, done.stdout) == (0, "1 norfolk · rob · Call Pat, Fri 27 Nov 15:00 UTC\n")
    asked = [line.split(":")[0] for line in done.stderr.splitlines()]
    assert asked[0] == "title"
    for prompt in ("title: ", "customer: ", "next action: ", "due: "):
        assert prompt in done.stderr


def test_an_end_of_the_answers_is_no_answer(people: Any) -> None:
    done = at(people.rob, "open", says="Drives fail\n")
    assert (done.exit, done.stdout) == (2, "")
    assert "no answer: customer — say it with -c CUSTOMER or --new-customer NAME" in done.stderr
    assert people.rob.asks("list") == []


def test_no_input_asks_nobody_at_a_terminal_either(people: Any) -> None:
    done = at(people.rob, "open", "Drives fail", "--no-input", says="norfolk\n")
    assert done.exit == 2
    assert "missing: customer" in done.stderr


def test_rule_5_ack_shows_the_packet_and_asks_for_the_action_and_each_promise(opened: Any) -> None:
    opened.rob.does("promise", "make", "1", "A loan unit", "--by", "thu 12:00")
    opened.rob.does("handoff", "1", "--to", "dana", "--note", "Pat is in until noon")
    done = at(opened.dana, "ack", "1", says="perhaps\ny\nAsk Pat for photos\n")
    assert done.stdout == "1 norfolk · dana · Ask Pat for photos, Fri 27 Nov 15:00 UTC · 1 promise\n"
    lines = done.stderr.splitlines()
    assert lines[:3] == [
        "1 norfolk: Drives fail",
        "  transfer offered by rob, Mon 23 Nov 2026 09:00 UTC",
        "  next: Call Pat, Fri 27 Nov 2026 15:00 UTC",
    ]
    assert "  note: Pat is in until noon" in lines
    assert "  promised: 1.1 A loan unit, by Thu 26 Nov 12:00 UTC, in 3 d; made by rob" in lines
    question = "Take on 1.1 A loan unit, by Thu 26 Nov 2026 12:00 UTC? y/n: "
    assert done.stderr.count(question) == 2
    assert "Next action, in your words [Call Pat]: " in done.stderr


def test_rule_5_a_promise_that_is_not_taken_leaves_the_case_with_its_giver(opened: Any) -> None:
    opened.rob.does("promise", "make", "1", "A loan unit", "--by", "thu 12:00")
    opened.rob.does("handoff", "1", "--to", "dana")
    done = at(opened.dana, "ack", "1", says="n\n\n")
    assert (done.exit, done.stdout) == (3, "")
    assert "owncase ack 1 --take 1" in done.stderr
    assert opened.case()["owner"] == "rob"


def test_enter_keeps_the_action_as_it_is(offered: Any) -> None:
    done = at(offered.dana, "ack", "1", says="\n")
    assert done.stdout == "1 norfolk · dana · Call Pat, Fri 27 Nov 15:00 UTC\n"


def test_a_due_that_has_passed_is_asked_for(offered: Any, clock: Any) -> None:
    clock.set("2026-11-28T09:00:00Z")
    done = at(offered.dana, "ack", "1", says="\nmon 10:00\n")
    assert done.stdout == "1 norfolk · dana · Call Pat, Mon 30 Nov 10:00 UTC\n"


def test_rule_4_a_closing_is_shown_with_its_outcome_and_asks_for_no_action(opened: Any) -> None:
    opened.rob.does("close", "1", "--outcome", "Loan unit runs", "--unconfirmed", "Pat left")
    done = at(opened.dana, "ack", "1", says="")
    assert done.exit == 0
    assert "  outcome: Loan unit runs" in done.stderr
    assert "  unconfirmed: Pat left" in done.stderr
    assert "Next action" not in done.stderr


def test_hidden_characters_of_an_action_are_shown_where_it_is_asked_for(people: Any) -> None:
    people.rob.does("open", "Drives fail", "-c", "norfolk", "-n", "Call\u200bPat", "-d", "fri")
    done = at(people.dana, "ack", "1", says="\n")
    assert "\u200b" not in done.stderr
    assert "\u200b" not in done.stdout
    assert people.case()["next_action"] == "Call\u200bPat"


def test_close_asks_for_the_outcome_and_who_confirmed_it(opened: Any) -> None:
    done = at(opened.rob, "close", "1", says="Loan unit runs\nPat\n")
    assert done.stdout.startswith("1 is NOT closed yet: offered to dana; yours until dana acknowledges\n")
    assert opened.dana.does("ack", "1")[0].endswith("Loan unit runs")
    assert opened.case()["confirmed_by"] == "Pat"


def test_one_line_says_what_waits(offered: Any) -> None:
    offered.carol.does("open", "Else", "-c", "norfolk", "-n", "Call", "-d", "fri", "--to", "rob")
    done = at(offered.rob, "note", "1", "Quiet", says="")
    assert done.stderr == "1 to acknowledge\n"
    offered.dana.does("decline", "1", "--reason", "away")
    done = at(offered.rob, "note", "1", "Still quiet", says="")
    assert done.stderr == "1 to acknowledge, 1 came back (1)\n"


def test_close_asks_why_when_nobody_confirmed_it(opened: Any) -> None:
    done = at(opened.rob, "close", "1", says="Loan unit runs\n\nPat is away\n")
    assert done.exit == 0
    assert opened.dana.asks("inbox")[0]["unconfirmed"] == "Pat is away"


def test_a_moment_that_has_passed_is_asked_for_again_and_what_was_said_before_is_kept(opened: Any) -> None:
    done = at(opened.rob, "done", "1", says="Send photos\n2026-11-01\nfri 15:00\n")
    assert done.stdout == "1 norfolk · rob · Send photos, Fri 27 Nov 15:00 UTC\n"
    assert "due Sun 1 Nov 2026 23:59 UTC has passed — give a later moment\n" in done.stderr


def test_replan_asks_why_and_what_changes_and_enter_keeps_it(opened: Any) -> None:
    done = at(opened.rob, "replan", "1", says="Pat is away\n\nmon 10:00\n")
    assert done.stdout == "1 norfolk · rob · Call Pat, Mon 30 Nov 10:00 UTC\n"
    assert done.stderr.startswith(
        "because: next action [Call Pat]: due [Fri 27 Nov 2026 15:00 UTC]: due: Mon 30 Nov 2026 10:00 UTC\n"
    )
    done = at(opened.rob, "replan", "1", says="Pat is back\nVisit Pat\n\n")
    assert done.stdout == "1 norfolk · rob · Visit Pat, Mon 30 Nov 10:00 UTC\n"


def test_replan_keeps_no_due_that_has_passed_and_changes_something(opened: Any, clock: Any) -> None:
    assert "nothing to change" in at(opened.rob, "replan", "1", says="Why not\n\n\n").stderr
    clock.set("2026-11-28T09:00:00Z")
    done = at(opened.rob, "replan", "1", says="Pat is away\n\n\nmon 10:00\n")
    assert done.stdout == "1 norfolk · rob · Call Pat, Mon 30 Nov 10:00 UTC\n"


def test_handoff_asks_for_somebody_there_is_and_for_a_note(opened: Any) -> None:
    done = at(opened.rob, "handoff", "1", says="danna\ndana\nPat is in until noon\n")
    assert done.exit == 0
    assert "there is no person 'danna' — did you mean dana?\n" in done.stderr
    assert opened.case()["pending"]["note"] == "Pat is in until noon"


def test_a_reason_to_decline_may_be_begun_only_where_one_fits(offered: Any) -> None:
    done = at(offered.dana, "decline", "1", says="no\nmis\nWhich drives?\n")
    assert done.exit == 0
    assert "the reason takes no 'no' — one of wrong-topic," in done.stderr
    declined = offered.rob.asks("history", "1")[-1]
    assert (declined["data"]["reason"], declined["text"]) == ("missing-info", "Which drives?")


def test_a_refusal_tells_moments_by_the_clock_of_who_reads_it(opened: Any) -> None:
    opened.rob.does("person", "edit", "rob", "--zone", "Europe/Berlin")
    opened.rob.does("promise", "make", "1", "A loan unit", "--by", "thu 12:00")
    opened.rob.does("handoff", "1", "--to", "dana")
    opened.dana.does("ack", "1", "--take", "1")
    words = ("undo", "1")
    said = "somebody acted since on case 1: dana's acknowledgement of"
    told = " ".join(at(opened.rob, *words, says="").stderr.split())
    assert told.startswith(f"owncase: {said} Mon 23 Nov 2026 10:00 CET — ")
    assert opened.rob.is_told(3, *words).startswith(f"{said} 2026-11-23T09:00:")


def test_a_moment_in_a_refusal_never_hides_the_refusal(people: Any) -> None:
    done = at(people.rob, "who", "2026-11-23T09:00:00Z", says="")
    assert done.exit == 66
    done = people.rob("--store", "/nowhere/2026-99-23T09:00:00Z.db", "next", terminal=True, environ=PLAIN)
    assert (done.exit, "2026-99-23T09:00:00Z.db" in done.stderr) == (66, True)
