"""Somebody goes through what waits for them one at a time: a key names the command, and the command asks as ever."""

import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from owncase.cli.main import run as run_in

Ask = Callable[..., Any]
PLAIN = {"NO_COLOR": "1", "COLUMNS": "80", "LINES": "24"}


class Typing(io.StringIO):
    """A keyboard at which something may happen before a line is typed: `{2: act}` acts before the third line."""

    encoding = "utf-8"

    def __init__(self, typed: str, meanwhile: Mapping[int, Callable[[], Any]]) -> None:
        super().__init__(typed)
        self.meanwhile = dict(meanwhile)
        self.lines = 0

    def isatty(self) -> bool:
        return True

    def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
        act = self.meanwhile.pop(self.lines, None)
        self.lines += 1
        if act:
            act()
        return super().readline()


@pytest.fixture
def walk(team: Ask, world: Callable[..., Any], tmp_path: Path) -> Ask:
    """Walk as somebody who types these lines: `walk("d", "Call Pat", "fri", by="dana")`."""

    def walker(*typed: str, by: str = "rob", words: tuple[str, ...] = ("next",), **facts: Any) -> Any:
        at = world(os_user=by, terminal=True, environ=PLAIN | facts.get("environ", {}))
        keyboard = Typing("".join(f"{line}\n" for line in typed), facts.get("meanwhile", {}))
        both = type(at.stdout)()
        at = at._replace(stdin=keyboard, stdout=both, stderr=both)
        code = run_in(["--store", str(tmp_path / "team.db"), *words, "--walk"], at)
        return code, both.getvalue()

    return walker


@pytest.fixture
def three(team: Ask) -> Ask:
    """rob's own cases 1, 2 and 3, due today in this order."""
    for title, due in (("Disks damaged", "10:30"), ("Fan is loud", "11:00"), ("Wrong cable", "12:00")):
        team("open", title, "-c", "acme", "-n", f"Look at it: {title}", "-d", due, "--keep")
    return team


def where(text: str) -> list[str]:
    """The positions that were shown, in order."""
    return [line.split("─ ")[-1].removesuffix(" ──") for line in text.splitlines() if line.startswith("── ")]


def state_files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "home").rglob("walks/*"))


def test_a_case_is_shown_with_all_that_is_needed_to_decide(team: Ask, walk: Ask, clock: Any) -> None:
    team("open", "Disks damaged", "-c", "norfolk", "-n", "Call Pat", "-d", "10:30", "--keep", "--urgency", "hot")
    team("promise", "make", "1", "A loan unit", "--by", "thu 12:00")
    team("done", "1", "-n", "Ask Pat again", "-d", "10:30", "--waiting-for", "Pat: photos")
    team("note", "1", "Pat rang: two disks", by="dana")
    clock.set("2026-11-23T11:30:00Z")
    code, text = walk("q")
    assert code == 0
    assert text.splitlines() == [
        "",
        "── Overdue ─────────────────────────────────────────────────────────── 1 of 1 ──",
        "1 norfolk · Disks damaged",
        "Next       Ask Pat again",
        "Due        Mon 23 Nov 10:30 CET, overdue 2 h",
        "Waiting    Pat: photos",
        "Notice     hot",
        "Promised   1.1 A loan unit, by Thu 26 Nov 12:00 CET, in 2 d",
        "New note   dana, 2 h ago: Pat rang: two disks",
        "Before     2 h ago, rob noted: Kept by its opener, and not offered to the",
        "           account owner dana.",
        "           2 h ago, rob promised: A loan unit",
        "           2 h ago, rob done; what is next: Ask Pat again",
        "[d]one [r]eplan [n]ote [h]andoff [x] close [e] seen [v]iew [s]kip [q]uit [?]: q",
        "0 looked at; 1 left",
    ]


def test_done_asks_what_happens_next_and_goes_on(three: Ask, walk: Ask, case: Ask) -> None:
    code, text = walk("d", "Send a box", "soonish", "fri 15:00", "s", "q")
    assert code == 0
    assert where(text) == ["1 of 3", "2 of 3", "3 of 3"]
    assert "What happens next? due: " in text
    assert "1 acme · rob · Send a box, Fri 27 Nov 15:00 CET\n" in text
    assert text.endswith("2 looked at: 1 done, 1 skipped; 1 left\n")
    assert case(1)["next_action"] == "Send a box"


def test_no_answer_to_the_first_question_takes_the_key_back(three: Ask, walk: Ask, kinds: Ask) -> None:
    before = kinds(1)
    for key in ("d", "r", "n", "h", "x"):
        code, text = walk(key, "", "q")
        assert (code, where(text)) == (0, ["1 of 3"])
        assert text.count("[q]uit") == 2
    assert kinds(1) == before


def test_a_later_question_wants_an_answer(three: Ask, walk: Ask, case: Ask) -> None:
    walk("d", "Send a box", "", "", "fri 15:00", "q")
    assert case(1)["next_action"] == "Send a box"


def test_ack_takes_each_promise_and_the_action_in_ones_own_words(opened: Ask, walk: Ask, case: Ask) -> None:
    opened("promise", "make", "1", "A loan unit", "--by", "thu 12:00")
    code, text = walk("a", "", "a", "n", "", "a", "y", "Ask Pat for photos", by="dana", words=("inbox",))
    assert code == 0
    assert where(text) == ["1 of 1"]
    assert text.count("Take on 1.1 A loan unit, by Thu 26 Nov 2026 06:00 EST? y/n: ") == 3
    assert "case 1 carries promises to take on: 1.1 A loan unit" in text
    assert "transfer offered by" not in text, "the packet stands on the screen already"
    assert text.endswith("1 looked at: 1 acknowledged; 0 left\n")
    assert (case(1)["owner"], case(1)["next_action"]) == ("dana", "Ask Pat for photos")


def test_an_offer_shows_its_packet(opened: Ask, walk: Ask) -> None:
    opened("withdraw", "1")
    opened("handoff", "1", "--to", "dana", "--note", "Pat is in until noon")
    opened("promise", "make", "1", "A loan unit", "--by", "thu 12:00")
    _, text = walk("q", by="dana", words=("inbox",))
    for line in (
        "── To acknowledge ──",
        "Offered    transfer, by rob, Mon 23 Nov 04:00 EST",
        "Note       Pat is in until noon",
        "Next       Call Pat",
        "Promised   1.1 A loan unit, by Thu 26 Nov 06:00 EST",
        "[a]ck de[c]line [n]ote [e] seen [v]iew [s]kip [q]uit [?]: q",
    ):
        assert line in text


def test_a_closing_has_no_questions_and_so_one_is_asked(kept: Ask, walk: Ask, case: Ask) -> None:
    kept("close", "1", "--outcome", "Replaced", "--confirmed-by", "Pat", "--to", "dana")
    _, text = walk("a", "n", "q", by="dana", words=("inbox",))
    assert "Outcome    Replaced\nConfirmed  Pat\n" in text
    assert "Answer for whatever comes back? y/n: no\n" in text
    assert case(1)["status"] == "open"
    _, text = walk("a", "y", by="dana", words=("inbox",))
    assert text.endswith("1 looked at: 1 acknowledged; 0 left\n")
    assert case(1)["status"] == "closed"


def test_decline_handoff_close_and_replan_ask_what_the_commands_ask(three: Ask, walk: Ask, case: Ask) -> None:
    replan = ("r", "Jo is away", "", "fri 12:00")
    handoff = ("h", "nobody", "dana", "Yours, I think")
    close = ("x", "Right cable sent", "", "Jo is away")
    code, text = walk(*replan, *handoff, *close)
    assert code == 0
    assert text.endswith("3 looked at: 1 replanned, 1 offered, 1 offered to close; 0 left\n")
    assert "there is no person 'nobody'" in text
    assert "3 is NOT closed yet: offered to dana; yours until dana acknowledges\n" in text
    assert case(1)["next_due"] == "2026-11-27T11:00:00Z"
    assert case(2)["pending"]["note"] == "Yours, I think"
    code, text = walk("c", "no", "no-c", "Away from Thursday", "c", "wrong", "", by="dana", words=("inbox",))
    assert text.endswith("2 looked at: 2 declined; 0 left\n")
    assert case(2)["pending"] is None
    _, text = walk("q")
    assert "dana declined: no-capacity: Away from Thursday" in text


def test_notes_are_written_and_read_without_leaving_the_case(three: Ask, walk: Ask, kinds: Ask) -> None:
    three("note", "1", "They rang", by="dana")
    _, text = walk("e", "n", "Rang back", "q")
    assert where(text) == ["1 of 3", "1 of 3", "1 of 3"]
    assert "[e] seen" not in text.split("1 of 3")[-1]
    assert kinds(1)[-2:] == ["case.seen", "case.noted"]
    assert text.endswith("1 looked at: 1 noted; 2 left\n")


def test_a_note_in_a_case_for_later_is_gone_once_it_is_read(kept: Ask, walk: Ask) -> None:
    kept("note", "1", "They rang", by="dana")
    _, text = walk("e")
    assert where(text) == ["1 of 1"]
    assert text.endswith("1 looked at: 1 read; 0 left\n")


def test_an_account_is_walked_too(team: Ask, walk: Ask) -> None:
    team("customer", "handoff", "acme", "--to", "dana", "--note", "Closer to you")
    for words in (("next",), ("inbox",)):
        _, text = walk("q", by="dana", words=words)
        assert "acme · Account of Acme Tools\nOffered    account, by rob" in text
        assert "[a]ck de[c]line [e] seen [v]iew" in text
    code, text = walk("e", "v", "a", "n", "a", "y", by="dana", words=("inbox",))
    assert code == 0
    assert "Answer for this account? y/n: yes\nacme · Acme Tools · account owner dana\n" in text
    assert text.endswith("1 looked at: 1 acknowledged; 0 left\n")


def test_an_account_is_declined(team: Ask, walk: Ask) -> None:
    team("customer", "handoff", "acme", "--to", "dana")
    _, text = walk("c", "away", "", by="dana", words=("inbox",))
    assert text.endswith("1 looked at: 1 declined; 0 left\n")
    assert json.loads(team("customer", "show", "acme", "--json").stdout)["account_owner"] == "rob"


def test_ones_own_offer_can_be_taken_back(three: Ask, walk: Ask, case: Ask, clock: Any) -> None:
    three("handoff", "1", "--to", "dana", "--answer-by", "+1h")
    clock.set("2026-11-23T10:30:00Z")
    _, text = walk("h", "w", "q")
    assert "── Came back ──" in text
    assert "On offer   offered to dana, answer by Mon 23 Nov 11:00 CET, lapsed\n" in text
    assert "none of the keys; ? says what they mean\n" in text
    assert text.endswith("1 looked at: 1 withdrawn; 2 left\n")
    assert case(1)["pending"] is None


def test_a_refusal_says_its_fix_and_the_walk_stays(three: Ask, walk: Ask) -> None:
    code, text = walk("h", "rob", "", "q")
    assert code == 0
    assert "owncase: " in text
    assert where(text) == ["1 of 3"]
    assert text.endswith("0 looked at; 3 left\n")


def test_a_key_never_acts_on_what_changed_since_it_was_shown(three: Ask, walk: Ask, kinds: Ask) -> None:
    meanwhile = {0: lambda: three("note", "1", "Stop!", by="dana")}
    _, text = walk("d", "q", meanwhile=meanwhile)
    assert "1 has changed since it was shown\n" in text
    assert where(text) == ["1 of 3", "1 of 3"]
    assert "dana, just now: Stop!" in text
    assert "case.done" not in kinds(1)


def test_nor_on_what_changes_while_somebody_answers(three: Ask, walk: Ask, kinds: Ask) -> None:
    meanwhile = {1: lambda: three("note", "1", "Stop!", by="dana")}
    _, text = walk("d", "Send a box", "fri 15:00", "q", meanwhile=meanwhile)
    assert "owncase: case 1 is at version " in text
    assert where(text) == ["1 of 3", "1 of 3"]
    assert "dana, just now: Stop!" in text
    assert "case.done" not in kinds(1)


def test_what_no_longer_waits_is_passed_over_with_a_word(three: Ask, walk: Ask) -> None:
    meanwhile = {0: lambda: three("done", "2", "-n", "Wait", "-d", "fri")}
    _, text = walk("s", "s", meanwhile=meanwhile)
    assert "2 no longer waits\n" in text
    assert where(text) == ["1 of 3", "3 of 3"]
    assert text.endswith("2 looked at: 2 skipped; 1 no longer waited; 0 left\n")


def test_what_moved_to_another_block_is_shown_there(three: Ask, walk: Ask) -> None:
    meanwhile = {0: lambda: three("handoff", "2", "--to", "rob", "--for", "rob", by="dana")}
    three("handoff", "2", "--to", "dana")
    meanwhile = {0: lambda: three("decline", "2", "--reason", "away", by="dana")}
    _, text = walk("s", "q", meanwhile=meanwhile)
    assert "── Came back ─" in text


def test_back_returns_also_to_what_was_done(three: Ask, walk: Ask, case: Ask) -> None:
    done = ("d", "Send a box", "fri 15:00")
    _, text = walk(*done, "b", "r", "Jo is away", "", "mon 10:00", "s", "q")
    assert where(text) == ["1 of 3", "2 of 3", "1 of 3", "2 of 3", "3 of 3"]
    assert "── No longer waiting ──" in text
    assert text.endswith("2 looked at: 1 replanned, 1 skipped; 1 left\n")
    assert case(1)["next_due"] == "2026-11-30T09:00:00Z"


def test_what_was_done_in_the_walk_can_be_undone(three: Ask, walk: Ask, case: Ask) -> None:
    _, text = walk("u", "d", "Send a box", "fri 15:00", "b", "u", "q")
    assert "[u]ndo" not in text.split("2 of 3")[0]
    assert "next action is again Look at it: Disks damaged" in text
    assert text.count("── Today ──") == 3
    assert text.endswith("0 looked at; 3 left\n")
    assert case(1)["next_action"] == "Look at it: Disks damaged"


def test_the_next_walk_of_the_day_resumes_after_what_was_passed(
    three: Ask, walk: Ask, clock: Any, tmp_path: Path
) -> None:
    walk("s", "s", "q")
    (kept,) = state_files(tmp_path)
    assert kept.stat().st_mode & 0o777 == 0o600
    _, text = walk("b", "s", "q")
    assert "resuming: 2 passed already, [b]ack goes there\n" in text
    assert where(text) == ["3 of 3", "2 of 3", "3 of 3"]
    three("note", "2", "They rang", by="dana")
    _, text = walk("q")
    assert "resuming: 1 passed already" in text, "what changed since is looked at again"
    clock.move(days=1)
    _, text = walk("q")
    assert "resuming" not in text
    assert where(text) == ["1 of 3"]


def test_a_walk_that_came_to_its_end_begins_anew(three: Ask, walk: Ask, tmp_path: Path) -> None:
    walk("s", "s", "s")
    assert state_files(tmp_path) == []
    assert where(walk("q")[1]) == ["1 of 3"]


def test_when_nothing_is_left_it_says_so_and_the_next_begins_anew(three: Ask, walk: Ask) -> None:
    walk("s", "s", "q")
    three("done", "3", "-n", "Wait", "-d", "fri")
    assert walk() == (0, "Nothing is left of 2; the next walk begins anew.\n")
    assert where(walk("q")[1]) == ["1 of 2"]


@pytest.mark.parametrize("damage", [b"\xff\xfe", b"", b"2026-11-22T23:00:00Z\n" + b"x" * 200_000, b"\0\n1 1\n"])
def test_a_damaged_memory_is_none(three: Ask, walk: Ask, tmp_path: Path, damage: bytes) -> None:
    walk("s", "q")
    (kept,) = state_files(tmp_path)
    kept.write_bytes(damage)
    code, text = walk("q")
    assert (code, where(text)) == (0, ["1 of 3"])


def test_a_memory_that_cannot_be_kept_is_no_error(three: Ask, walk: Ask, tmp_path: Path) -> None:
    walk("s", "q")
    (kept,) = state_files(tmp_path)
    kept.unlink()
    kept.mkdir()
    assert walk("s", "q")[0] == 0
    assert walk("s", "s", "s")[0] == 0


def test_everybody_and_every_list_has_a_walk_of_its_own(opened: Ask, walk: Ask, tmp_path: Path) -> None:
    opened("open", "Other", "-c", "norfolk", "-n", "Call", "-d", "fri")
    walk("s", "q", by="dana", words=("inbox",))
    _, text = walk("q", by="dana")
    assert "resuming" not in text
    assert len(state_files(tmp_path)) == 1


def _interrupt() -> None:
    raise KeyboardInterrupt


def test_an_interrupted_walk_is_remembered(three: Ask, walk: Ask) -> None:
    code, text = walk("s", "d", meanwhile={1: _interrupt})
    assert code == 130
    assert text.endswith("1 looked at: 1 skipped; 2 left\n")
    assert "resuming: 1 passed already" in walk("q")[1]


def test_an_interrupted_question_only_takes_the_key_back(three: Ask, walk: Ask) -> None:
    code, text = walk("d", "x", "q", meanwhile={1: _interrupt})
    assert code == 0
    assert "owncase: interrupted — nothing was changed\n" in text
    assert where(text) == ["1 of 3"]


def test_the_end_of_the_input_ends_the_walk(three: Ask, walk: Ask) -> None:
    assert walk("s")[0] == 0
    assert walk("d")[0] == 0


def test_whoever_has_nothing_waiting_walks_nowhere(team: Ask, walk: Ask) -> None:
    assert walk() == (0, "Nothing waits for you.\n")
    assert walk(words=("inbox",)) == (0, "Nothing waits for an answer.\n")


def test_limit_walks_the_first_only(three: Ask, walk: Ask) -> None:
    assert where(walk("s", "s", words=("next", "--limit", "2"))[1]) == ["1 of 2", "2 of 2"]


@pytest.mark.parametrize("verb", ["next", "inbox"])
def test_a_walk_needs_somebody_at_a_terminal(team: Ask, verb: str) -> None:
    told = f"owncase: --walk needs a terminal — owncase {verb} shows the same at once\n"
    assert team(verb, "--walk") == (2, "", told)
    assert team(verb, "--walk", "--no-input", terminal=True) == (2, "", told)


@pytest.mark.parametrize(
    "words", [("next", "--owner", "dana"), ("next", "--json"), ("inbox", "--all"), ("inbox", "-f", "csv")]
)
def test_a_walk_is_ones_own_and_for_people(team: Ask, words: tuple[str, ...]) -> None:
    done = team(*words, "--walk", terminal=True)
    assert (done.exit, done.stdout) == (2, "")
    assert "--walk is for yourself at a terminal" in done.stderr
    assert f"owncase {words[0]} --walk" in done.stderr


HOSTILE = "\x1b[2J\x1b]0;owned\x07\u202egnp.exe\u200b[d]one [bold]x[/bold]"


def test_what_people_wrote_commands_nothing(team: Ask, walk: Ask) -> None:
    team("open", "T\u200bitle [red]x[/red]", "-c", "acme", "-n", "A\u200b [q]uit", "-d", "10:30", "--keep")
    team("note", "1", "-", by="dana", stdin=f"One\n{HOSTILE}\n\x9b31m")
    _, text = walk("v", "q", environ={"COLUMNS": "40"})
    assert not set(text) & set("\x1b\x07\x9b\u202e\u200b")
    assert "[red]x[/red]" in text
    assert "␛[2J" in text


def test_what_moved_in_from_one_tracker_is_walked_alone(opened: Ask, walk: Ask, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Nr,Kunde,Titel,Wer,Was,Bis\nA-1,acme,Door is stuck,dana,Send Jo,2026-12-01\n", "utf-8")
    columns = "external=Nr,customer=Kunde,title=Titel,owner=Wer,next=Was,due=Bis"
    done = opened("import", "cases", str(sheet), "--source", "the sheet", "--map", columns, "--yes")
    assert done.exit == 0, done.stderr
    _, text = walk("q", by="dana", words=("inbox", "--import", "the sheet"))
    assert where(text) == ["1 of 1"]
    assert "External   A-1, the sheet\n" in text
    _, text = walk("s", "q", by="dana", words=("inbox",))
    assert where(text) == ["1 of 2", "2 of 2"]
    code, text = walk("a", "Ask Jo to go", by="dana", words=("inbox", "--import", "the sheet"))
    assert (code, where(text)) == (0, ["1 of 1"])
    assert "2 acme · dana · Ask Jo to go, Tue 1 Dec " in text


@pytest.fixture
def touching(team: Ask, clock: Any) -> Ask:
    """acme, of rob's, whose next touch is overdue."""
    team("customer", "edit", "acme", "--contact", "Jo Lane")
    team("customer", "touch", "acme", "-n", "Ask how the saws run", "-d", "10:30")
    clock.set("2026-11-23T11:30:00Z")
    return team


def test_a_next_touch_is_shown_with_the_customer_and_its_own_keys(touching: Ask, walk: Ask) -> None:
    code, text = walk("?", "q")
    assert code == 0
    assert text.splitlines()[1:8] == [
        "── Overdue ─────────────────────────────────────────────────────────── 1 of 1 ──",
        "acme · Next touch",
        "Next       Ask how the saws run",
        "Due        Mon 23 Nov 10:30 CET, overdue 2 h",
        "Owner      rob",
        "Contact    Jo Lane",
        "Open       no case",
    ]
    assert "[d]one [r]eplan [x] drop [v]iew [s]kip [q]uit [?]: " in text


def test_a_touch_that_was_made_names_what_was_done_and_the_next(touching: Ask, walk: Ask) -> None:
    _, text = walk("d", "Rang Jo", "Ring again", "soonish", "fri 15:00")
    assert "next touch Ring again, Fri 27 Nov 15:00 CET" in text
    assert text.endswith("1 looked at: 1 done; 0 left\n")
    events = json.loads(touching("history", "acme", "--json").stdout)
    assert (events[-1]["kind"], events[-1]["text"]) == ("customer.planned", "Rang Jo")


def test_no_answer_takes_the_key_of_a_touch_back(touching: Ask, walk: Ask) -> None:
    for key in ("d", "r"):
        _, text = walk(key, "", "q")
        assert text.endswith("0 looked at; 1 left\n")
    _, text = walk("x", "n", "q")
    assert "No next touch? y/n: no" in text
    assert len(json.loads(touching("history", "acme", "--json").stdout)) == 3


def test_a_touch_is_moved_or_dropped_with_one_key(touching: Ask, walk: Ask) -> None:
    _, text = walk("r", "fri 15:00")
    assert text.endswith("1 looked at: 1 replanned; 0 left\n")
    touching("customer", "touch", "acme", "-n", "-x is no option", "-d", "13:00")
    _, text = walk("v", "x", "y")
    assert "Account owner  rob" in text
    assert text.endswith("1 looked at: 1 dropped; 0 left\n")


def test_a_touch_that_changed_meanwhile_is_shown_again(touching: Ask, walk: Ask) -> None:
    def other() -> None:
        touching("customer", "touch", "acme", "-n", "Ask about the blades", "-d", "12:45")

    _, text = walk("d", "q", meanwhile={0: other})
    assert "the next touch of acme has changed since it was shown" in text
    assert where(text) == ["1 of 1", "1 of 1"]


def test_an_etas_debt_is_told_with_a_key(team: Ask, three: Ask, walk: Ask) -> None:
    team("promise", "make", "2", "New fan", "--by", "thu 15:00")
    team("promise", "move", "2.1", "--to", "fri 15:00", "--because", "storm")
    code, screen = walk("s", "t", "phone", "Pat", "s", "q")
    assert code == 0
    assert screen.count("[t]old") == 1
    assert "NOT TOLD: the customer believes Thu 26 Nov 15:00 CET" in " ".join(screen.split())
    assert "promise 2.1: they know now: Fri 27 Nov 2026 15:00 CET" in screen
    assert json.loads(team("show", "2", "--json").stdout)["eta_debt"] == 0


def test_the_next_owner_of_a_closed_case_walks_past_what_is_to_be_told(team: Ask, three: Ask, walk: Ask) -> None:
    team("promise", "make", "2", "New fan", "--by", "thu 15:00")
    team("promise", "move", "2.1", "--to", "fri 15:00", "--because", "storm")
    team("close", "2", "--outcome", "Quiet", "--confirmed-by", "Pat", "--to", "dana")
    team("ack", "2", "--take", "1", by="dana")
    code, screen = walk("t", "visit", "Pat", "q", by="dana")
    assert code == 0
    assert "To tell" in screen
    assert json.loads(team("show", "2", "--json").stdout)["eta_debt"] == 0
