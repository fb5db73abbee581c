"""What was promised at the sale binds whoever serves, and the customer hears of each change before they have to ask.

One story through the command line: rob sells to acme, dana will serve them, carol is their second. Every answer is held
against its schema, and every moment can be asked about afterwards.
"""

import json
import shlex
from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., Any]


class Story:
    """The desk of rob, dana and carol: `does` and `says` give an answer that is as its schema says."""

    def __init__(self, team: Ask, clock: Any, problems: Ask) -> None:
        self.team, self.clock, self.problems = team, clock, problems
        self.at: dict[str, str] = {}

    def says(self, line: str, schema: str = "case", by: str = "rob") -> Any:
        """What a command answers as JSON."""
        outcome = self.team(*shlex.split(line), "--json", by=by)
        assert outcome.exit == 0, f"{line}: {outcome.stderr}"
        found = json.loads(outcome.stdout)
        assert self.problems(schema, found) == [], line
        return found

    def does(self, by: str, line: str, schema: str = "case") -> Any:
        """What a command of somebody answers, a quarter of an hour later."""
        self.clock.move(minutes=15)
        return self.says(line, schema, by)

    def is_refused(self, by: str, line: str) -> str:
        """What the refusal says."""
        outcome = self.team(*shlex.split(line), by=by)
        assert outcome.exit == 3, outcome.stderr
        return str(outcome.stderr)

    def moment(self) -> str:
        """The present moment, a while after which time goes on."""
        self.clock.move(minutes=15)
        return str(self.clock.at.strftime("%Y-%m-%dT%H:%M:%SZ"))

    def who(self, at: str) -> Any:
        """The card of the case as it was."""
        return self.says(f"who 1 --at {at}", "who")

    def promises(self, *, at: str | None = None) -> dict[str, Any]:
        """The open promises of the case by number."""
        card = self.who(at) if at else self.says("who 1", "who")
        return {promise["promise"]: promise for promise in card["promises"]}


@pytest.fixture
def story(team: Ask, clock: Any, problems: Ask) -> Story:
    return Story(team, clock, problems)


THREE = (
    ("40 devices", "2026-11-27T16:00:00Z"),
    ("Training", "2026-12-01T16:00:00Z"),
    ("Old ones fetched", "2026-12-03T16:00:00Z"),
)


def test_what_was_sold_is_kept_by_who_serves(story: Story, serve: Any, box: Any) -> None:
    serve("starttls")
    the_sale(story)
    the_account_is_taken_on_on_terms(story)
    an_eta_moves_untold(story)
    a_letter_tells_it(story, box)
    the_case_is_taken_on_with_its_promises(story)
    one_is_kept_and_one_is_broken(story)
    it_closes_unconfirmed_and_is_confirmed(story)
    every_moment_can_be_asked_about(story)


def the_sale(story: Story) -> None:
    """Three promises are made with it."""
    does = story.does
    story.team("person", "edit", "rob", "--email", "rob@hale.example")
    does("rob", "customer edit acme --contact 'Pat Doyle' --email pat@acme.example --second carol", "customer")
    sold = " ".join(f"--promise '{text}' --by {due}" for text, due in THREE)
    assert (
        does("rob", f"open '40 devices for the new site' -c acme -n 'Order them' -d tomorrow {sold}")["promises_open"]
        == 3
    )
    story.at["at_the_sale"] = story.moment()


def the_account_is_taken_on_on_terms(story: Story) -> None:
    """Service takes the account on, on terms."""
    says, does = story.says, story.does
    does("rob", "customer handoff acme --to dana --note 'Sold; yours to serve'", "customer")
    does("dana", "decline acme --reason other --note 'No trainer before' --terms 1.2=2026-12-08T16:00:00Z", "customer")
    (came_back,) = [row for row in says("next", "next") if row["block"] == "Came back"]
    assert came_back["declined"]["terms"] == [{"promise": "1.2", "due": "2026-12-08T16:00:00Z"}]
    story.at["declined"] = story.moment()
    assert says("who acme", "who")["owner"] == "rob"
    does("rob", came_back["declined"]["again"].removeprefix("owncase "), "customer")
    assert does("dana", "ack acme", "customer")["account_owner"] == "dana"
    sold_on = says("who acme", "who")
    assert (sold_on["owner"], sold_on["promises"][0]["made_by"], sold_on["cases"][0]["owner"]) == ("dana", "rob", "rob")


def an_eta_moves_untold(story: Story) -> None:
    """An ETA moved without telling is a debt that shows everywhere."""
    says, does = story.says, story.does
    does("rob", "told 1 --how phone --whom 'Pat Doyle' --promise 1.2")
    assert says("who 1", "who")["promises"][1]["eta_debt"] is False
    does("rob", "promise move 1.3 --to 2026-12-10T16:00:00Z --because 'The carrier is late'")
    story.at["untold"] = story.moment()
    shown_everywhere(story)


def a_letter_tells_it(story: Story, box: Any) -> None:
    """The letter tells it."""
    says, does = story.says, story.does
    letter = does("rob", "letter 1 --kind eta-moved --send", "letter")
    assert [delivery["state"] for delivery in letter["deliveries"]] == ["sent"]
    (arrived,) = box.accepted
    assert arrived.rcpt_tos == ["pat@acme.example"]
    assert b"Old ones fetched" in arrived.content
    assert says("list --eta-debt", "cases") == []
    assert says("show 1", "whole-case")["promises"][2]["told_due"] == "2026-12-10T16:00:00Z"


def the_case_is_taken_on_with_its_promises(story: Story) -> None:
    """The handoff takes on by name what is still promised."""
    does = story.does
    does("rob", "promise keep 1.1 --confirmed-by 'Pat Doyle'")
    does("rob", "handoff 1 --to dana --note 'Two promises to go'")
    story.at["offered"] = story.moment()
    assert "1.2 Training" in story.is_refused("dana", "ack 1 -n 'Book the trainer' -d 2026-11-30")
    assert does("dana", "ack 1 --take 1.2 --take 1.3 -n 'Book the trainer' -d 2026-11-30")["owner"] == "dana"
    story.at["taken_on"] = story.moment()


def one_is_kept_and_one_is_broken(story: Story) -> None:
    """One is kept, one is broken."""
    says, does = story.says, story.does
    does("dana", "promise keep 1.2 --confirmed-by 'Pat Doyle'")
    story.clock.set("2026-12-11T09:00:00Z")
    does("dana", "promise break 1.3 --because 'The carrier lost them'")
    ledger = {row["promise"]: row for row in says("promise list 1 --status all", "promises")}
    assert [(row["status"], row["made_by"], row["held_when_due"]) for row in ledger.values()] == [
        ("kept", "rob", None), ("kept", "rob", None), ("broken", "rob", "dana"),
    ]  # fmt: skip
    assert [taken["by"] for taken in ledger["1.3"]["taken_on"]] == ["dana"]


def it_closes_unconfirmed_and_is_confirmed(story: Story) -> None:
    """Closed unconfirmed, confirmed later."""
    says, does = story.says, story.does
    does("dana", "close 1 --outcome 'All but the old ones' --unconfirmed 'Pat is away'")
    assert does("carol", "ack 1")["status"] == "closed"
    assert [case["case"] for case in says("list --unconfirmed", "cases")] == [1]
    does("carol", "confirm 1 --by 'Pat Doyle'")
    assert says("list --unconfirmed", "cases") == []


def every_moment_can_be_asked_about(story: Story) -> None:
    """Every moment can be asked about."""
    says = story.says
    assert says("store check", "store-check")["sound"] is True
    assert [story.who(at)["owner"] for at in story.at.values()] == ["rob", "rob", "rob", "rob", "dana"]
    assert says("who 1", "who")["owner"] == "carol"
    assert says(f"who acme --at {story.at['declined']}", "who")["owner"] == "rob"
    assert says(f"who acme --at {story.at['untold']}", "who")["owner"] == "dana"
    assert [promise["due"] for promise in story.who(story.at["at_the_sale"])["promises"]] == [due for _, due in THREE]
    then = story.promises(at=story.at["untold"])
    assert (then["1.3"]["due"], then["1.3"]["told_due"]) == ("2026-12-10T16:00:00Z", "2026-12-03T16:00:00Z")
    assert list(story.promises(at=story.at["taken_on"])) == ["1.2", "1.3"]


def shown_everywhere(story: Story) -> None:
    """One ETA that the customer was not told stands in each place where somebody could overlook it."""
    says = story.says
    assert [case["case"] for case in says("list --eta-debt", "cases")] == [1]
    assert says("show 1", "whole-case")["eta_debt"] == 1
    assert [row["eta_debt"] for row in says("next", "next") if row["case"] == 1] == [1]
    assert {row["owner"]: row["eta_debt"] for row in says("report owners", "owners")} == {
        "carol": 0,
        "dana": 0,
        "rob": 1,
    }
    assert [row["eta_debt"] for row in says("report customers", "customers-report") if row["key"] == "acme"] == [1]
    assert [row["promise"] for row in says("promise list --eta-debt", "promises")] == ["1.3"]
    assert [row["promise"] for row in says("who acme", "who")["promises"] if row["eta_debt"]] == ["1.3"]
    assert [row["case"] for row in says("report daily", "daily") if row["what"] == "eta-debt"] == [1]
