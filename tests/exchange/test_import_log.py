"""A log of our own making tells what each row of it says, and a bad file is refused by line with nothing written.

In `workshop.csv`: W-1 goes to and fro; W-2 is offered twice and taken after four hours; W-3 never has an owner; W-4 is
out of order, and its owner's name folds to another's handle; W-5 comes back after it was done; W-6 is offered in vain.
"""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WORKSHOP = Path(__file__).parent / "data" / "workshop.csv"
COLUMNS = ("--case", "ticket", "--at", "changed", "--owner", "agent", "--status", "state", "--customer", "client")
FLAGS = (
    *COLUMNS, "--due", "due", "--closed", "Done", "--offered", "Offered", "--next", "Ask how it stands",
    "--due-default", "+3bd", "--owner-default", "rob",
)  # fmt: skip


@pytest.fixture
def desk(run: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    """rob's new store: `desk("list", "--json")`."""

    def ask(*words: str) -> Any:
        return run("--store", str(tmp_path / "desk" / "team.db"), *words, os_user="rob")

    assert ask("init", "--me", "rob", "--name", "Rob Hale").exit == 0
    return ask


def _told(desk: Callable[..., Any], *words: str) -> Any:
    out = desk(*words, "--json")
    assert out.exit == 0, out.stderr
    return json.loads(out.stdout)


@pytest.fixture
def imported(desk: Callable[..., Any]) -> Callable[..., Any]:
    """The desk with the workshop's log in it."""
    assert desk("import", "log", str(WORKSHOP), *FLAGS).exit == 0
    return desk


def test_the_summary_counts_what_came_in(desk: Callable[..., Any]) -> None:
    told = _told(desk, "import", "log", str(WORKSHOP), *FLAGS)
    wanted = {"cases": 6, "events": 18, "people": 4, "handoffs": 3, "cases_out_of_order": 1, "present": 0, "refused": 0}
    assert {field: told[field] for field in wanted} == wanted


def test_each_case_has_its_handoffs_and_waits(imported: Callable[..., Any]) -> None:
    rows = {row["external"]: row for row in _told(imported, "report", "handoffs")}
    told = {name: (row["handoffs"], row["owners"], row["ping_pong"], row["ack_seconds"]) for name, row in rows.items()}
    assert told == {
        "W-1": (2, 2, True, []), "W-2": (1, 2, False, [14_400]), "W-3": (0, 0, False, []), "W-4": (0, 1, False, []),
        "W-5": (0, 1, False, []), "W-6": (0, 1, False, []),
    }  # fmt: skip


def test_what_is_open_is_claimed_and_has_a_next_action(imported: Callable[..., Any]) -> None:
    cases = {row["external"]: row for row in _told(imported, "list", "--status", "all")}
    assert {name: (row["status"], row["owner"]) for name, row in cases.items()} == {
        "W-1": ("archived", "zoe-brandt"), "W-2": ("open", "zoe-brandt"), "W-3": ("open", "rob"),
        "W-4": ("open", "zoe-brandt-2"), "W-5": ("open", "ewan-price"), "W-6": ("open", "ewan-price"),
    }  # fmt: skip
    assert all(
        row["claimed"] and row["next_action"] == "Ask how it stands"
        for row in cases.values()
        if row["status"] == "open"
    )
    assert cases["W-3"]["next_due"] == "2026-12-01T16:00:00Z"
    assert cases["W-4"]["customer"] == "workshop"


def test_the_past_is_as_the_log_tells_it(imported: Callable[..., Any]) -> None:
    def owned(at: str) -> dict[str | None, int]:
        return {row["owner"]: row["open"] for row in _told(imported, "report", "owners", "--at", at) if row["open"]}

    assert owned("2026-03-02T12:00:00+01:00") == {"ewan-price": 2}
    assert owned("2026-03-04T17:00:00+01:00") == {"zoe-brandt": 1}
    assert owned("2026-03-06T12:00:00+01:00") == {"zoe-brandt": 1, None: 2}
    assert owned("2026-03-09T12:00:00+01:00") == {"zoe-brandt": 1, None: 1, "zoe-brandt-2": 1, "ewan-price": 1}


def test_two_names_that_fold_to_one_handle_stay_two_people_and_that_is_said(desk: Callable[..., Any]) -> None:
    out = desk("import", "log", str(WORKSHOP), *FLAGS)
    assert "zoe-brandt-2" in out.stderr
    names = {row["handle"]: row["name"] for row in _told(desk, "person", "list")}
    assert (names["zoe-brandt"], names["zoe-brandt-2"], names["person-1"]) == ("Zoë Brandt", "Zoe Brandt", "李雷")


def test_trust_75_the_same_file_twice_adds_nothing_and_a_changed_case_is_named(
    imported: Callable[..., Any], tmp_path: Path
) -> None:
    again = _told(imported, "import", "log", str(WORKSHOP), *FLAGS)
    assert (again["cases"], again["present"], again["changed"]) == (0, 6, 0)
    grown = tmp_path / "workshop.csv"
    grown.write_text(
        WORKSHOP.read_text("utf-8") + "W-5,2026-03-11T10:00:00+01:00,Ewan Price,Done,Harbour Cranes,\n", "utf-8"
    )
    told = _told(imported, "import", "log", str(grown), *FLAGS)
    assert (told["cases"], told["present"], told["changed"], told["changed_cases"]) == (0, 6, 1, ["W-5"])


def test_a_compressed_log_reads_the_same(desk: Callable[..., Any], tmp_path: Path) -> None:
    packed = tmp_path / "workshop.csv.gz"
    packed.write_bytes(gzip.compress(WORKSHOP.read_bytes()))
    assert _told(desk, "import", "log", str(packed), *FLAGS)["cases"] == 6


def test_a_dry_run_writes_nothing(desk: Callable[..., Any]) -> None:
    told = _told(desk, "import", "log", str(WORKSHOP), *FLAGS, "--dry-run")
    assert (told["cases"], told["dry_run"]) == (6, True)
    assert _told(desk, "list", "--status", "all") == []


def test_rule_10_a_claimed_owner_who_acts_or_declines_ends_the_claim(imported: Callable[..., Any]) -> None:
    cases = {row["external"]: row["case"] for row in _told(imported, "list")}
    acted, declined = str(cases["W-5"]), str(cases["W-6"])
    assert imported("note", acted, "I have it", "--as", "ewan-price").exit == 0
    assert imported("decline", declined, "--reason", "wrong-topic", "--as", "ewan-price").exit == 0
    assert _told(imported, "show", acted)["claimed"] is False
    shown = _told(imported, "show", declined)
    assert (shown["claimed"], shown["owner"]) == (False, "rob")
    assert imported("store", "check").exit == 0


HEAD = "ticket,changed,agent,state,client,due\n"
GOOD = "W-1,2026-03-02T08:00:00Z,Ewan,New,Mill,\n"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"\xef\xbb\xbf" + (HEAD + GOOD).encode(), 0, id="trust_77_byte_order_mark"),
        pytest.param((HEAD + GOOD).encode("utf-16"), 65, id="trust_77_utf_16"),
        pytest.param(
            (HEAD + "W-1,2026-03-02T08:00:00Z,Zo\u00eb,New,Mill,\n").encode("latin-1"), 65, id="trust_77_latin_1"
        ),
        pytest.param((HEAD + GOOD + "W-2,2026-03-02T08:00:00Z\n").encode(), 65, id="trust_78_ragged"),
        pytest.param(("ticket,changed,agent,state,client,agent\n" + GOOD).encode(), 65, id="trust_78_header_twice"),
        pytest.param(b"ticket,changed,state,client\n", 65, id="trust_78_column_missing"),
        pytest.param((HEAD + 'W-1,2026-03-02T08:00:00Z,"Ewan,New,Mill,\n').encode(), 65, id="trust_79_open_quote"),
        pytest.param((HEAD + GOOD.replace("Ewan", "E" * 200_000)).encode(), 65, id="trust_80_endless_field"),
        pytest.param((HEAD + GOOD.replace("Ewan", "E\0wan")).encode(), 65, id="trust_14_nul"),
        pytest.param((HEAD + GOOD.replace("2026-03-02", "2026-02-30")).encode(), 65, id="trust_46_no_such_day"),
        pytest.param((HEAD + GOOD.replace("2026-03-02", "03/02/26")).encode(), 65, id="trust_47_ambiguous_date"),
        pytest.param(b"", 65, id="empty"),
        pytest.param(HEAD.encode(), 0, id="header_only"),
    ],
)
def test_a_file_is_taken_whole_or_refused_whole(
    desk: Callable[..., Any], tmp_path: Path, content: bytes, code: int
) -> None:
    file = tmp_path / "log.csv"
    file.write_bytes(content)
    out = desk("import", "log", str(file), *FLAGS)
    assert out.exit == code, out.stderr
    if code:
        assert out.stderr.count("\n") == 1
        assert _told(desk, "list", "--status", "all") == []
        assert [row["handle"] for row in _told(desk, "person", "list")] == ["rob"]


def test_refused_rows_are_named_by_line_and_may_be_taken_aside_whole(desk: Callable[..., Any], tmp_path: Path) -> None:
    file, aside = tmp_path / "log.csv", tmp_path / "refused.csv"
    file.write_text(HEAD + GOOD + "W-2,2026-03-02T08:00:00Z,Ewan,New,Mill,\nW-2,yesterday,Ewan,New,Mill,\n")
    out = desk("import", "log", str(file), *FLAGS)
    assert (out.exit, "line 4" in out.stderr) == (65, True)
    told = _told(desk, "import", "log", str(file), *FLAGS, "--skip-bad", str(aside))
    assert (told["cases"], told["refused"]) == (1, 1)
    assert aside.read_text("utf-8").count("W-2") == 2
    assert aside.stat().st_mode & 0o777 == 0o600


def test_a_case_that_never_had_an_owner_is_refused_without_a_default(desk: Callable[..., Any]) -> None:
    flags = [flag for flag in FLAGS if flag not in {"--owner-default", "rob"}]
    out = desk("import", "log", str(WORKSHOP), *flags)
    assert (out.exit, "line 11" in out.stderr, "--owner-default" in out.stderr) == (
        65,
        True,
        True,
    )


def test_a_missing_file_is_66(desk: Callable[..., Any], tmp_path: Path) -> None:
    assert desk("import", "log", str(tmp_path / "none.csv"), *FLAGS).exit == 66


def test_an_interrupted_import_is_finished_by_running_it_again(
    desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from owncase.exchange import import_log
    from owncase.store.bulk import Bulk

    monkeypatch.setattr(import_log, "BATCH", 4)
    write, batches = Bulk.write, iter(range(100))

    def stops(bulk: Bulk) -> None:
        if next(batches) == 2:
            raise KeyboardInterrupt
        write(bulk)

    monkeypatch.setattr(Bulk, "write", stops)
    assert desk("import", "log", str(WORKSHOP), *FLAGS).exit == 130
    some = len(_told(desk, "list", "--status", "all"))
    assert 0 < some < 6
    monkeypatch.setattr(Bulk, "write", write)
    told = _told(desk, "import", "log", str(WORKSHOP), *FLAGS)
    assert (told["cases"], told["present"]) == (6 - some, some)
    assert desk("store", "check").exit == 0


def test_what_came_from_a_source_can_be_listed_alone(imported: Callable[..., Any]) -> None:
    assert {row["source"] for row in _told(imported, "list", "--source", "workshop")} == {"workshop"}
    assert _told(imported, "inbox", "--import", "workshop") == []
    for command in (("list", "--source", "workshp"), ("inbox", "--import", "workshp")):
        out = imported(*command)
        assert (out.exit, out.stderr) == (
            66,
            "owncase: no case was imported from 'workshp' — one of workshop\n",
        )
