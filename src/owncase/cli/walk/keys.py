"""Which keys make sense for what is on the screen, and the command that each of them runs."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from owncase.cli.walk.route import UNDONE
from owncase.cli.walk.standing import Standing


class Key(NamedTuple):
    """A key: its letter, how it is offered, and what it does.

    `verb` is the command it runs; `outcome` what came of the stop when that went well, whereupon the walk `moves` on or
    stays; `confirm` is asked first, where the command itself asks nothing.
    """

    letter: str
    label: str
    meaning: str
    verb: tuple[str, ...] = ()
    outcome: str = ""
    moves: bool = True
    confirm: str = ""


DONE = Key("d", "[d]one", "the next action is done: say what happens next", ("done",), "done")
REPLAN = Key("r", "[r]eplan", "change the next action or its due without doing it", ("replan",), "replanned")
NOTE = Key("n", "[n]ote", "write something down", ("note",), "noted", moves=False)
HANDOFF = Key("h", "[h]andoff", "offer it to another owner", ("handoff",), "offered")
CLOSE = Key("x", "[x] close", "offer the closing", ("close",), "offered to close")
WITHDRAW = Key("w", "[w]ithdraw", "take your offer back", ("withdraw",), "withdrawn")
SEEN = Key("e", "[e] seen", "say that you have read it", ("seen",), "read", moves=False)
TOLD = Key("t", "[t]old", "the customer knows the ETA now: say how, and whom", ("told",), "told", moves=False)
ACK = Key("a", "[a]ck", "I own this now", ("ack",), "acknowledged")
DECLINE = Key("c", "de[c]line", "say no, and why", ("decline",), "declined")
TOUCH = Key("d", "[d]one", "you were in touch: say what was done, and what comes next", ("customer", "touch"), "done")
MOVE = Key("r", "[r]eplan", "another due for the same", ("customer", "touch"), "replanned")
DROP = Key("x", "[x] drop", "no next touch", ("customer", "touch", "--none"), "dropped", confirm="No next touch")
UNDO = Key("u", "[u]ndo", "take your last change back", ("undo",), UNDONE, moves=False)
VIEW = Key("v", "[v]iew", "show it whole", ("show",))
SKIP = Key("s", "[s]kip", "go on to the next")
BACK = Key("b", "[b]ack", "return to the one before")
QUIT = Key("q", "[q]uit", "stop here; the next walk of the day resumes")
HELP = Key("?", "[?]", "what the keys mean")

UNDOABLE = ("done", "replanned", "offered", "offered to close", "withdrawn", "noted")

ENDS = "Answer for whatever comes back"
ACCOUNT = "Answer for this account"


def keys_for(now: Standing, me: str, came_of_it: str = "", *, first: bool) -> dict[str, Key]:
    """The keys by their letters, in the order in which they are offered. `came_of_it` is what the walk did here."""
    keys = _about_account(now) if now.stop.is_account else _about_case(now, me)
    keys += [UNDO] if came_of_it in UNDOABLE and not now.stop.is_account else []
    moves = [VIEW, SKIP, *([] if first else [BACK]), QUIT, HELP]
    return {key.letter: key for key in [*keys, *moves]}


def command_of(key: Key, now: Standing) -> list[str]:
    """The words of the command that a key runs, for the version that was looked at."""
    if now.stop.is_touch and key is MOVE:
        return [*key.verb, now.stop.customer, f"--next-action={(now.customer or {})['next_touch']}"]
    if now.stop.is_account:
        words = [*(("customer", "show") if key is VIEW else key.verb), now.stop.customer]
        return words if key is VIEW or now.stop.is_touch else [*words, "--account"]
    words = [*key.verb, now.stop.subject]
    return words if key is VIEW else [*words, "--if-version", str(now.version)]


def _about_account(now: Standing) -> list[Key]:
    if now.stop.is_touch:
        return [TOUCH, MOVE, DROP] if now.row else []
    if now.offer is None:
        return []
    return [ACK._replace(confirm=ACCOUNT), DECLINE, *([] if now.offer["seen_at"] else [SEEN])]


def _about_case(now: Standing, me: str) -> list[Key]:
    case = now.case or {}
    if now.offer:
        asks = now.offer["kind"] == "transfer" or now.offer["promises"]
        ack = ACK if asks else ACK._replace(confirm=ENDS)
        return [ack, DECLINE, NOTE, *([] if now.offer["seen_at"] else [SEEN])]
    if case.get("owner") != me or case.get("status") != "open":
        return [NOTE, *_to_tell(case)]
    return [DONE, REPLAN, NOTE, *_to_tell(case), *_about_owned(case)]


def _to_tell(case: Mapping[str, Any]) -> list[Key]:
    return [TOLD] if case.get("eta_debt") else []


def _about_owned(case: Mapping[str, Any]) -> list[Key]:
    passing = [WITHDRAW] if case["pending"] else [HANDOFF, CLOSE]
    returning = [DECLINE] if case["claimed"] and not case["pending"] else []
    return [*passing, *returning, *([SEEN] if case["unseen_notes"] else [])]
