"""A customer called: the question is answered on the spot, or somebody calls back before doing anything else."""

from collections.abc import Iterable

from owncase.domain.case import open_case, touched
from owncase.domain.event import Event
from owncase.domain.records import Records
from owncase.domain.told import heard
from owncase.domain.values import Call, Case, Note
from owncase.errors import Refused

THEN = "; then: "
LONGEST_ACTION = 500
SHORTEST_QUESTION = 12
"""So much of a question is worth standing in the next action."""


class NeitherAnsweredNorCalledBack(Refused):
    """A call is answered, or there is a moment by which somebody calls back; never both, never neither."""


class CountedWrong(Refused):
    """A call is about the status of a case exactly where the case was open already."""


class CallbackLost(Refused):
    """Rule 1: a callback stands before the next action, which stays, and never moves its due to later."""


def case_called(records: Records, event: Event) -> None:
    """Somebody asked about a case. Answered, they have heard from us; else the owner's next action is to call back.

    Anybody takes a call. What is on offer stays on offer, and the owner is shown what another could not answer.
    """
    case, wish = records.case(event.case or 0), event.data
    _is_settled(event)
    if wish["answer"] is None:
        open_case(records, event)
    _counts_rightly(case, event)
    records.put(_call(event, case.customer))
    if wish["answer"] is not None:
        heard(records, case, event)
        return
    if wish["about_status"]:
        _puts_first(case, event)
        plan = {"next_action": wish["next_action"], "next_due": wish["next_due"]}
    else:
        _began_with(case, event)
        plan = {}
    if event.actor != case.owner:
        asked = in_words(wish["whom"], wish["question"])
        records.put(
            Note(id=event.seq, case_number=case.number, author=event.actor, text=asked, noted_at=event.at, unseen=1,
                 event=event.seq)
        )  # fmt: skip
    records.put(touched(case, event, **plan))


def customer_called(records: Records, event: Event) -> None:
    """Somebody asked what is about no single case, and was answered."""
    _is_settled(event)
    records.put(_call(event, records.customer(event.subject or 0).id))


def called_back(whom: str | None, question: str, action: str) -> str:
    """The next action with the callback before it: `Call Pat back: QUESTION; then: ACTION`.

    The question is cut to what room there is. Where there is none, the action stays as it is: the call says the rest.
    """
    asked = _asked(whom, question, LONGEST_ACTION - len(THEN) - len(action))
    return f"{asked}{THEN}{action}" if asked else action


def callbacks_first(
    action: str | None, due: str | None, calls: Iterable[tuple[str | None, str, str]]
) -> tuple[str | None, str | None]:
    """What an offer proposes, with the callbacks before it that came in since: (whom, question, callback) each."""
    for whom, question, back in calls:
        action = called_back(whom, question, action) if action else None
        due = min(due, back) if due else None
    return action, due


def callback(whom: str | None, question: str) -> str:
    """The next action of a case that begins with a call."""
    return _asked(whom, question, LONGEST_ACTION) or "Call back"


def in_words(whom: str | None, question: str) -> str:
    """How the owner reads what another could not answer."""
    return f"{whom} called: {question}" if whom else f"the customer called: {question}"


def _asked(whom: str | None, question: str, room: int) -> str:
    begin = f"Call {whom} back: " if whom else "Call back: "
    left = room - len(begin)
    if len(question) <= left:
        return begin + question
    return f"{begin}{question[: left - 1].rstrip()}…" if left >= SHORTEST_QUESTION else ""


def _is_settled(event: Event) -> None:
    wish = event.data
    if (wish["answer"] is None) == (wish.get("callback") is None):
        raise NeitherAnsweredNorCalledBack(
            "a call is answered, or somebody calls back", fix="--answered TEXT, or --callback WHEN"
        )


def _puts_first(case: Case, event: Event) -> None:
    """Raise `CallbackLost` unless the old action stays, and comes no later."""
    wish, before = event.data, case.next_due or ""
    kept = str(wish["next_action"] or "").endswith(case.next_action or "")
    if not kept or wish["next_due"] != min(wish["callback"], before):
        raise CallbackLost(
            f"the next action of case {case.number} changed while they called", fix=f"owncase call {case.number} …"
        )


def _began_with(case: Case, event: Event) -> None:
    """Raise `CallbackLost` unless the case was opened for this very call, which its next action already says."""
    if (case.version, case.opened_by, case.next_due) != (1, event.actor, event.data["callback"]):
        raise CallbackLost(f"case {case.number} began before this call", fix=f"owncase call {case.number} …")


def _counts_rightly(case: Case, event: Event) -> None:
    """Raise `CountedWrong` where the case was not open, or the call is answered and it was."""
    about, is_open = event.data["about_status"], int(case.status == "open")
    if about > is_open or (event.data["answer"] is not None and about != is_open):
        raise CountedWrong(f"case {case.number} is {case.status}", fix=f"owncase call {case.number} …")


def _call(event: Event, customer: int) -> Call:
    wish = event.data
    return Call(
        id=event.seq, customer=customer, case_number=event.case, taken_by=event.actor, channel=wish["channel"],
        whom=wish["whom"], question=wish["question"], answer=wish["answer"], callback=wish.get("callback"),
        about_status=wish.get("about_status", 0), called_at=event.at, event=event.seq,
    )  # fmt: skip
