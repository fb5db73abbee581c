"""What `owncase tutorial` teaches: a team, two cases, and lessons that each end when the store says so."""

from collections.abc import Callable
from typing import Any, NamedTuple

from owncase.cli.played import Step

YOU = "you"
"""Handle and login of who learns."""


class Found(NamedTuple):
    """What a goal may look at: any case as `show --json` prints it, {} where there is none; and what was shown last."""

    case: Callable[[int], dict[str, Any]]
    shown: str


class Lesson(NamedTuple):
    """What happened meanwhile, what it is about, the one thing to do, how to tell that it is done, and the answer.

    Moments are `mon 09:10`; `pattern` shows the form of the command, `hint` is what may be typed as it stands.
    """

    at: str
    title: str
    words: str
    todo: str
    pattern: tuple[str, ...]
    hint: tuple[str, ...]
    reached: Callable[[Found], bool]
    reply: str
    meanwhile: tuple[Step, ...] = ()


def _owned(number: int) -> Callable[[Found], bool]:
    return lambda found: found.case(number).get("owner") == YOU


def _happened(number: int, kind: str) -> Callable[[Found], bool]:
    return lambda found: any(
        event["kind"] == kind and event["by"] == YOU for event in found.case(number).get("history", ())
    )


def _offered(number: int, taker: str) -> Callable[[Found], bool]:
    return lambda found: (found.case(number).get("pending") or {}).get("to") == taker


def _card_names_you(found: Found) -> bool:
    lines = [line.split() for line in found.shown.splitlines()]
    return any(line[:1] == ["at"] for line in lines) and any(line[:2] == ["Owner", YOU] for line in lines)


SETTING = (
    Step("mon 08:00", "carol", ("init", "--me", "carol", "--name", "Carol Diaz")),
    Step("mon 08:01", "carol", ("person", "add", "dana", "--name", "Dana Reed", "--login", "dana")),
    Step("mon 08:02", "carol", ("person", "add", "rob", "--name", "Rob Hale", "--login", "rob")),
    Step("mon 08:03", "carol", ("person", "add", YOU, "--name", "You", "--login", YOU, "--manager", "carol")),
    Step(
        "mon 08:04", "dana",
        ("customer", "add", "norfolk", "--name", "Norfolk Data", "--second", "carol", "--contact", "Pat Doyle"),
    ),
    Step(
        "mon 08:05", "carol",
        ("customer", "add", "acme", "--name", "Acme Tools", "--second", "dana", "--contact", "Lou Berg"),
    ),
    Step(
        "mon 08:30", "rob",
        (
            "open", "Invoice shows an old price", "-c", "acme", "--keep", "-n", "Correct the invoice", "-d", "16:00",
            "--promise", "A new invoice", "--by", "tomorrow 12:00",
        ),
    ),
)  # fmt: skip

LESSONS = (
    Lesson(
        at="mon 09:10",
        title="A call comes in",
        words="Pat of Norfolk Data rings: a pallet of devices arrived crushed. Whoever takes the call owns the case. A "
        "case begins with its next action (`-n`) and when that is due (`-d`).",
        todo="Open a case for norfolk, in your own words.",
        pattern=('open "WHAT HAPPENED" -c norfolk -n "WHAT YOU DO NEXT" -d 11:00',),
        hint=('owncase open "Crushed pallet" -c norfolk -n "Ask Pat for photos" -d 11:00',),
        reached=_offered(2, "dana"),
        reply="Case 2 is yours. It was also offered to dana, who looks after norfolk; until she says yes, you answer "
        "for it.",
    ),
    Lesson(
        at="mon 10:30",
        title="Done, and what comes next",
        words="Pat has sent the photos. `done` says that your action is done, and what you do next: an open case "
        "always has exactly one next action.",
        todo="Say that it is done, and what you do by tomorrow noon.",
        pattern=('done 2 -n "WHAT YOU DO NEXT" -d "tomorrow 12:00"',),
        hint=('owncase done 2 -n "Order new devices" -d "tomorrow 12:00"',),
        reached=_happened(2, "case.done"),
        reply="So it goes on, one action after the other. Dana sees the new state: nobody says yes to an old one.",
    ),
    Lesson(
        at="mon 10:40",
        title="Words",
        words="Pat rings again, and thinks that all 40 are crushed. What is worth knowing goes into the case. Anybody "
        "may add a note to any case: helping never moves ownership.",
        todo="Write down that all 40 devices are crushed.",
        pattern=('note 2 "YOUR WORDS"',),
        hint=('owncase note 2 "All 40 devices are crushed"',),
        reached=_happened(2, "case.noted"),
        reply="It stands in the history of the case, with your name and the moment.",
    ),
    Lesson(
        at="mon 10:45",
        title="A slip",
        words="Pat has looked again: it is 12 of them, and your note is wrong. `undo` takes your own last change of a "
        "case back, as long as nobody else has acted on it since.",
        todo="Take your note back.",
        pattern=("undo 2",),
        hint=("owncase undo 2",),
        reached=_happened(2, "case.undone"),
        reply="The history keeps both: the note, and that you took it back. One thing cannot be undone: saying yes to "
        "a case.",
    ),
    Lesson(
        at="mon 10:50",
        title="A promise",
        words="You tell Pat that new devices will be there on Wednesday. What a customer was told is a promise: it "
        "stays with the case, whoever owns it, until it is kept.",
        todo="Record what you promised, and by when.",
        pattern=('promise make 2 "WHAT YOU PROMISED" --by "wed 17:00"',),
        hint=('owncase promise make 2 "12 new devices" --by "wed 17:00"',),
        reached=_happened(2, "promise.made"),
        reply="It is promise 2.1: the first one of case 2. Whoever takes the case over has to take it on too.",
    ),
    Lesson(
        at="mon 11:30",
        title="Somebody offers you a case",
        words="Rob has to leave early, and a customer waits. Until you say yes, the case is his. `ack` shows it and "
        "asks what you take on: each promise, and the next action in your own words.",
        todo="Take case 1 on, with its promise. The first command only shows what is offered.",
        pattern=("inbox", "ack 1"),
        hint=('owncase ack 1 --take 1 -n "Send Lou a new invoice"',),
        reached=_owned(1),
        reply="Now case 1 is yours, and promise 1.1 with it. Only you could say so: nobody says yes for somebody else.",
        meanwhile=(Step("mon 11:25", "rob", ("handoff", "1", "--to", YOU, "--note", "I must leave, Lou waits")),),
    ),
    Lesson(
        at="tue 09:30",
        title="The next morning",
        words="A night has gone by. The first command of every day shows what waits for you, the most pressing first.",
        todo="Look at what waits for you.",
        pattern=("next",),
        hint=("owncase next",),
        reached=lambda found: "Came back" in found.shown,
        reply="`Came back`: dana said no, and case 2 never left you. `Overdue`: what should have been done by now.",
        meanwhile=(
            Step(
                "mon 16:30", "dana",
                ("decline", "2", "--reason", "missing-info", "--note", "How many of how many?"),
            ),
        ),
    ),
    Lesson(
        at="tue 09:40",
        title="Hand it over",
        words="Dana asked how many of how many. Offer her the case again, with the answer. A handoff is an offer, not "
        "a gift: it stays yours until she says yes.",
        todo="Offer case 2 to dana, and tell her: 12 of 40.",
        pattern=('handoff 2 --to dana --note "YOUR ANSWER"',),
        hint=('owncase handoff 2 --to dana --note "12 of 40 are crushed"',),
        reached=_offered(2, "dana"),
        reply="Offered, and still yours. Forgotten offers do not get lost: they stay in your list until she answers.",
    ),
    Lesson(
        at="tue 11:00",
        title="Who had it, and when?",
        words="Dana said yes: the case is hers now, and so is your promise to Pat. Later somebody asks who answered "
        "for it. `who 2` shows how to reach who is accountable; with `--at`, at any moment in the past.",
        todo="Ask who was accountable for case 2 yesterday.",
        pattern=("who 2 --at yesterday",),
        hint=("owncase who 2 --at yesterday",),
        reached=_card_names_you,
        reply="It was you, until dana said yes. Nobody can rewrite the past: history is only ever added to.",
        meanwhile=(
            Step(
                "tue 10:50", "dana",
                ("ack", "2", "--take", "1", "-n", "Load 12 devices", "-d", "tomorrow 11:00"),
            ),
        ),
    ),
    Lesson(
        at="tue 11:20",
        title="A promise kept",
        words="Back to case 1. You sent the new invoice, and Lou of Acme says that it arrived. That is what was "
        "promised.",
        todo="Say that promise 1.1 is kept, and who confirms it.",
        pattern=('promise keep 1.1 --confirmed-by "WHO SAYS SO"',),
        hint=('owncase promise keep 1.1 --confirmed-by "Lou Berg"',),
        reached=_happened(1, "promise.kept"),
        reply="Kept. No promise of case 1 is open any more.",
    ),
    Lesson(
        at="tue 11:30",
        title="The end of a case",
        words="Nothing is left to do in case 1. Yet somebody has to answer for whatever comes back: the closing is an "
        "offer too, here to carol, who looks after acme.",
        todo="Close case 1, and say how it ended.",
        pattern=('close 1 --outcome "HOW IT ENDED" --confirmed-by "WHO SAYS SO"',),
        hint=('owncase close 1 --outcome "New invoice sent" --confirmed-by "Lou Berg"',),
        reached=_offered(1, "carol"),
        reply="Read the first line again: it is NOT closed. Until carol says yes it is yours, and it stays open.",
    ),
)  # fmt: skip

CHEAT = "UPDATE cases SET status = 'closed' WHERE number = 1"
CHEATED = "No. Carol has to say yes, with `owncase ack 1`: then it is closed, and hers if it comes back."
RULES = (
    "Every open case has one owner and one next action with a date.",
    "Ownership moves only when the next owner says yes. Until then it is yours.",
    "A case ends only when somebody else says yes to answering for it.",
)
BEGIN = (
    ("owncase init --me HANDLE --name NAME", "make a store for your team"),
    ("owncase join HANDLE", "or join the one your team has"),
    ("owncase import --help", "bring in what your old tracker kept"),
)
