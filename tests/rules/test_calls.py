"""A call: the card comes first, and the question is answered or stands before everything else."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

ASKS = ("call", "1", "Where", "are", "my", "drives?", "--whom", "Pat")


def test_the_card_comes_before_what_was_recorded(opened: Any) -> None:
    done = opened.dana(*ASKS, "--answered", "On the truck", terminal=True)
    lines = done.stdout.splitlines()
    assert lines[0].endswith("1 Drives fail\x1b[0m")
    assert lines[-1] == "1 norfolk · rob · Call Pat, Fri 27 Nov 15:00 UTC"
    assert "Owner" in lines[1]


def test_an_answer_ends_the_silence_and_counts(opened: Any, clock: Any) -> None:
    clock.set("2026-11-24T10:00:00Z")
    opened.dana.does(*ASKS, "--answered", "On the truck")
    card = opened.rob.asks("who", "1")
    call = card["last_call"]
    assert (call["by"], call["whom"], call["question"], call["answer"], call["about_status"]) == (
        "dana", "Pat", "Where are my drives?", "On the truck", True,
    )  # fmt: skip
    assert (card["next_action"], opened.case()["notes"][1:]) == ("Call Pat", [])
    said = opened.rob.asks("history", "1")[-1]
    assert (said["text"], said["what"]) == (
        "Where are my drives?", "Pat called (phone), answered: On the truck",
    )  # fmt: skip
    assert "1 is NOT void yet" in opened.rob.does("void", "1", "--reason", "mistake")[0]


def test_a_callback_comes_first_whoever_took_the_call_and_nothing_is_lost(opened: Any) -> None:
    opened.rob.does("replan", "1", "--waiting-for", "Pat: photos", "--because", "it rains")
    opened.dana.does(*ASKS, "--callback", "tue 10:00")
    case = opened.case()
    assert case["next_action"] == "Call Pat back: Where are my drives?; then: Call Pat"
    assert (case["next_due"], case["owner"], case["replans"], case["waiting_for"]) == (
        "2026-11-24T10:00:00Z", "rob", 1, "Pat: photos",
    )  # fmt: skip
    note = case["notes"][-1]
    assert (note["author"], note["text"], note["unseen"]) == ("dana", "Pat called: Where are my drives?", True)
    opened.rob.does("seen", "1")
    assert opened.case()["unseen_notes"] == 0


def test_a_later_callback_moves_no_due_and_the_owners_own_leaves_no_note(opened: Any) -> None:
    before = opened.case()["unseen_notes"]
    opened.rob.does("call", "1", "And when?", "--callback", "+9d")
    case = opened.case()
    assert (case["next_action"], case["next_due"]) == ("Call back: And when?; then: Call Pat", "2026-11-27T15:00:00Z")
    assert case["unseen_notes"] == before


def test_a_long_question_is_cut_and_the_action_never_is(opened: Any) -> None:
    opened.rob.does("replan", "1", "-n", "A" * 460, "--because", "long")
    opened.rob.does("call", "1", "Q" * 400, "--callback", "+1h")
    action = opened.case()["next_action"]
    assert (len(action), action[:14], action[-461:]) == (500, "Call back: QQQ", " " + "A" * 460)
    opened.rob.does("call", "1", "Anybody there?", "--callback", "09:30")
    case = opened.case()
    assert (case["next_action"], case["next_due"]) == (action, "2026-11-23T09:30:00Z")
    assert opened.rob.asks("who", "1")["last_call"]["question"] == "Anybody there?"


def test_a_call_supersedes_no_offer(offered: Any) -> None:
    before = offered.case()["pending"]
    offered.carol.does(*ASKS, "--callback", "+1h")
    offered.carol.does(*ASKS, "--answered", "Soon")
    assert offered.case()["pending"] == before
    offered.dana.does("ack", "1")
    assert offered.case()["next_action"].startswith("Call Pat back: ")


def test_what_was_proposed_does_not_push_a_callback_out(opened: Any) -> None:
    opened.rob.does("handoff", "1", "--to", "dana", "-n", "Visit them", "-d", "thu 15:00")
    opened.carol.does(*ASKS, "--callback", "tue 10:00")
    opened.dana.does("ack", "1")
    case = opened.case()
    assert case["next_action"] == "Call Pat back: Where are my drives?; then: Visit them"
    assert case["next_due"] == "2026-11-24T10:00:00Z"


def test_a_customer_who_is_not_answered_begins_a_case_of_the_account_owner(people: Any) -> None:
    done = people.rob("call", "norfolk", "Do you sell cables?", "--callback", "tue 10:00", "--whom", "Pat")
    assert "offered to dana; yours until dana acknowledges" in done.stderr
    case = people.case()
    assert (case["title"], case["next_action"], case["contact"], case["owner"], case["pending"]["to"]) == (
        "Do you sell cables?", "Call Pat back: Do you sell cables?", "Pat", "rob", "dana",
    )  # fmt: skip
    assert people.kinds() == ["case.opened", "case.called", "handoff.offered"]
    assert people.rob.asks("who", "1")["last_call"]["about_status"] is False
    people.rob.does("withdraw", "1")
    people.rob.does("void", "1", "--reason", "mistake")


def test_the_case_may_be_offered_to_another_or_kept(people: Any) -> None:
    people.rob.does("call", "norfolk", "Cables?", "--callback", "+1d", "--to", "carol")
    people.rob.does("call", "norfolk", "Cables?", "--callback", "+1d", "--to", "rob")
    people.dana.does("call", "norfolk", "Cables?", "--callback", "+1d")
    pending = [case["pending"] for case in people.rob.asks("list")]
    assert [offer and offer["to"] for offer in pending] == ["carol", None, None]
    assert people.case(2)["notes"][0]["text"].startswith("Kept by its opener")


def test_a_customer_who_is_answered_began_no_case(people: Any) -> None:
    people.rob.does("call", "norfolk", "When do you open?", "--answered", "At nine", "--channel", "chat")
    said = people.rob.asks("history", "norfolk")[-1]
    assert (said["kind"], said["case"], said["what"]) == (
        "customer.called", None, "the customer called (chat), answered: At nine",
    )  # fmt: skip
    assert people.rob.asks("list") == []


def test_whoever_has_them_on_the_phone_hears_which_eta_is_untold(opened: Any) -> None:
    opened.rob.does("promise", "make", "1", "New drives", "--by", "thu 15:00")
    opened.rob.does("promise", "move", "1.1", "--to", "fri 12:00", "--because", "the truck")
    said = opened.dana(*ASKS, "--answered", "On the truck").stderr
    assert said.splitlines()[-1] == (
        "promise 1.1 is Fri 27 Nov 2026 12:00 UTC now, and they do not know yet: "
        "owncase told 1 --how phone --whom Pat --promise 1.1"
    )
    assert "they know Thu 26 Nov 15:00 UTC" in opened.dana("who", "1", terminal=True).stdout
    opened.dana.does("told", "1", "--how", "phone", "--whom", "Pat", "--promise", "1.1")
    assert "do not know" not in opened.dana(*ASKS, "--answered", "On the truck").stderr


def test_a_request_sent_twice_is_one_call(opened: Any) -> None:
    lines = {
        "r-1": (*ASKS, "--callback", "+1h"),
        "r-2": (*ASKS, "--answered", "Soon"),
        "r-3": ("call", "norfolk", "Cables?", "--callback", "+1d"),
        "r-4": ("call", "norfolk", "Cables?", "--answered", "No"),
    }
    for request, words in lines.items():
        first, again = (opened.rob.asks(*words, "--request-id", request) for _ in range(2))
        assert first["call"] == again["call"]
        assert (first["case"] and first["case"]["version"]) == (again["case"] and again["case"]["version"])
        assert "already done" in opened.rob(*words, "--request-id", request).stderr
    assert opened.kinds().count("case.called") == 2
    for more, said in (("--request-id", "r-1"), "r-1 was something else"), (("--if-version", "1"), "at version"):
        done = opened.rob(*ASKS, "--answered", "No", *more)
        assert (done.exit, said in done.stderr) == (4, True)


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (("call", "1"), "what they ask"),
        (("call", "1", "Where?"), "--answered TEXT, or --callback WHEN"),
        (("call", "1", "Where?", "--answered", "x", "--callback", "+1h"), "say different things"),
        (("call", "rob", "Where?", "--answered", "x"), "rob is of the team"),
        (("call", "1", "Where?", "--answered", "x", "--channel", "fax"), "phone, email, chat"),
    ],
)
def test_what_is_missing_or_wrong_is_said_before_the_card(opened: Any, words: tuple[str, ...], missing: str) -> None:
    assert missing in opened.rob.is_told(2, *words)


def test_to_is_for_a_case_that_begins(opened: Any) -> None:
    for words in (("1", "Where?", "--callback", "+1h"), ("norfolk", "Where?", "--answered", "x")):
        done = opened.rob("call", *words, "--to", "dana")
        assert (done.exit, "--to is for" in done.stderr) == (2, True)
    assert opened.kinds() == ["case.opened", "case.noted"]


def test_who_called_is_found_by_name_and_number_in_any_spelling(opened: Any) -> None:
    opened.rob.does("customer", "edit", "norfolk", "--phone", "+1 757 555 0199", "--email", "pat@norfolk.example")
    for name in ("norfolk", "Norfolk Freight", "+1 (757) 555-0199", "757 555 0199", "17575550199"):
        assert opened.rob.asks("call", name, "Cables?", "--answered", "No")["card"]["customer"] == "norfolk", name
    assert opened.rob("call", "99", "Cables?", "--answered", "No").exit == 66
    assert opened.rob("call", "nobody", "Cables?", "--answered", "No").exit == 66


def test_several_customers_are_picked_from_on_a_terminal(opened: Any) -> None:
    opened.rob.does("customer", "add", "norway", "--name", "Norway Freight")
    assert "norfolk, norway" in opened.rob.is_told(2, "call", "nor", "Cables?", "--answered", "No")
    done = opened.rob("call", "nor", "Cables?", "--answered", "No", terminal=True, stdin="nor\nnorway\n")
    assert done.exit == 0
    assert opened.rob.asks("history", "norway")[-1]["kind"] == "customer.called"


# on a terminal -------------------------------------------------------------------------------------------------------


def test_both_questions_are_asked_after_the_card(opened: Any) -> None:
    done = opened.dana("call", "1", terminal=True, stdin="Where is it?\nOn the truck\n")
    assert done.exit == 0
    assert done.stderr.startswith("Question (Enter: none): Answered, or call back when? (Enter: none): ")
    assert opened.rob.asks("who", "1")["last_call"]["answer"] == "On the truck"


@pytest.mark.parametrize("typed", ["\n", "", "Where is it?\n\n", "Where is it?\n"])
def test_enter_records_nothing_and_says_so(opened: Any, typed: str) -> None:
    done = opened.dana("call", "1", terminal=True, stdin=typed)
    assert (done.exit, "nothing recorded" in done.stderr, opened.kinds()[-1]) == (0, True, "case.noted")


def test_a_moment_is_a_callback_and_one_that_cannot_be_meant_is_asked_again(opened: Any) -> None:
    done = opened.dana("call", "1", "Where is it?", terminal=True, stdin="2026-13-01\n2026-01-01\ntue 10:00\n")
    assert done.exit == 0
    assert "say when, or the answer in words" in done.stderr
    assert "has passed" in done.stderr
    assert opened.case()["next_due"] == "2026-11-24T10:00:00Z"


def test_a_closed_case_has_nobody_to_call_back_and_the_question_is_not_lost(opened: Any) -> None:
    opened.rob.does("close", "1", "--outcome", "Replaced", "--confirmed-by", "Pat")
    opened.dana.does("ack", "1")
    done = opened.rob("call", "1", "It's broken again", "--callback", "2026-11-24T10:00Z")
    assert done.exit == 3
    command = "owncase call norfolk 'It'\"'\"'s broken again' --callback 2026-11-24T10:00:00Z"
    assert command in done.stderr
    opened.rob.does("call", "1", "Thanks!", "--answered", "You are welcome")
    assert opened.rob.asks("who", "1")["last_call"]["about_status"] is False


def test_hostile_words_are_only_words(opened: Any) -> None:
    ugly = "\x1b[31mred\x1b[0m \u202eevil"
    done = opened.rob("call", "1", ugly, "--answered", "x")
    assert done.exit == 65
    opened.rob.does("call", "1", "fine", "--answered", "line\n\x1b]0;title\x07two")
    for words in (("who", "1"), ("history", "1"), ("call", "1", "again", "--answered", "x")):
        assert "\x1b]" not in opened.rob(*words, terminal=True).stdout
    shown = opened.rob("who", "1", "-f", "table").stdout
    assert shown


def test_a_call_is_never_undone(opened: Any) -> None:
    opened.rob.does(*ASKS, "--callback", "+1h")
    assert "owncase replan 1" in opened.rob.is_told(3, "undo", "1")
    opened.rob.does("replan", "1", "-n", "Something else", "--because", "wrong")
    opened.rob.does("undo", "1")
    assert opened.case()["next_action"] == "Call Pat back: Where are my drives?; then: Call Pat"
    assert "sound" in opened.rob.does("store", "check")[-1]


def test_the_past_knows_the_callback_and_the_calls_of_then(opened: Any, clock: Any) -> None:
    clock.set("2026-11-23T10:00:00Z")
    opened.dana.does(*ASKS, "--callback", "+1h")
    clock.set("2026-11-23T12:00:00Z")
    opened.rob.does("call", "1", "And now?", "--answered", "Now")
    card = opened.rob.asks("who", "1", "--at", "2026-11-23T11:00Z")
    assert card["next_action"].startswith("Call Pat back")
    assert card["last_call"]["question"] == "Where are my drives?"
    assert opened.rob.asks("who", "1", "--at", "2026-11-23T09:30Z")["last_call"] is None


# past the program ----------------------------------------------------------------------------------------------------


@pytest.fixture
def raw(opened: Any, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    (store,) = (tmp_path / "home").rglob("*.db")
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        yield connection


EVENT = """
INSERT INTO event (seq, kind, actor, case_number, subject, at, recorded_at, intent, hash)
SELECT max(seq) + 1, ?, (SELECT id FROM person WHERE handle = 'dana'), ?, ?, max(at), max(recorded_at), ?, ? FROM event
"""
LAST = "(SELECT max(seq) FROM event)"
DUE = "2026-11-24T10:00:00Z"
ANSWERED = '{"data":{"about_status":1,"answer":{"text":"x"},"callback":null,"channel":"phone","next_due":null}}'
LATER = f'{{"data":{{"about_status":1,"answer":null,"callback":"{DUE}","channel":"phone","next_due":"{DUE}"}}}}'
BEGAN = LATER.replace('"about_status":1', '"about_status":0')
OF_CUSTOMER = '{"data":{"answer":{"text":"x"},"channel":"phone"}}'
ROW = f"""
INSERT INTO call (id, customer, case_number, taken_by, channel, whom, question, answer, callback, about_status,
  called_at, event)
SELECT {LAST}, customer, 1, (SELECT id FROM person WHERE handle = 'dana'), 'phone', 'Pat', 'Where?', 'There', NULL, 1,
  max(at), {LAST} FROM cases, event WHERE number = 1
"""
ROW_LATER = ROW.replace("'There', NULL", f"NULL, '{DUE}'")
ROW_OF_CUSTOMER = ROW.replace("customer, 1,", "customer, NULL,").replace("NULL, 1,", "NULL, 0,")
HEARD = (
    "UPDATE cases SET heard_at = (SELECT max(at) FROM event), contacts = contacts + 1, version = version + 1,"
    f" event = {LAST}"
)
FIRST = (
    "UPDATE cases SET next_action = 'Call back; then: ' || next_action,"
    f" next_due = '{DUE}', version = version + 1, event = {LAST}"
)
NOTE = f"""
INSERT INTO note (id, case_number, author, text, noted_at, unseen, undone, event)
SELECT {LAST}, 1, (SELECT id FROM person WHERE handle = 'dana'), 'Pat called', max(at), 1, 0, {LAST} FROM event
"""


def say(raw: sqlite3.Connection, intent: str, kind: str = "case.called") -> None:
    about = (
        (None, raw.execute("SELECT customer FROM cases").fetchone()[0]) if kind.startswith("customer") else (1, None)
    )
    raw.execute(EVENT, (kind, *about, intent, "a" * 64))


@pytest.mark.parametrize(
    ("intent", "kind", "changes"),
    [
        (ANSWERED, "case.called", (ROW, HEARD)),
        (LATER, "case.called", (NOTE, ROW_LATER, FIRST)),
        (OF_CUSTOMER, "customer.called", (ROW_OF_CUSTOMER,)),
    ],
)
def test_what_a_call_may_change(raw: sqlite3.Connection, intent: str, kind: str, changes: tuple[str, ...]) -> None:
    say(raw, intent, kind)
    for change in changes:
        raw.execute(change)
    for change in ("UPDATE call SET question = 'Else'", "DELETE FROM call", changes[0]):
        with pytest.raises(sqlite3.IntegrityError, match="rule 7"):
            raw.execute(change)


@pytest.mark.parametrize(
    ("intent", "change"),
    [
        pytest.param(LATER, HEARD, id="who is not answered has not heard"),
        pytest.param(ANSWERED, FIRST, id="an answer plans nothing"),
        pytest.param(ANSWERED, NOTE, id="an answer leaves no note"),
        pytest.param(
            LATER, FIRST.replace("'Call back; then: ' || next_action", "'Call back'"), id="the action is lost"
        ),
        pytest.param(LATER, FIRST.replace(DUE, "2026-11-25T10:00:00Z"), id="another due than the event's"),
        pytest.param(
            LATER.replace(DUE, "2026-12-24T10:00:00Z"), FIRST.replace(DUE, "2026-12-24T10:00:00Z"), id="later"
        ),
        pytest.param(LATER, FIRST.replace("SET", "SET waiting_for = 'Pat',"), id="waiting"),
        pytest.param(LATER, FIRST.replace("SET", "SET owner = 3,"), id="the owner"),
        pytest.param(LATER, ROW, id="an answer that was none"),
        pytest.param(ANSWERED, ROW_LATER, id="a callback that was none"),
        pytest.param(BEGAN, ROW_LATER, id="counted as about the case"),
        pytest.param(ANSWERED, ROW.replace("'dana'", "'rob'"), id="taken by somebody else"),
        pytest.param(ANSWERED, ROW.replace("'phone'", "'visit'"), id="another channel"),
        pytest.param(ANSWERED, ROW.replace("'There', NULL", f"'There', '{DUE}'"), id="both"),
        pytest.param(ANSWERED, ROW.replace("'There', NULL", "NULL, NULL"), id="neither"),
        pytest.param(ANSWERED, ROW.replace("customer, 1,", "customer, NULL,"), id="about no case"),
        pytest.param(ANSWERED, ROW.replace("customer, 1,", "customer + 1, 1,"), id="of another customer"),
    ],
)
def test_what_no_call_may_change(raw: sqlite3.Connection, intent: str, change: str) -> None:
    say(raw, intent)
    with pytest.raises(sqlite3.IntegrityError, match="rule"):
        raw.execute(change)
