"""Somebody edits an export, computes every hash again, and brings it back: no rule may be broken that way."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from owncase.domain.event import Event
from owncase.domain.values import Prose
from owncase.store import ledger

ROB, DANA, NORFOLK = 2, 4, 6
DUE = "2026-11-30T10:00:00Z"
UID = "00000000-0000-4000-8000-000000000001"
PLAN = {"next_action": Prose("Act"), "next_due": DUE}
ANEW = {
    **PLAN, "uid": UID, "source": "", "external": None, "title": Prose("T"), "customer": NORFOLK, "urgency": "normal",
    "cause": None, "contact": None, "channel": None, "waiting_for": None,
}  # fmt: skip
LOGGED = {
    "uid": UID, "source": "s", "external": "X", "title": Prose("t"), "customer": NORFOLK, "owner": DANA,
    "status": "on", "ended": False,
}  # fmt: skip
TOLD = {"how": "phone", "whom": Prose("Pat"), "text": None}
OFFER = {
    "to": DANA, "form": "transfer", "note": None, "next_action": None, "next_due": None,
    "answer_by": "2026-11-24T09:00:00Z", "outcome": None, "confirmed_by": None, "unconfirmed": None,
    "void_reason": None,
}  # fmt: skip
ASKED = {
    "whom": Prose("Pat"),
    "question": Prose("Where?"),
    "channel": "phone",
    "answer": None,
    "callback": None,
    "about_status": 1,
}
LETTER = {
    "form": "new-owner", "to": [Prose("pat@norfolk.example")], "title": Prose("t"), "message": Prose("m"),
    "message_id": f"<{'a' * 32}@x.example>", "promises": [[1, DUE]],
}  # fmt: skip

FORGED: dict[str, dict[str, Any]] = {
    "a case begun again is another's": {"kind": "case.opened", "actor": DANA, "case": 1, "data": ANEW},
    "an edit closes": {"kind": "case.edited", "actor": ROB, "case": 1, "data": {"status": "closed"}},
    "an edit moves the owner": {"kind": "case.edited", "actor": ROB, "case": 1, "data": {"owner": DANA}},
    "an edit blanks the action": {"kind": "case.edited", "actor": ROB, "case": 1, "data": {"next_action": None}},
    "a case is born handed over": {"kind": "case.opened", "actor": ROB, "case": 4, "data": {**ANEW, "via": 999}},
    "a due is no moment": {"kind": "case.opened", "actor": ROB, "case": 4, "data": {**ANEW, "next_due": "never"}},
    "an acknowledgement takes no action": {
        "kind": "handoff.acknowledged", "actor": DANA, "case": 2,
        "data": {"take": [1], "next_action": None, "next_due": None},
    },
    "somebody types another's acknowledgement": {
        "kind": "handoff.acknowledged", "actor": DANA, "case": 2, "data": {"take": [1], **PLAN}, "typed_by": "rob",
    },
    "an edit retires": {"kind": "person.edited", "actor": DANA, "subject": ROB, "data": {"active": 0}},
    "an edit makes a founder": {"kind": "person.edited", "actor": DANA, "subject": ROB, "data": {"added_by": DANA}},
    "a zone is nowhere": {"kind": "person.edited", "actor": ROB, "subject": ROB, "data": {"zone": "No/Where"}},
    "an edit moves an account": {
        "kind": "customer.edited", "actor": ROB, "subject": NORFOLK,
        "data": {"account_owner": ROB},
    },
    "a promise has no moment": {
        "kind": "promise.made", "actor": ROB, "case": 1, "data": {"text": Prose("p"), "due": "never"},
    },
    "a log is told onto a case": {"kind": "log.opened", "actor": ROB, "case": 1, "data": LOGGED},
    "an import is left half way": {"kind": "log.opened", "actor": ROB, "case": 4, "data": LOGGED},
    "a note is of no moment": {
        "kind": "case.noted", "actor": ROB, "case": 1, "at": "never", "data": {"text": Prose("n")},
    },
    "a note is of tomorrow": {
        "kind": "case.noted", "actor": ROB, "case": 1, "at": "2199-01-01T00:00:00Z", "data": {"text": Prose("n")},
    },
    "a store begins twice": {
        "kind": "store.created", "actor": ROB, "data": {"store": "ab" * 16, "schema": 1, "program": "x"},
    },
    "a setting is made up": {"kind": "store.set", "actor": ROB, "data": {"name": "bogus", "value": "true"}},
    "a closing tells no outcome": {
        "kind": "handoff.offered", "actor": ROB, "case": 1,
        "data": {**OFFER, "form": "closing"},
    },
    **{
        f"a promise is {what}": {"kind": f"promise.{what}", "actor": by, "case": case, "data": {"n": n, **data}}
        for what, by, case, n, data in (
            ("moved", DANA, 2, 1, {"due": DUE, "because": Prose("x")}),
            ("moved", ROB, 2, 1, {"due": "soon", "because": Prose("x")}),
            ("broken", DANA, 2, 1, {"because": Prose("x")}),
            ("released", ROB, 2, 7, {"confirmed_by": Prose("P"), "because": None}),
            ("at_risk", ROB, 2, 1, {"because": None}),
        )
    },
    "a promise is moved by no number": {
        "kind": "promise.moved", "actor": ROB, "case": 2, "data": {"n": True, "due": DUE, "because": Prose("x")},
    },
    "a promise that is not there is told": {
        "kind": "case.told", "actor": ROB, "case": 2,
        "data": {**TOLD, "promises": [9]},
    },
    "a promise is told to nobody": {
        "kind": "case.told", "actor": ROB, "case": 2,
        "data": {**TOLD, "whom": None, "promises": []},
    },
    "a customer is told by fax": {
        "kind": "customer.told", "actor": ROB, "subject": NORFOLK,
        "data": {**TOLD, "how": "fax"},
    },
    "an offer lies about its debts": {
        "kind": "handoff.offered", "actor": ROB, "case": 1,
        "data": {**OFFER, "eta_debt": [1]},
    },
    "terms are words": {
        "kind": "handoff.declined", "actor": DANA, "case": 2,
        "data": {"reason": "other", "note": None, "suggested": None, "terms": "2.1 later"},
    },
    "terms are of another case": {
        "kind": "handoff.declined", "actor": DANA, "case": 2,
        "data": {"reason": "other", "note": None, "suggested": None, "terms": [["1.1", DUE]]},
    },
    "a call drops the action": {
        "kind": "case.called", "actor": ROB, "case": 1,
        "data": {**ASKED, "callback": DUE, "next_action": Prose("Call back"), "next_due": DUE},
    },
    "a call answers and calls back": {
        "kind": "case.called", "actor": ROB, "case": 1,
        "data": {**ASKED, "answer": Prose("a"), "callback": DUE, "next_action": None, "next_due": None},
    },
    "an open case is confirmed": {
        "kind": "case.confirmed", "actor": ROB, "case": 1,
        "data": {"confirmed_by": Prose("P")},
    },
    "a stranger plans a touch": {
        "kind": "customer.planned", "actor": ROB, "subject": NORFOLK,
        "data": {"next_touch": Prose("Visit"), "next_touch_due": DUE, "did": None},
    },
    "half a touch is planned": {
        "kind": "customer.planned", "actor": DANA, "subject": NORFOLK,
        "data": {"next_touch": Prose("Visit"), "next_touch_due": None, "did": None},
    },
    "a contact is edited who is not there": {
        "kind": "customer.contact_edited", "actor": ROB, "subject": NORFOLK, "data": {"n": 3, "name": Prose("Pat")},
    },
    "a letter names who has not said yes": {"kind": "letter.queued", "actor": DANA, "case": 2, "data": LETTER},
    "a letter states another ETA": {
        "kind": "letter.queued", "actor": ROB, "case": 2,
        "data": {**LETTER, "form": "eta", "promises": [[1, "2026-12-30T10:00:00Z"]]},
    },
    "a letter is sent that was never written": {
        "kind": "letter.tried", "actor": ROB, "case": 2,
        "data": {"letter": 3, "accepted": [1], "refused": [], "waiting": []},
    },
    "a text is removed by who did not make the store": {
        "kind": "text.redacted", "actor": DANA, "case": 1,
        "data": {"what": "case", "commitments": ["ab" * 32], "because": Prose("x")},
    },
    "a note is a list": {"kind": "case.noted", "actor": ROB, "case": 1, "data": {"text": ["a"]}},
}  # fmt: skip


@pytest.fixture
def brought_back(team: Callable[..., Any], run: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    """Append an event to the team's export, with every hash computed again, and make a store of it."""

    def bring(**forged: Any) -> Any:
        team("open", "One", "-c", "norfolk", "-n", "Look", "-d", "tomorrow", "--keep")
        team("open", "Two", "-c", "norfolk", "-n", "Look", "-d", "tomorrow", "--promise", "P", "--by", "2026-11-30")
        file = tmp_path / "forged.jsonl"
        team("export", str(file))
        head, *records = map(json.loads, file.read_text().splitlines())
        _append(head, records, forged)
        file.write_text("".join(f"{json.dumps(line)}\n" for line in [head, *records]))
        return run("--store", str(tmp_path / "anew.db"), "init", "--from", str(file), os_user="eve")

    return bring


def _append(head: dict[str, Any], records: list[dict[str, Any]], forged: dict[str, Any]) -> None:
    last, seq = records[-1], len(records) + 1
    typed_by = {ROB: "rob", DANA: "dana"}[forged["actor"]]
    event = Event(**{"at": last["recorded_at"], "typed_by": typed_by, "seq": seq, **forged})
    of_case = [line["hash"] for line in records if event.case and json.loads(line["intent"]).get("case") == event.case]
    intent, texts = ledger.write_intent(event, store=head["store"], on=of_case[-1] if of_case else None)
    made = ledger.record_hash(
        bytes.fromhex(head["store"]), seq, bytes.fromhex(last["hash"]), intent, last["recorded_at"]
    ).hex()
    kept = [[text.commitment, text.salt.hex(), text.body] for text in texts]
    records.append({**last, "seq": seq, "intent": intent, "hash": made, "texts": kept})
    head |= {"seq": seq, "hash": made}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_a_forged_history_that_breaks_a_rule_makes_no_store(
    brought_back: Callable[..., Any], tmp_path: Path, forged: dict[str, Any]
) -> None:
    answer = brought_back(**forged)

    assert (answer.exit, "does not verify" in answer.stderr) == (5, True), answer
    assert not (tmp_path / "anew.db").exists()


def test_the_same_way_of_forging_is_taken_where_every_rule_holds(
    brought_back: Callable[..., Any], tmp_path: Path
) -> None:
    for fair in (
        {"kind": "handoff.acknowledged", "actor": DANA, "case": 2, "data": {"take": [1], **PLAN}},
        {"kind": "case.told", "actor": ROB, "case": 2, "data": {**TOLD, "promises": [1]}},
        {"kind": "handoff.offered", "actor": ROB, "case": 1, "data": OFFER},
    ):
        answer = brought_back(**fair)
        assert answer.exit == 0, answer
        (tmp_path / "anew.db").unlink()


def test_an_event_that_plain_sql_made_up_is_named_and_found(team: Callable[..., Any], tmp_path: Path) -> None:
    team("open", "One", "-c", "norfolk", "-n", "Look", "-d", "tomorrow", "--keep")
    with closing(sqlite3.connect(tmp_path / "team.db")) as raw, raw:
        raw.execute(
            "INSERT INTO event (seq, kind, actor, case_number, at, recorded_at, intent, hash)"
            " SELECT max(seq) + 1, 'case.noted', 2, 1, max(at), max(recorded_at), '{}', ? FROM event",
            ("a" * 64,),
        )
    assert (team("show", "1").exit, team("history", "1").exit, team("store", "check").exit) == (5, 5, 5)


@pytest.mark.parametrize("pragma", ["user_version=0", "journal_mode=wal"])
def test_a_switched_setting_of_the_file_is_found(team: Callable[..., Any], tmp_path: Path, pragma: str) -> None:
    with closing(sqlite3.connect(tmp_path / "team.db")) as raw:
        raw.execute(f"PRAGMA {pragma}")
    assert team("store", "check").exit == 1
