"""A no may name its terms, the giver offers again on them, and no ETA that was not told is handed on unmentioned."""

import json
import shlex
from collections.abc import Callable
from typing import Any

import pytest

Team = Callable[..., Any]
LATER = "2026-12-04T22:00:00Z"


def asks(team: Team, *words: str, by: str = "rob") -> Any:
    """The answer of a command as JSON."""
    done = team(*words, "--json", by=by)
    assert done.exit == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def promised(kept: Team) -> Team:
    """The team after rob promised two things in case 1 of norfolk, which he keeps."""
    kept("promise", "make", "1", "New drives", "--by", "2026-11-25T17:00")
    kept("promise", "make", "1", "A refund", "--by", "2026-11-30T17:00")
    return kept


@pytest.fixture
def refused(promised: Team) -> Team:
    """The same, and dana declined the case on terms for the first promise."""
    promised("handoff", "1", "--to", "dana")
    promised("decline", "1", "--reason", "no-capacity", "--note", "Too soon", "--terms", f"1.1={LATER}", by="dana")
    return promised


def test_the_giver_sees_the_terms_and_the_command_that_offers_on_them(refused: Team) -> None:
    no = {
        "kind": "transfer", "by": "dana", "at": "2026-11-23T09:00:14Z", "reason": "no-capacity", "note": "Too soon",
        "suggested": None, "terms": [{"promise": "1.1", "due": LATER}],
        "again": f"owncase handoff 1 --to dana --move 1.1={LATER}",
    }  # fmt: skip
    (row,) = asks(refused, "next")
    assert (row["block"], row["declined"] | {"at": no["at"]}) == ("Came back", no)
    assert asks(refused, "show", "1")["declined"] == row["declined"]
    said = f"1: dana would take it with 1.1 by Fri 4 Dec 23:00 CET: {no['again']}\n"
    assert said in refused("next").stderr
    assert said.replace(": owncase", ":\n  owncase") in refused("show", "1", terminal=True).stderr
    assert "Came back" in refused("show", "1", terminal=True).stdout
    assert "declined by dana" in refused("next", terminal=True).stdout


def test_a_decline_says_what_the_giver_is_told(promised: Team) -> None:
    promised("handoff", "1", "--to", "dana")
    done = promised("decline", "1", "--reason", "no-capacity", "--terms", "1=2026-12-04", by="dana")
    assert done.exit == 0
    assert "1: dana would take it with 1.1 by Fri 4 Dec 17:00 EST: owncase handoff 1 --to dana --move" in done.stderr
    assert "1.1 by: Fri 4 Dec 2026 17:00 EST (Fri 4 Dec 2026 23:00 CET for rob)" in done.stderr


def test_the_command_offers_again_on_the_terms_in_one_act(refused: Team, kinds: Callable[..., list[str]]) -> None:
    again = asks(refused, "next")[0]["declined"]["again"]
    done = refused(*again.split()[1:])
    assert done.exit == 0
    assert kinds()[-2:] == ["promise.moved", "handoff.offered"]
    case = asks(refused, "show", "1")
    assert (case["declined"], case["pending"]["to"], case["pending"]["eta_debt"]) == (None, "dana", ["1.1"])
    assert [promise["due"] for promise in case["promises"]] == ["2026-11-30T16:00:00Z", LATER]
    assert [event["text"] for event in asks(refused, "history", "1") if event["kind"] == "promise.moved"] == [
        "terms of dana"
    ]
    assert "1.1: the customer was told Wed 25 Nov 17:00 CET, we believe Fri 4 Dec 23:00 CET\n" in done.stderr
    assert "tell them: owncase told 1 --how phone --whom TEXT\n" in done.stderr
    assert refused("ack", "1", "--take", "1", "--take", "2", by="dana").exit == 0
    assert asks(refused, "show", "1")["owner"] == "dana"


def test_a_closing_on_terms_is_offered_again_by_two_commands(promised: Team) -> None:
    promised("close", "1", "--outcome", "Pat's drives run", "--unconfirmed", "Not reached", "--to", "dana")
    promised("decline", "1", "--reason", "no-capacity", "--terms", f"1.1={LATER}", by="dana")
    move, close = (shlex.split(line) for line in asks(promised, "show", "1")["declined"]["again"].split(" && "))
    assert (promised(*move[1:]).exit, promised(*close[1:]).exit) == (0, 0)
    pending = asks(promised, "show", "1")["pending"]
    assert (pending["kind"], pending["outcome"], pending["eta_debt"]) == ("closing", "Pat's drives run", ["1.1"])


@pytest.mark.parametrize(
    ("terms", "code", "said"),
    [
        ("1.3=2026-12-04", 3, "1.3 is no open promise of case 1"),
        ("2.1=2026-12-04", 2, "promise 2.1 is not one of case 1"),
        ("1.1", 2, "--terms takes a promise and its due, not '1.1'"),
        ("1.1=01/02/03", 65, "01/02/03"),
        ("1.1=yesterday", 65, "yesterday"),
        ("1.1=2026-11-01", 3, "has passed"),
        ("=fri", 2, "not a promise"),
    ],
)
def test_terms_name_open_promises_and_moments_ahead(promised: Team, terms: str, code: int, said: str) -> None:
    promised("handoff", "1", "--to", "dana")
    done = promised("decline", "1", "--reason", "away", "--terms", terms, by="dana")
    assert (done.exit, done.stdout) == (code, "")
    assert said in done.stderr
    assert asks(promised, "show", "1")["pending"]["to"] == "dana"


def test_a_promise_is_named_once_in_terms(promised: Team) -> None:
    promised("handoff", "1", "--to", "dana")
    done = promised("decline", "1", "--reason", "away", "--terms", "1=fri", "--terms", "1.1=mon", by="dana")
    assert (done.exit, "1.1 is named twice" in done.stderr) == (3, True)


def test_a_handoff_that_moves_what_another_holds_does_nothing(promised: Team, kinds: Callable[..., list[str]]) -> None:
    before = kinds()
    done = promised("handoff", "1", "--to", "carol", "--move", "1.1=fri", "--for", "rob", by="dana")
    assert (done.exit, done.stdout) == (3, "")
    assert "promise 1.1 is held by rob, not by dana" in done.stderr
    assert "ask rob to run: owncase promise move 1.1 --to WHEN --because TEXT" in done.stderr
    assert kinds() == before


def test_a_handoff_is_all_or_nothing(promised: Team, kinds: Callable[..., list[str]]) -> None:
    before = kinds()
    for words in (("--to", "rob"), ("--to", "nobody"), ("--to", "dana", "--move", "1.9=fri")):
        assert promised("handoff", "1", "--move", "1.1=fri", "--promise", "A call", "--by", "fri", *words).exit != 0
    assert kinds() == before


def test_a_move_supersedes_no_standing_offer_without_a_word(promised: Team) -> None:
    promised("handoff", "1", "--to", "dana")
    done = promised("handoff", "1", "--to", "carol", "--move", "1.1=fri")
    assert (done.exit, "owncase withdraw 1" in done.stderr) == (3, True)
    assert asks(promised, "show", "1")["pending"]["to"] == "dana"


def test_promises_are_made_inside_a_handoff(kept: Team, kinds: Callable[..., list[str]]) -> None:
    done = kept("handoff", "1", "--to", "dana", "--promise", "A loan unit", "--by", "2026-11-27T12:00")
    assert (done.exit, kinds()[-2:]) == (0, ["promise.made", "handoff.offered"])
    assert "promised by: Fri 27 Nov 2026 12:00 CET" in done.stderr
    assert kept("handoff", "1", "--to", "dana", "--promise", "A call").exit == 2


def test_a_reason_without_a_move_is_asked_back(kept: Team) -> None:
    done = kept("handoff", "1", "--to", "dana", "--because", "They are slow")
    assert (done.exit, "--because says why an ETA moves" in done.stderr) == (2, True)


def test_a_repeated_handoff_on_terms_is_done_once(refused: Team, kinds: Callable[..., list[str]]) -> None:
    words = ("handoff", "1", "--to", "dana", "--move", f"1.1={LATER}", "--request-id", "h1")
    assert refused(*words).exit == 0
    before = kinds()
    again = refused(*words)
    assert (again.exit, "already done\n" in again.stderr, kinds()) == (0, True, before)


@pytest.mark.parametrize(
    "words",
    [
        ("handoff", "1", "--to", "dana"),
        ("close", "1", "--outcome", "Replaced", "--confirmed-by", "Pat", "--to", "dana"),
    ],
)
def test_no_eta_is_offered_unmentioned(promised: Team, words: tuple[str, ...]) -> None:
    promised("promise", "move", "1.2", "--to", "2026-12-07T17:00", "--because", "Bank holiday")
    done = promised(*words)
    assert "1.2: the customer was told Mon 30 Nov 17:00 CET, we believe Mon 7 Dec 17:00 CET" in done.stderr
    (offer,) = asks(promised, "inbox", by="dana")
    assert offer["eta_debt"] == ["1.2"]
    promised("told", "1", "--how", "phone", "--whom", "Pat", by="dana")
    assert asks(promised, "inbox", by="dana")[0]["eta_debt"] == []
    assert promised("ack", "1", "--take", "1", "--take", "2", by="dana").exit == 0
    assert promised("store", "check").exit == 0


def test_ack_shows_what_is_believed_and_what_was_told(promised: Team) -> None:
    promised("promise", "move", "1.1", "--to", "2026-11-27T17:00", "--because", "They are slow")
    promised("promise", "at-risk", "1.1", "--because", "No stock")
    promised("handoff", "1", "--to", "dana")
    done = promised("ack", "1", by="dana", terminal=True, stdin="y\ny\n\n")
    assert done.exit == 0
    said = " ".join(done.stderr.split())
    shown = "1.1 New drives, by Fri 27 Nov 11:00 EST, in 4 d; NOT TOLD: the customer believes Wed 25 Nov 11:00 EST"
    assert f"promised: {shown}; at risk: No stock; made by rob " in said
    assert "Take on 1.1 New drives, by Fri 27 Nov 2026 11:00 EST, told Wed 25 Nov 2026 11:00 EST? y/n" in said


# accounts -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def served(team: Team) -> Team:
    """The team after rob opened case 1 for acme, his own account, with a promise, and told Pat of it."""
    words = ("open", "Drives fail", "-c", "acme", "-n", "Call Pat", "-d", "2026-11-27T15:00", "--keep")
    team(*words, "--promise", "New drives", "--by", "2026-11-25T17:00")
    team("told", "1", "We are on it", "--how", "phone", "--whom", "Pat")
    return team


WHOLE = (
    "open: 1 rob: Drives fail; next: Call Pat, Fri 27 Nov",
    "promised: 1.1 New drives, by Wed 25 Nov",
    "made by rob",
    "told: last by rob, phone to Pat, Mon 23 Nov",
    "case 1: We are on it",
)


def test_both_sides_of_a_customer_handoff_see_the_whole_relationship(served: Team) -> None:
    offered = served("customer", "handoff", "acme", "--to", "dana")
    assert "offered to dana; rob's until dana acknowledges. dana is shown:\n" in offered.stderr
    inbox = served("inbox", by="dana", terminal=True)
    asked = served("ack", "acme", by="dana", terminal=True, stdin="perhaps\ny\n")
    for part in WHOLE:
        assert part in offered.stderr
        assert part in inbox.stdout
        assert part in asked.stderr
    assert "Account of Acme Tools, offered by rob, Mon 23 Nov" in asked.stderr
    assert (asked.exit, asks(served, "customer", "show", "acme")["account_owner"]) == (0, "dana")


def test_the_account_stays_with_the_giver_until_a_yes(served: Team) -> None:
    served("customer", "handoff", "acme", "--to", "dana")
    done = served("ack", "acme", by="dana", terminal=True, stdin="n\n")
    assert (done.exit, "owncase decline acme --reason REASON" in done.stderr) == (2, True)
    assert asks(served, "customer", "show", "acme")["account_owner"] == "rob"
    assert served("ack", "acme", by="dana").exit == 0  # nobody to ask elsewhere


def test_a_closing_that_nobody_confirmed_belongs_to_the_relationship(served: Team) -> None:
    served("promise", "keep", "1.1")
    served("close", "1", "--outcome", "Replaced", "--unconfirmed", "Nobody answered", "--to", "dana")
    served("ack", "1", by="dana")
    found = asks(served, "customer", "show", "acme")
    assert [(case["case"], case["unconfirmed"], case["next_owner"]) for case in found["unconfirmed"]] == [
        (1, "Nobody answered", "dana")
    ]
    assert "Closed, not confirmed" in served("customer", "show", "acme", terminal=True).stdout
    done = served("customer", "handoff", "acme", "--to", "dana")
    assert "not sure: 1 Drives fail: closed Mon 23 Nov 10:00 CET, Nobody answered; dana answers for it" in done.stderr


def test_an_account_comes_back_on_terms(served: Team) -> None:
    served("customer", "handoff", "acme", "--to", "dana")
    done = served("decline", "acme", "--reason", "no-capacity", "--terms", f"1.1={LATER}", by="dana")
    again = f"owncase customer handoff acme --to dana --move 1.1={LATER}"
    assert (done.exit, again in done.stderr) == (0, True)
    rows = [row for row in asks(served, "next") if row["kind"] == "account"]
    assert [(row["block"], row["customer"], row["declined"]["again"]) for row in rows] == [("Came back", "acme", again)]
    assert asks(served, "customer", "show", "acme")["declined"]["terms"] == [{"promise": "1.1", "due": LATER}]
    assert "1 came back (acme)" in served("note", "1", "Hm", terminal=True).stderr
    code, walked, _ = served("next", "--walk", terminal=True, stdin="sq", environ={"NO_COLOR": "1"})
    assert (code, again in " ".join(walked.split())) == (0, True)
    assert served(*again.split()[1:]).exit == 0
    found = asks(served, "customer", "show", "acme")
    assert (found["declined"], found["pending"]["to"], found["promises"][0]["due"]) == (None, "dana", LATER)
    assert [row for row in asks(served, "next") if row["kind"] == "account"] == []
    assert served("store", "check").exit == 0


def test_an_account_that_came_back_waits_until_its_owner_does_something(served: Team) -> None:
    served("customer", "handoff", "acme", "--to", "dana")
    served("decline", "acme", "--reason", "no-capacity", by="dana")
    assert [row["block"] for row in asks(served, "next") if row["kind"] == "account"] == ["Came back"]
    served("customer", "edit", "acme", "--phone", "+49 30 1234567")
    assert [row for row in asks(served, "next") if row["kind"] == "account"] == []


def test_an_account_is_offered_on_terms_of_its_own_open_cases_only(served: Team) -> None:
    served("open", "Other", "-c", "norfolk", "-n", "Call", "-d", "fri", "--keep", "--promise", "A call", "--by", "fri")
    done = served("customer", "handoff", "acme", "--to", "dana", "--move", "2.1=mon")
    assert (done.exit, "2.1 is no open promise of an open case of acme" in done.stderr) == (3, True)
    assert asks(served, "customer", "show", "acme")["pending"] is None


def test_a_move_with_an_account_offers_its_case_again(served: Team) -> None:
    served("handoff", "1", "--to", "dana")
    done = served("customer", "handoff", "acme", "--to", "dana", "--move", f"1.1={LATER}", "--request-id", "c1")
    assert (done.exit, asks(served, "show", "1")["pending"]["eta_debt"]) == (0, ["1.1"])
    assert "tell them: owncase told 1" in done.stderr
    again = served("customer", "handoff", "acme", "--to", "dana", "--move", f"1.1={LATER}", "--request-id", "c1")
    assert (again.exit, again.stdout, "already done" in again.stderr) == (0, done.stdout, True)


@pytest.mark.parametrize("verb", ["keep", "move"])
def test_of_several_promises_one_is_named_with_the_command_typed(promised: Team, verb: str) -> None:
    done = promised("promise", verb, "1", "--no-input")
    assert (done.exit, done.stderr.endswith(f" — owncase promise {verb} 1.1\n")) == (2, True)
    assert "1.1 New drives; 1.2 A refund" in done.stderr
