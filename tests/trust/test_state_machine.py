"""Whatever people type in whatever order, a plain model of the rules and the store say the same.

Commands run in process on a real store; now and then plain SQL tries to get past them. After each step every case has
the owner and the state that the model expects.
"""

import io
import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from owncase.bootstrap import World
from owncase.cli.main import run

PEOPLE = ("rob", "dana", "carol")
somebody = st.sampled_from(PEOPLE)


class DeskMachine(RuleBasedStateMachine):
    """The model: for each case its owner, status, standing offer (form, taker), open promises, and what an undo undoes.

    `last` is who made the last change and how the case stood before it, None where that stays done.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.at = datetime(2026, 11, 23, 9, tzinfo=UTC)
        self.cases: dict[int, dict[str, Any]] = {}
        self.touch: str | None = None

    def teardown(self) -> None:
        if self.cases:
            assert self.say("rob", "store", "check")[0] == 0
        for number in self.cases:
            now, then = (
                json.loads(self.say("rob", "who", str(number), *at, "--json")[1])["promises"]
                for at in ((), ("--at", self.at.isoformat()))
            )
            assert now == then
        shutil.rmtree(self.folder)

    def say(self, who: str, *words: str) -> tuple[int, str]:
        out, err = io.StringIO(), io.StringIO()
        self.at += timedelta(seconds=30)
        environ = {"XDG_STATE_HOME": str(self.folder / who), "OWNCASE_STORE": str(self.folder / "team.db")}
        world = World(environ, self.folder, who, lambda: self.at, lambda: "UTC", io.StringIO(), out, err)
        code = run(list(words), world)
        assert code != 70, (words, err.getvalue())
        return code, out.getvalue()

    def tries(self, right: bool, who: str, *words: str) -> bool:
        code = self.say(who, *words)[0]
        assert (code == 0) == right, (who, words, code, self.cases)
        assert code in {0, 3}
        return right

    @initialize()
    def begin(self) -> None:
        assert self.say("rob", "init", "--me", "rob", "--name", "Rob")[0] == 0
        for handle in PEOPLE[1:]:
            assert self.say("rob", "person", "add", handle, "--name", handle, "--login", handle)[0] == 0
        assert self.say("rob", "customer", "add", "acme", "--name", "Acme", "--second", "dana")[0] == 0

    @precondition(lambda self: len(self.cases) < 3)
    @rule(who=somebody)
    def opens(self, who: str) -> None:
        assert self.say(who, "open", "It leaks", "-c", "acme", "-n", "Look", "-d", "+3d", "--keep")[0] == 0
        self.cases[len(self.cases) + 1] = {
            "owner": who, "status": "open", "offer": None, "promises": set(), "made": 0, "last": (who, None),
            "confirmed": None, "sure": True, "debt": set(), "heard": self.at, "risk": set(), "ended": {},
        }  # fmt: skip

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), who=somebody, to=somebody)
    def hands_off(self, data: st.DataObject, who: str, to: str) -> None:
        number, case = self._one(data)
        right = case["status"] == "open" and case["owner"] == who != to and case["offer"] is None
        before = self._stands(number)
        if self.tries(right, who, "handoff", str(number), "--to", to):
            case |= {"offer": ("transfer", to), "last": (who, before)}

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), who=somebody, to=somebody, sure=st.sampled_from(["--confirmed-by", "--unconfirmed"]))
    def closes(self, data: st.DataObject, who: str, to: str, sure: str) -> None:
        number, case = self._one(data)
        right = case["status"] == "open" and case["owner"] == who != to and case["offer"] is None
        before = self._stands(number)
        if self.tries(right, who, "close", str(number), "--outcome", "Dry", sure, "Pat", "--to", to):
            case |= {"offer": ("closing", to), "last": (who, before), "sure": sure == "--confirmed-by"}

    @precondition(lambda self: any(case["offer"] for case in self.cases.values()))
    @rule(data=st.data(), who=somebody, every=st.booleans())
    def acknowledges(self, data: st.DataObject, who: str, every: bool) -> None:
        number, case = data.draw(st.sampled_from([one for one in self.cases.items() if one[1]["offer"]]))
        form, taker = case["offer"]
        taken = sorted(case["promises"]) if every else []
        right = who == taker and set(taken) == case["promises"]
        if self.tries(right, who, "ack", str(number), *(word for n in taken for word in ("--take", str(n)))):
            case |= {"offer": None, "last": (who, None)}
            ended = {"status": "closed", "next": taker, "confirmed": "Pat" if case["sure"] else None}
            case |= {"owner": taker} if form == "transfer" else ended

    @precondition(lambda self: any(case["offer"] for case in self.cases.values()))
    @rule(data=st.data(), who=somebody, verb=st.sampled_from(["decline", "withdraw"]))
    def ends_an_offer(self, data: st.DataObject, who: str, verb: str) -> None:
        number, case = data.draw(st.sampled_from([one for one in self.cases.items() if one[1]["offer"]]))
        right = who == (case["offer"][1] if verb == "decline" else case["owner"])
        before = self._stands(number) if verb == "withdraw" else None
        terms = [word for n in sorted(case["promises"]) for word in ("--terms", f"{n}=+9d")]
        if self.tries(right, who, verb, str(number), *(["--reason", "away", *terms] if verb == "decline" else [])):
            case |= {"offer": None, "last": (who, before)}

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), who=somebody, words=st.sampled_from([
        ("done", "-n", "Next", "-d", "+3d"), ("done", "-n", "Wait", "-d", "+2d", "--waiting-for", "Pat"),
        ("replan", "-d", "+4d", "--because", "storm"), ("edit", "--title", "It drips since {}"),
        ("edit", "--urgency", "hot", "--title", "It leaks since {}"),
    ]))  # fmt: skip
    def plans_or_mends(self, data: st.DataObject, who: str, words: tuple[str, ...]) -> None:
        number, case = self._one(data)
        before, said = self._stands(number), [word.format(self.at.time()) for word in words[1:]]
        if self.tries(case["status"] == "open" and case["owner"] == who, who, words[0], str(number), *said):
            case["last"] = (who, before)

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), who=somebody)
    def notes(self, data: st.DataObject, who: str) -> None:
        number, case = self._one(data)
        before = self._stands(number)
        assert self.say(who, "note", str(number), "Pat", "called")[0] == 0
        case["last"] = (who, before)

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), who=st.one_of(st.none(), somebody))
    def undoes(self, data: st.DataObject, who: str | None) -> None:
        number, case = self._one(data)
        author, before = case["last"]
        who = who or author
        if self.tries(who == author and before is not None, who, "undo", str(number)):
            case |= {**before["model"], "last": (who, None)}
            assert self._stands(number) == before

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), who=somebody)
    def promises(self, data: st.DataObject, who: str) -> None:
        number, case = self._one(data)
        right = case["status"] == "open" and case["owner"] == who
        before = self._stands(number)
        if self.tries(right, who, "promise", "make", str(number), "A loan", "--by", "+5d"):
            case["made"] += 1
            case |= {"promises": case["promises"] | {case["made"]}, "last": (who, before)}

    @precondition(lambda self: any(case["promises"] for case in self.cases.values()))
    @rule(data=st.data(), who=somebody, how=st.sampled_from([
        ("keep", "kept"), ("break", "broken", "--because", "No parts"), ("release", "released", "--by", "Pat"),
    ]))  # fmt: skip
    def ends_a_promise(self, data: st.DataObject, who: str, how: tuple[str, ...]) -> None:
        number, case, n = self._promised(data)
        verb, state, *said = how
        before = self._stands(number)
        if self.tries(who == self._holder(case), who, "promise", verb, f"{number}.{n}", *said):
            case |= {"promises": case["promises"] - {n}, "ended": {**case["ended"], n: state}, "last": (who, before)}

    @precondition(lambda self: any(case["promises"] for case in self.cases.values()))
    @rule(data=st.data(), who=somebody)
    def marks_at_risk(self, data: st.DataObject, who: str) -> None:
        number, case, n = self._promised(data)
        marked, before = n in case["risk"], self._stands(number)
        right = marked or who == self._holder(case)
        if self.tries(right, who, "promise", "at-risk", f"{number}.{n}", "--because", "Storm") and not marked:
            case |= {"risk": case["risk"] | {n}, "last": (who, before)}

    @precondition(lambda self: any(case["promises"] for case in self.cases.values()))
    @rule(data=st.data(), who=somebody)
    def moves_an_eta(self, data: st.DataObject, who: str) -> None:
        number, case, n = self._promised(data)
        right = who == self._holder(case)
        if self.tries(right, who, "promise", "move", f"{number}.{n}", "--to", "+6d", "--because", "storm"):
            case |= {"debt": case["debt"] | {n}, "risk": case["risk"] - {n}, "last": (who, None)}

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), who=somebody)
    def tells_the_customer(self, data: st.DataObject, who: str) -> None:
        number, case = self._one(data)
        assert self.say(who, "told", str(number), "--how", "phone", "--whom", "Pat")[0] == 0
        case |= {"debt": set(), "heard": self.at, "last": (who, None)}

    @precondition(lambda self: any(case["status"] == "closed" for case in self.cases.values()))
    @rule(data=st.data(), who=somebody)
    def confirms(self, data: st.DataObject, who: str) -> None:
        number, case = data.draw(st.sampled_from([one for one in self.cases.items() if one[1]["status"] == "closed"]))
        open_still = not case["confirmed"]
        assert self.say(who, "confirm", str(number), "--by", f"Pat to {who}")[0] == 0
        case["confirmed"] = case["confirmed"] or f"Pat to {who}"
        case |= {"last": (who, None)} if open_still else {}

    @rule(who=somebody, words=st.sampled_from([("-n", "Ring", "-d", "+3d"), ("--did", "Rang", "--none")]))
    def plans_a_touch(self, who: str, words: tuple[str, ...]) -> None:
        if self.tries(who in ("rob", "dana"), who, "customer", "touch", "acme", *words):
            self.touch = "Ring" if words[0] == "-n" else None

    @precondition(lambda self: any(case["status"] == "closed" for case in self.cases.values()))
    @rule(data=st.data(), who=somebody)
    def reopens(self, data: st.DataObject, who: str) -> None:
        number, case = data.draw(st.sampled_from([one for one in self.cases.items() if one[1]["status"] == "closed"]))
        self.tries(True, who, "reopen", str(number), "--because", "Wet again", "-n", "Look", "-d", "+3d")
        case |= {"status": "open", "owner": case["next"], "last": (who, None), "confirmed": None}

    @precondition(lambda self: self.cases)
    @rule(sql=st.sampled_from([
        "UPDATE OR REPLACE cases SET owner = 3", "UPDATE cases SET status = 'closed'", "DELETE FROM promise",
        "UPDATE OR IGNORE handoff SET state = 'acknowledged', answered_by = taker",
        "UPDATE cases SET next_action = ' '", "UPDATE promise SET state = 'released', confirmed_by = 'Pat'",
        "UPDATE promise SET due = '2027-01-01T09:00:00Z', event = (SELECT max(seq) FROM event)",
    ]))  # fmt: skip
    def writes_sql(self, sql: str) -> None:
        with closing(sqlite3.connect(self.folder / "team.db")) as raw, raw:
            before = list(raw.iterdump())
            try:
                raw.execute(sql)
            except sqlite3.IntegrityError:
                return
            assert list(raw.iterdump()) == before  # it met no row

    @precondition(lambda self: self.cases)
    @invariant()
    def the_store_says_the_same(self) -> None:
        rows = json.loads(self.say("rob", "list", "--status", "all", "--limit", "0", "--json")[1])
        offers = {row["case"]: row["pending"] and (row["pending"]["kind"], row["pending"]["to"]) for row in rows}
        told = {
            row["case"]: (row["owner"], row["status"], offers[row["case"]], row["promises_open"]) for row in rows
        }  # fmt: skip
        assert told == {
            number: (case["owner"], case["status"], case["offer"], len(case["promises"]))
            for number, case in self.cases.items()
        }
        assert {row["case"]: (row["eta_debt"], row["heard_at"]) for row in rows} == {
            number: (len(case["debt"] & case["promises"]), f"{case['heard']:%Y-%m-%dT%H:%M:%SZ}")
            for number, case in self.cases.items()
        }
        assert {row["case"]: row["confirmed_by"] for row in rows} == {n: c["confirmed"] for n, c in self.cases.items()}
        assert json.loads(self.say("rob", "customer", "list", "--json")[1])[0]["next_touch"] == self.touch

    @precondition(lambda self: self.cases)
    @invariant()
    def no_promise_is_lost(self) -> None:
        rows = json.loads(self.say("rob", "promise", "list", "--status", "all", "--json")[1])
        held = {row["promise"]: (row["owner"], row["at_risk"]) for row in rows if row["status"] == "open"}
        assert held == {
            f"{number}.{n}": (self._holder(case), n in case["risk"])
            for number, case in self.cases.items()
            for n in case["promises"]
        }
        ended = {row["promise"]: row["status"] for row in rows if row["status"] not in ("open", "undone")}
        assert ended == {f"{at}.{n}": state for at, case in self.cases.items() for n, state in case["ended"].items()}

    def _promised(self, data: st.DataObject) -> tuple[int, dict[str, Any], int]:
        number, case = data.draw(st.sampled_from([one for one in self.cases.items() if one[1]["promises"]]))
        return number, case, data.draw(st.sampled_from(sorted(case["promises"])))

    @staticmethod
    def _holder(case: dict[str, Any]) -> str:
        holder: str = case["owner"] if case["status"] == "open" else case["next"]
        return holder

    def _told(self, number: int) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.say("rob", "show", str(number), "--json")[1])
        return told

    def _stands(self, number: int) -> dict[str, Any]:
        """What an undo has to bring back: the model's words of a case, and the store's of its plan and promises."""
        told = self._told(number)
        plan = ("next_action", "next_due", "waiting_for", "replans", "title", "urgency")
        promises = [
            (one["promise"], one["status"], one["risk"]) for one in told["promises"] if one["status"] != "undone"
        ]  # fmt: skip
        model = {name: self.cases[number][name] for name in ("offer", "promises", "risk", "ended")}
        return {"model": model, "plan": [told[name] for name in plan], "promises": promises}

    def _one(self, data: st.DataObject) -> tuple[int, dict[str, Any]]:
        return data.draw(st.sampled_from(sorted(self.cases.items(), key=lambda one: one[0])))


TestDesk = pytest.mark.timeout(300)(DeskMachine.TestCase)
TestDesk.settings = settings(
    max_examples=8, stateful_step_count=25, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
