"""A file of cases comes in open: the importer's, offered to whom the file names, and refused by line and column.

rob imports; dana answers for norfolk and rob for acme. The clock stands on Monday 2026-11-23.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot

Ask = Callable[..., Any]
HEAD = "id,title,customer,owner,next,due"
MAP = ("--map", "external=id")


@pytest.fixture
def bring(team: Ask, tmp_path: Path) -> Ask:
    """Import these lines below HEAD as `old.csv`: `bring("T-1,Disks,acme,dana,Call,+3d", "--yes")`."""

    def run(lines: str, *words: str, head: str = HEAD, name: str = "old.csv", **facts: Any) -> Any:
        file = tmp_path / name
        file.write_text(f"{head}\n{lines}\n", "utf-8")
        return team("import", "cases", str(file), *(MAP if "external" not in head else ()), *words, **facts)

    return run


def rows(outcome: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(outcome.stdout)
    return found


def told(team: Ask, *words: str) -> Any:
    out = team(*words, "--json")
    assert out.exit == 0, out.stderr
    return json.loads(out.stdout)


GOOD = "T-1,Disks damaged,norfolk,carol,Call Pat,2026-11-26\nT-2,Invoice,acme,,Ask finance,2026-11-27"


def test_the_default_view_writes_nothing_and_says_what_would_be(team: Ask, bring: Ask) -> None:
    out = bring(GOOD, "-f", "csv")
    assert (out.exit, out.stdout, out.stderr) == snapshot(
        (
            0,
            """\
line,external,title,customer,owner,next_action,next_due,outcome,column,reason,fix,case\r
2,T-1,Disks damaged,norfolk,carol,Call Pat,2026-11-26T16:00:00Z,new,,,,\r
3,T-2,Invoice,acme,rob,Ask finance,2026-11-27T16:00:00Z,new,,,,\r
""",
            "2 rows: 2 new; nothing was written — add --yes\n",
        )
    )
    assert told(team, "list") == []


def test_a_case_is_the_importers_until_the_named_owner_acknowledges(team: Ask, bring: Ask) -> None:
    out = bring(GOOD, "--yes", "--json")
    assert (out.exit, out.stderr) == snapshot(
        (
            0,
            """\
2 rows: 2 new; done
yours until they acknowledge: offered to carol; they see it with owncase inbox --import old
""",
        )
    )
    assert [(row["case"], row["outcome"], row["owner"]) for row in rows(out)] == [
        (1, "new", "carol"),
        (2, "new", "rob"),
    ]
    first, second = told(team, "list", "--sort", "number")
    assert (first["owner"], first["claimed"], first["pending"]["to"], first["source"], first["external"]) == (
        "rob", False, "carol", "old", "T-1",
    )  # fmt: skip
    assert (second["owner"], second["pending"], second["handoffs"]) == ("rob", None, 0)
    (offer,) = told(team, "inbox", "--import", "old", "--owner", "carol")
    assert (offer["case"], offer["answer_by"][:16]) == (1, "2026-11-23T13:00")
    assert team("ack", "1", by="carol").exit == 0
    assert told(team, "show", "1")["owner"] == "carol"
    assert team("store", "check").exit == 0


def test_the_answers_may_be_wanted_later_than_for_a_single_offer(team: Ask, bring: Ask) -> None:
    assert bring(GOOD, "--answer-by", "2026-12-04T12:00", "--yes").exit == 0
    assert [offer["answer_by"] for offer in told(team, "inbox", "--all")] == ["2026-12-04T11:00:00Z"]
    assert bring(GOOD, "--answer-by", "2026-11-01").exit == 3


def test_nothing_in_a_file_sets_what_only_an_acknowledgement_does(team: Ask, bring: Ask) -> None:
    """TRUST 82, rule 10: neither owner nor status nor claim."""
    head = f"{HEAD},status,claimed,acknowledged,handoffs,archived"
    bring("T-1,Disks,norfolk,dana,Call,2026-11-26,closed,1,yes,7,yes", "--yes", head=head)
    case = told(team, "show", "1")
    assert (case["owner"], case["status"], case["handoffs"], case["claimed"]) == ("rob", "open", 0, False)
    refused = bring("T-2,Disks,norfolk,dana,Call,2026-11-26", "--map", "acknowledged=owner")
    assert (refused.exit, "no field acknowledged" in refused.stderr) == (2, True)


def test_what_ended_elsewhere_is_left_out_and_counted(team: Ask, bring: Ask) -> None:
    lines = "T-1,Disks,acme,dana,Call,2026-11-26,open\nT-2,Old,acme,nobody,,,done/fixed\nT-3,Older,acme,,,,done"
    out = bring(lines, "--closed", "done", "--closed", "done/*", "--yes", "--json", head=f"{HEAD},status")
    assert [row["outcome"] for row in rows(out)] == ["new", "ended", "ended"]
    assert "3 rows: 1 new, 2 ended and left out; done" in out.stderr
    assert len(told(team, "list", "--status", "all")) == 1


def test_trust_75_the_same_file_twice_adds_nothing_and_a_changed_row_is_listed(team: Ask, bring: Ask) -> None:
    bring(GOOD, "--yes")
    out = bring(GOOD, "--yes", "--json")
    assert (out.exit, out.stderr) == snapshot((0, "2 rows: 0 new, 2 already present; nothing was written\n"))
    assert [row["case"] for row in rows(out)] == [1, 2]
    changed = bring(GOOD.replace("Disks damaged", "Disks gone"), "--yes", "--json")
    assert [row["outcome"] for row in rows(changed)] == ["changed", "present"]
    assert told(team, "show", "1")["title"] == "Disks damaged"


def test_trust_76_an_id_that_stands_twice_refuses_both_lines(team: Ask, bring: Ask) -> None:
    out = bring(f"{GOOD}\nT-1,Again,acme,,Call,2026-11-26", "--yes", "--json")
    assert out.exit == 65
    assert [(row["line"], row["reason"]) for row in rows(out) if row["outcome"] == "refused"] == [
        (2, "T-1 stands in line 4 too"),
        (4, "T-1 stands in line 2 too"),
    ]
    assert told(team, "list") == []


def test_without_an_id_a_row_is_known_by_all_that_it_says(team: Ask, bring: Ask) -> None:
    head, lines = (
        "title,customer,owner,next,due,external",
        "Disks,acme,dana,Call,2026-11-26,\nInvoice,acme,,Ask,2026-11-27,",
    )
    assert [row["external"] for row in rows(bring(lines, "--yes", "--json", head=head))] == [None, None]
    again = bring(lines, "--yes", head=head)
    assert "2 rows: 0 new, 2 already present; nothing was written" in again.stderr
    twice = bring("A,acme,,Go,2026-11-27,\nA,acme,,Go,2026-11-27,", head=head)
    assert (twice.exit, "leave out line 2 or line 3" in twice.stderr) == (65, True)


def test_one_bad_row_refuses_the_file_unless_it_is_skipped(team: Ask, bring: Ask) -> None:
    lines = f"{GOOD}\nT-3,Ragged,acme\nT-4,,acme,,Go,2026-11-27"
    out = bring(lines, "--yes")
    assert (out.exit, told(team, "list")) == (65, [])
    assert out.stderr == snapshot("""\
line 4: has 3 cells, the header 6 — does a cell hold a comma? quote it
line 5, title: the row has no title — fill it in, or say --map title=COLUMN
4 rows: 2 new, 2 refused; nothing was written
owncase: refused rows keep the whole file out — mend them, or leave them out with --skip-bad
""")
    skipped = bring(lines, "--yes", "--skip-bad")
    assert (skipped.exit, len(told(team, "list"))) == (0, 2)


def test_each_owner_who_is_unclear_is_told_with_the_words_that_make_it_clear(team: Ask, bring: Ask) -> None:
    team("person", "add", "dana-2", "--name", "Dana Ortiz")
    team("person", "add", "left", "--name", "Lea Brandt")
    team("person", "retire", "left")
    lines = [
        "T-1,One,acme,Dana Ortiz,Go,2026-11-27", "T-2,Two,acme,Lea Brandt,Go,2026-11-27",
        "T-3,Three,acme,Carol Aims,Go,2026-11-27", "T-4,Four,acme,Zoë Ito,Go,2026-11-27",
        "T-5,Five,acme,zed@example.com,Go,2026-11-27", "T-6,Six,acme,CAROL AMES,Go,2026-11-27",
    ]  # fmt: skip
    out = bring("\n".join(lines), "--json")
    assert [(row["reason"], row["fix"]) for row in rows(out)] == snapshot(
        [
            (
                "2 people are called Dana Ortiz: dana, dana-2",
                "say which: --owner-is 'Dana Ortiz=dana', or --owner-is 'Dana Ortiz=dana-2'",
            ),
            ("Lea Brandt (left) has left and owns nothing any more", "--owner-is 'Lea Brandt=HANDLE'"),
            (
                "nobody here is called Carol Aims",
                "--owner-is 'Carol Aims=carol', or owncase person add carol-aims --name 'Carol Aims'",
            ),
            (
                "nobody here is called Zoë Ito",
                "owncase person add zoe-ito --name 'Zoë Ito', or --owner-is 'Zoë Ito=HANDLE'",
            ),
            (
                "nobody here is called zed@example.com",
                "owncase person add zed --name zed --email zed@example.com, or --owner-is zed@example.com=HANDLE",
            ),
            (None, None),
        ]
    )
    team("person", "add", "zoe-ito", "--name", "Zoë Ito")
    team("person", "add", "zed", "--name", "zed", "--email", "zed@example.com")
    means = ["Dana Ortiz=dana", "Lea Brandt=carol", "Carol Aims=carol"]
    clear = bring("\n".join(lines), "--json", *(word for mean in means for word in ("--owner-is", mean)))
    assert [row["owner"] for row in rows(clear)] == ["dana", "carol", "carol", "zoe-ito", "zed", "carol"]


def test_a_customer_who_is_unclear_is_told_with_the_words_that_make_it_clear(team: Ask, bring: Ask) -> None:
    lines = "T-1,One,Norfolk Shiping,,Go,2026-11-27\nT-2,Two,,,Go,2026-11-27\nT-3,Three,ACME TOOLS,,Go,2026-11-27"
    out = bring(lines, "--json")
    assert [(row["reason"], row["fix"]) for row in rows(out)] == snapshot(
        [
            (
                "there is no customer Norfolk Shiping",
                "is it norfolk? else --new-customers, owncase import customers, or owncase customer add norfolk-shiping --name 'Norfolk Shiping'",  # noqa: E501 - one line of output
            ),
            ("the row names no customer", "fill it in, or say --customer-default KEY"),
            (None, None),
        ]
    )
    added = bring(lines, "--new-customers", "--customer-default", "acme", "--yes", "--json")
    assert [row["customer"] for row in rows(added)] == ["norfolk-shiping", "acme", "acme"]
    keys = {row["key"]: row["account_owner"] for row in told(team, "customer", "list")}
    assert keys["norfolk-shiping"] == "rob"


def test_a_customer_of_a_refused_row_is_not_added(team: Ask, bring: Ask) -> None:
    bring("T-1,One,Mill,,Go,2026-11-27\nT-2,Two,Harbour,nobody,Go,2026-11-27", "--new-customers", "--skip-bad", "--yes")
    assert {row["key"] for row in told(team, "customer", "list")} == {"acme", "norfolk", "mill"}


def test_rule_6_without_an_owner_a_case_is_offered_to_the_account_owner_or_the_default(team: Ask, bring: Ask) -> None:
    line = "T-{},Disks,norfolk,,Go,2026-11-27"
    assert rows(bring(line.format(1), "--json", "--yes"))[0]["owner"] == "dana"
    assert rows(bring(line.format(2), "--json", "--owner-default", "carol"))[0]["owner"] == "carol"
    bring("T-3,Disks,norfolk,rob,Go,2026-11-27", "--yes")
    kept = told(team, "history", "2")[-1]
    assert (kept["kind"], kept["text"]) == (
        "case.noted", "Kept by its opener, and not offered to the account owner dana.",
    )  # fmt: skip


def test_a_due_that_has_passed_is_refused_kept_or_given_the_default(team: Ask, bring: Ask) -> None:
    line = "T-1,Disks,acme,,Go,2026-11-20"
    out = bring(line)
    assert (out.exit, out.stderr) == snapshot(
        (
            65,
            """\
line 2, due: due 2026-11-20 has passed — give a later one; --allow-past keeps it (overdue at once); --past-due default --due-default WHEN gives it another
1 row: 0 new, 1 refused; nothing was written
owncase: refused rows keep the whole file out — mend them, or leave them out with --skip-bad
""",  # noqa: E501 - one line of output
        )
    )
    assert rows(bring(line, "--allow-past", "--json"))[0]["next_due"] == "2026-11-20T22:59:00Z"
    given = bring(line, "--past-due", "default", "--due-default", "2026-11-30", "--json")
    assert rows(given)[0]["next_due"] == "2026-11-30T16:00:00Z"
    assert bring(line, "--past-due", "default").exit == 2


def test_default_dues_are_spread_over_the_working_days_of_each_owner(team: Ask, bring: Ask) -> None:
    """Two a day for each: dana works in New York, rob in Berlin; 26 November is a Thursday."""
    lines = [f"T-{number},Case,acme,{'dana' if number % 2 else 'rob'},Go," for number in range(1, 11)]
    out = bring("\n".join(lines), "--due-default", "2026-11-26", "--spread", "2/day", "--json")
    dues = {who: [row["next_due"] for row in rows(out) if row["owner"] == who] for who in ("dana", "rob")}
    assert dues == snapshot(
        {
            "dana": [
                "2026-11-26T22:00:00Z",
                "2026-11-26T22:00:00Z",
                "2026-11-27T22:00:00Z",
                "2026-11-27T22:00:00Z",
                "2026-11-30T22:00:00Z",
            ],
            "rob": [
                "2026-11-26T16:00:00Z",
                "2026-11-26T16:00:00Z",
                "2026-11-27T16:00:00Z",
                "2026-11-27T16:00:00Z",
                "2026-11-30T16:00:00Z",
            ],
        }
    )


def test_what_the_file_does_not_say_is_said_by_the_defaults(team: Ask, bring: Ask) -> None:
    line = "T-1,Disks,acme,,,"
    assert bring(line).exit == 65
    out = bring(line, "--next-default", "Ask how it stands", "--due-default", "+3bd", "--yes", "--json")
    assert (rows(out)[0]["next_action"], rows(out)[0]["next_due"]) == ("Ask how it stands", "2026-11-26T16:00:00Z")


def test_notes_promises_and_the_rest_come_with_the_case(team: Ask, bring: Ask) -> None:
    head = f"{HEAD},urgency,cause,contact,channel,waiting_for,note,promise,promise_by"
    line = 'T-1,Disks,norfolk,dana,Go,2026-11-27,High,Wet boxes,Pat,EMAIL,Pat: photos,"Two\nlines",New disks,2026-11-30'
    assert bring(line, "--yes", head=head).exit == 0
    case = told(team, "show", "1")
    assert (case["urgency"], case["cause"], case["contact"], case["channel"], case["waiting_for"]) == (
        "high", "Wet boxes", "Pat", "email", "Pat: photos",
    )  # fmt: skip
    assert (case["promises_open"], case["pending"]["to"], case["version"]) == (1, "dana", 4)
    assert [event["kind"] for event in told(team, "history", "1")] == snapshot(
        ["case.opened", "case.noted", "promise.made", "handoff.offered"]
    )
    assert team("ack", "1", by="dana").exit == 3
    assert team("ack", "1", "--take", "1", by="dana").exit == 0
    assert team("store", "check").exit == 0


@pytest.mark.parametrize(
    ("cell", "column", "reason"),
    [
        ("T-1,\x1b[31mRed,acme,,Go,2026-11-27", "title", "U+001B"),
        ("T-1,\u202eevil,acme,,Go,2026-11-27", "title", "U+202E"),
        ("T-1,Disks,acme,,...,2026-11-27", "next", "says nothing"),
        ("T-1,Disks,acme,,Go,2026-02-30", "due", "no such day"),
        ("T-1,Disks,acme,\u200bdana,Go,2026-11-27", "owner", "U+200B"),
        ("T-\x071,Disks,acme,,Go,2026-11-27", "id", "U+0007"),
    ],
)  # fmt: skip
def test_a_cell_that_is_no_good_is_named_by_line_and_column(bring: Ask, cell: str, column: str, reason: str) -> None:
    out = bring(cell, "--yes", "--json")
    assert (out.exit, "\x1b" in out.stdout + out.stderr) == (65, False)
    (row,) = rows(out)
    assert (row["line"], row["column"], reason in row["reason"]) == (2, column, True), row


def test_a_formula_is_text_and_a_spreadsheet_cannot_run_it(team: Ask, bring: Ask) -> None:
    bring("T-1,=HYPERLINK(1),acme,,Go,2026-11-27", "--yes")
    assert told(team, "show", "1")["title"] == "=HYPERLINK(1)"
    assert "'=HYPERLINK(1)" in team("list", "-f", "csv").stdout


def test_a_title_of_ten_megabytes_is_one_clear_line(team: Ask, tmp_path: Path) -> None:
    file = tmp_path / "big.json"
    file.write_text(json.dumps([{"title": "x" * 10_000_000, "customer": "acme", "next": "Go", "due": "2026-11-27"}]))
    out = team("import", "cases", str(file), "--yes")
    assert (out.exit, len(out.stderr) < 1000) == (65, True), out.stderr[:300]
    assert len(out.stdout) < 1000


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--yes", "--dry-run"), 2), (("--spread", "0/day", "--due-default", "+3d"), 2), (("--spread", "5/day"), 2),
        (("--owner-is", "dana"), 2), (("--owner-is", "X=nobody"), 66), (("--owner-default", "nobody"), 66),
        (("--customer-default", "nobody"), 66), (("--due-default", "2026-11-01"), 3), (("--past-due", "x"), 2),
        (("--mapping", "nobody"), 66), (("--from", "xml"), 2), (("--map", "owner=Nobody"), 65),
    ],
)  # fmt: skip
def test_an_option_that_cannot_be_meant_is_refused_by_name(bring: Ask, words: tuple[str, ...], code: int) -> None:
    out = bring(GOOD, *words)
    assert (out.exit, out.stderr.count("\n")) == (code, 1), out.stderr


def test_stdin_needs_a_name_for_its_source(team: Ask) -> None:
    file = f"{HEAD}\n{GOOD}\n"
    assert team("import", "cases", "-", *MAP, stdin=file).exit == 2
    assert team("import", "cases", "-", *MAP, "--source", "old", "--yes", stdin=file).exit == 0
    assert {case["source"] for case in told(team, "list", "--source", "old")} == {"old"}


def test_an_interrupted_import_is_finished_by_running_it_again(
    team: Ask, bring: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from owncase.exchange import import_cases
    from owncase.store.bulk import Bulk

    monkeypatch.setattr(import_cases, "BATCH", 2)
    write, batches = Bulk.write, iter(range(100))

    def stops(bulk: Bulk) -> None:
        if next(batches) == 2:
            raise KeyboardInterrupt
        write(bulk)

    monkeypatch.setattr(Bulk, "write", stops)
    lines = "\n".join(f"T-{number},Case,Mill,dana,Go,2026-11-27" for number in range(7))
    out = bring(lines, "--new-customers", "--yes")
    assert (out.exit, "4 of 7 cases are in" in out.stderr) == (130, True), out.stderr
    monkeypatch.setattr(Bulk, "write", write)
    again = bring(lines, "--new-customers", "--yes")
    assert "7 rows: 3 new, 4 already present; done" in again.stderr
    assert len(told(team, "list")) == 7
    assert team("store", "check").exit == 0


def test_a_remembered_mapping_knows_cases_again_in_a_file_of_another_name(team: Ask, bring: Ask) -> None:
    assert bring(GOOD, "--save-mapping", "desk", "--yes").exit == 0
    again = bring(f"{GOOD}\nT-3,Belt,acme,,Go,2026-11-27", "--mapping", "desk", name="december.csv")
    assert "3 rows: 1 new, 2 already present" in again.stderr
    assert {case["source"] for case in told(team, "list")} == {"old"}
