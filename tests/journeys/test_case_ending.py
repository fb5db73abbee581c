"""A case ends when the next owner says that they answer for what comes back; before that it is not ended."""

from collections.abc import Callable
from typing import Any

import pytest
from inline_snapshot import snapshot

Team = Callable[..., Any]
Look = Callable[..., dict[str, Any]]
Kinds = Callable[..., list[str]]
CLOSE = ("close", "1", "--outcome", "New disks work", "--confirmed-by", "Pat")


def test_closing_is_an_offer_and_says_so(kept: Team, case: Look) -> None:
    code, stdout, stderr = kept(*CLOSE)
    assert (code, stderr) == (0, "")
    assert stdout == snapshot(
        """\
1 is NOT closed yet: offered to dana; yours until dana acknowledges
1 norfolk · rob · Call Pat, Tue 24 Nov 15:00 CET · closing offered to dana, answer by Mon 23 Nov 19:00 CET
"""
    )
    assert (case()["status"], case()["owner"], case()["outcome"]) == ("open", "rob", None)


def test_with_json_the_answer_stays_one_object(kept: Team) -> None:
    _, stdout, stderr = kept(*CLOSE, "--json")
    assert stdout.startswith('{"case": 1')
    assert stderr == "1 is NOT closed yet: offered to dana; yours until dana acknowledges\n"


def test_the_acknowledgement_closes_it__trust_68(kept: Team, case: Look) -> None:
    kept(*CLOSE)
    code, stdout, _ = kept("ack", "1", by="dana")
    assert (code, stdout) == snapshot((0, "1 norfolk · closed by rob, next owner dana · New disks work\n"))
    now = case()
    assert (now["status"], now["owner"], now["next_owner"], now["handoffs"]) == ("closed", "rob", "dana", 0)
    assert (now["outcome"], now["confirmed_by"], now["next_action"]) == ("New disks work", "Pat", None)


def test_the_closer_cannot_acknowledge__trust_68(kept: Team, case: Look) -> None:
    kept(*CLOSE)
    assert kept("ack", "1").exit == 3
    assert kept("close", "1", "--outcome", "x", "--confirmed-by", "Pat", "--to", "rob").exit == 3
    assert case()["status"] == "open"


def test_a_closing_takes_promises_on_and_no_action(kept: Team, case: Look) -> None:
    kept("promise", "make", "1", "Report", "--by", "2026-11-30")
    kept(*CLOSE)
    assert kept("ack", "1", by="dana").exit == 3
    assert kept("ack", "1", "--take", "1", "-n", "Rest", by="dana").exit == 2
    assert kept("ack", "1", "--take", "1", by="dana").exit == 0
    assert (case()["status"], case()["promises_open"]) == ("closed", 1)
    assert kept("promise", "keep", "1.1").exit == 3
    assert kept("promise", "keep", "1.1", by="dana").exit == 0


def test_the_account_owner_closes_to_the_second_and_others_to_their_manager(team: Team, case: Look) -> None:
    team("open", "One", "-c", "norfolk", "-n", "Call", "-d", "fri", by="dana")
    team("close", "1", "--outcome", "fixed", "--unconfirmed", "nobody answers", by="dana")
    assert case()["pending"]["to"] == "carol"
    team("open", "Two", "-c", "acme", "-n", "Call", "-d", "fri")
    team("close", "2", "--outcome", "fixed", "--unconfirmed", "nobody answers")
    assert case(2)["pending"]["to"] == "dana"


def test_where_nobody_is_known_candidates_are_named(team: Team) -> None:
    team("customer", "add", "solo", "--name", "Solo", by="carol")
    team("open", "One", "-c", "solo", "-n", "Call", "-d", "fri", by="carol")
    words = ("close", "1", "--outcome", "fixed", "--confirmed-by", "Sol")
    code, _, stderr = team(*words, by="carol")
    assert code == 3
    assert stderr == snapshot(
        """\
owncase: carol is the account owner of solo, has no manager, and solo has no second — \
owncase close 1 --to dana or rob; or first owncase customer edit solo --second HANDLE
"""
    )
    assert team(*words, "--to", "rob", by="carol").exit == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("close", "1", "--confirmed-by", "Pat"), "--outcome TEXT"),
        (("close", "1", "--outcome", "fixed"), "--confirmed-by TEXT, or --unconfirmed TEXT"),
        ((*CLOSE, "--unconfirmed", "asleep"), "exclude each other"),
    ],
)
def test_how_it_ended_and_who_says_so_is_needed(kept: Team, words: tuple[str, ...], says: str) -> None:
    code, stdout, stderr = kept(*words)
    assert (code, stdout) == (2, "")
    assert says in stderr


def test_an_ended_case_is_left_alone(kept: Team) -> None:
    kept(*CLOSE)
    kept("ack", "1", by="dana")
    for words in (
        CLOSE,
        ("done", "1", "-n", "x", "-d", "fri"),
        ("handoff", "1", "--to", "dana"),
        ("void", "1", "--reason", "spam"),
    ):
        code, _, stderr = kept(*words)
        assert (code, "case 1 is closed — owncase reopen 1" in stderr) == (3, True)


def test_what_comes_back_belongs_to_the_next_owner__trust_69(kept: Team, case: Look) -> None:
    assert kept("reopen", "1", "--because", "again", "-n", "Look", "-d", "fri").exit == 3
    kept(*CLOSE)
    kept("ack", "1", by="dana")
    assert kept("reopen", "1", "--because", "again").exit == 2
    code, stdout, stderr = kept(
        "reopen", "1", "--because", "They broke again", "-n", "Look", "-d", "fri 15:00", by="carol"
    )
    assert (code, stdout) == snapshot((0, "1 norfolk · dana · Look, Fri 27 Nov 15:00 GMT\n"))
    assert stderr == snapshot(
        "due: Fri 27 Nov 2026 15:00 GMT (Fri 27 Nov 2026 10:00 EST for dana)\ncarol (typed by rob)\n"
    )
    assert (case()["owner"], case()["next_owner"], case()["outcome"]) == ("dana", None, None)
    assert "1 came back (1)" in kept("note", "1", "I see", by="dana", terminal=True).stderr


def test_a_void_case_is_reopened_by_whoever_does_and_offered(kept: Team, case: Look) -> None:
    kept("void", "1", "--reason", "mistake")
    code, _, stderr = kept("reopen", "1", "--because", "It is one", "-n", "Look", "-d", "fri", by="carol")
    assert (code, "offered to dana" in stderr) == (0, True)
    assert (case()["owner"], case()["pending"]["to"]) == ("carol", "dana")


@pytest.mark.parametrize("reason", ["spam", "mistake"])
def test_fresh_spam_and_mistakes_end_alone(kept: Team, case: Look, reason: str) -> None:
    code, stdout, _ = kept("void", "1", "--reason", reason)
    assert (code, stdout) == (0, "1 norfolk · void by rob\n")
    assert (case()["status"], case()["void_reason"]) == ("void", reason)


def test_later_voiding_is_acknowledged_like_a_closing(kept: Team, clock: Any, case: Look) -> None:
    clock.move(days=2)
    code, stdout, _ = kept("void", "1", "--reason", "spam", "--note", "Nobody knows them")
    assert code == 0
    assert stdout.startswith("1 is NOT void yet: offered to dana; yours until dana acknowledges\n")
    assert case()["status"] == "open"
    assert kept("ack", "1", by="dana").exit == 0
    assert (case()["status"], case()["void_reason"], case()["next_owner"]) == ("void", "spam", "dana")


def test_voiding_can_ask_somebody_from_the_start(kept: Team, case: Look) -> None:
    assert kept("void", "1", "--reason", "mistake", "--to", "carol").exit == 0
    assert (case()["pending"]["kind"], case()["pending"]["to"]) == ("voiding", "carol")


def test_a_duplicate_names_the_case_that_goes_on(kept: Team, case: Look) -> None:
    kept("open", "Disks again", "-c", "norfolk", "-n", "Call", "-d", "fri", "--keep")
    kept("open", "Else", "-c", "acme", "-n", "Call", "-d", "fri", "--keep")
    assert kept("void", "2", "--reason", "duplicate").exit == 2
    assert kept("void", "2", "--reason", "spam", "--of", "1").exit == 2
    assert kept("void", "2", "--reason", "duplicate", "--of", "2").exit == 3
    assert kept("void", "2", "--reason", "duplicate", "--of", "3").exit == 3
    assert kept("void", "2", "--reason", "duplicate", "--of", "9").exit == 66
    assert kept("void", "2", "--reason", "duplicate", "--of", "1", by="carol").exit == 3
    assert kept("void", "2", "--reason", "duplicate", "--of", "1").exit == 0
    assert (case(2)["status"], case(2)["duplicate_of"]) == ("void", 1)


def test_a_case_with_promises_is_never_void(kept: Team) -> None:
    kept("promise", "make", "1", "Report", "--by", "2026-11-30")
    for words in ((), ("--to", "dana")):
        code, _, stderr = kept("void", "1", "--reason", "mistake", *words)
        assert (code, "case 1 has open promises" in stderr) == (3, True)


def test_a_promise_made_while_closing_is_offered_with_it(kept: Team, case: Look, kinds: Kinds) -> None:
    kept(*CLOSE)
    code, _, stderr = kept("promise", "make", "1", "Report", "--by", "2026-11-30T10:00")
    assert (code, stderr) == snapshot(
        (
            0,
            """\
promise 1.1
offered again to dana, because what is on offer has changed
promised by: Mon 30 Nov 2026 10:00 CET
""",
        )
    )
    assert (case()["pending"]["kind"], case()["pending"]["outcome"]) == ("closing", "New disks work")
    assert kinds()[-2:] == ["promise.made", "handoff.offered"]
    assert kept("promise", "keep", "1.1", "--confirmed-by", "Pat").exit == 0
    assert kinds()[-2:] == ["promise.kept", "handoff.offered"]
    assert kept("ack", "1", by="dana").exit == 0
