"""Who typed something is shown wherever that is somebody else than who acted, and only there."""

import json
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]
PEOPLE = ("table", "md", "html")


@pytest.fixture
def case(team: Run) -> Run:
    """Case 1 of norfolk is carol's, who has no login; rob types for her, she noted something, and offers it to dana."""
    for words, by in (
        ("open 1 -c norfolk -n Call -d 2026-12-01 --keep", "carol"),
        ("note 1 Hello", "carol"),
        ("note 1 Thanks", "dana"),
        ("handoff 1 --to dana", "carol"),
    ):
        done = team(*words.split(), by=by)
        assert done.exit == 0, done.stderr
        assert ("carol (typed by rob)\n" in done.stderr) is (by == "carol")
    return team


def shown(case: Run, *words: str, by: str = "dana") -> dict[str, str]:
    """The answer in each format that people read, and on a wide terminal."""
    wide = {"COLUMNS": "200", "LINES": "200", "NO_COLOR": "1"}
    answers = {shape: case(*words, "-f", shape, by=by).stdout for shape in PEOPLE}
    return {**answers, "terminal": case(*words, by=by, terminal=True, environ=wide).stdout}


def test_an_offer_typed_for_somebody_says_so_in_the_inbox(case: Run) -> None:
    assert all("carol (typed by rob)" in text for text in shown(case, "inbox").values())
    (row,) = json.loads(case("inbox", "--json", by="dana").stdout)
    assert (row["from"], row["typed_by"], row["claimed"]) == ("carol", "rob", True)
    header, line = case("inbox", by="dana").stdout.splitlines()
    told = dict(zip(header.split("\t"), line.split("\t"), strict=True))
    assert (told["typed_by"], told["claimed"]) == ("rob", "true")


def test_a_card_says_it_of_the_offer_the_notes_and_the_history(case: Run) -> None:
    for text in (shown(case, "show", "1")[shape] for shape in ("table", "md", "terminal")):
        assert text.count("carol (typed by rob)") == 7  # the offer, two notes, and four events
        assert "dana (typed by" not in text
    told = json.loads(case("show", "1", "--json").stdout)
    assert [(note["author"], note["typed_by"], note["claimed"]) for note in told["notes"]] == [
        ("carol", "rob", True), ("carol", "rob", True), ("dana", "dana", False)
    ]  # fmt: skip
    assert (told["pending"]["typed_by"], told["pending"]["claimed"], told["acknowledgement"]) == ("rob", True, None)
    assert all("carol (typed by rob)" in text for text in shown(case, "history", "1").values())


def test_who_takes_it_on_at_a_terminal_reads_it_first(case: Run) -> None:
    asked = case("ack", "1", by="dana", terminal=True, stdin="\n")
    assert asked.exit == 0
    assert "  transfer offered by carol (typed by rob), " in asked.stderr
    assert "carol (typed by rob) offered to dana" in asked.stderr


def test_an_acknowledgement_typed_for_somebody_shows_on_the_card_and_in_who(case: Run) -> None:
    assert case("ack", "1", by="dana").exit == 0
    own = json.loads(case("show", "1", "--json").stdout)["acknowledgement"]
    assert (own["by"], own["kind"], own["typed_by"], own["claimed"]) == ("dana", "transfer", "dana", False)
    assert "(typed by" not in case("who", "1", "-f", "md").stdout
    assert case("handoff", "1", "--to", "carol", by="dana").exit == 0
    assert case("ack", "1", by="carol").exit == 0
    for words in (("show", "1"), ("who", "1")):
        claimed = json.loads(case(*words, "--json").stdout)["acknowledgement"]
        assert (claimed["by"], claimed["typed_by"], claimed["claimed"]) == ("carol", "rob", True)
        assert all("carol (typed by rob), Mon 23 Nov" in text for text in shown(case, *words).values())


def test_an_account_says_so_too(team: Run) -> None:
    assert team("customer", "handoff", "norfolk", "--to", "carol", by="dana").exit == 0
    assert team("--as", "carol", "ack", "norfolk").exit == 0
    assert "carol (typed by rob)" in team("who", "norfolk", "-f", "md").stdout
    assert team("customer", "handoff", "norfolk", "--to", "dana", by="carol").exit == 0
    assert "carol (typed by rob)" in team("inbox", "-f", "md", by="dana").stdout
    pending = json.loads(team("customer", "show", "norfolk", "--json").stdout)["pending"]
    assert (pending["typed_by"], pending["claimed"]) == ("rob", True)


def test_an_offer_that_a_manager_made_for_the_owner_names_both(team: Run) -> None:
    assert team("open", "1", "-c", "norfolk", "-n", "Call", "-d", "2026-12-01", "--keep", by="dana").exit == 0
    assert team("handoff", "1", "--to", "rob", "--for", "dana", by="carol").exit == 0
    assert "dana (by carol, typed by rob)" in team("inbox", "-f", "md").stdout


def test_a_case_that_came_back_is_nobodys_by_its_old_closing(case: Run) -> None:
    assert case("ack", "1", by="dana").exit == 0
    assert case("close", "1", "--outcome", "Done", "--confirmed-by", "Pat", "--to", "rob", by="dana").exit == 0
    assert case("ack", "1").exit == 0
    assert json.loads(case("show", "1", "--json").stdout)["acknowledgement"]["kind"] == "closing"
    assert case("reopen", "1", "--because", "Again", "-n", "Call", "-d", "2026-12-01", by="dana").exit == 0
    assert json.loads(case("show", "1", "--json").stdout)["acknowledgement"] is None


def test_what_an_os_user_types_for_a_person_of_their_own_name_is_not_said_twice(team: Run) -> None:
    assert team("person", "add", "eve", "--name", "Eve").exit == 0
    done = team("--as", "eve", "customer", "add", "x", "--name", "X", by="eve")
    assert (done.exit, "typed by" in done.stderr) == (0, False)
