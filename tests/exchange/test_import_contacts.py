"""Contacts come in from address books and tables, each once, at the customer that is meant, or are refused by line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Team = Callable[..., Any]

PAT = """BEGIN:VCARD
VERSION:4.0
FN:Pat Doyle\\, Jr
N:Doyle;Pat;;;
ORG:Acme Tools;Sales
TITLE:Buyer
EMAIL;TYPE="work,home":pat@home.example
EMAIL;PREF=1:pat@acme.example
item1.TEL;VALUE=uri;TYPE="voice,work":tel:+1-757-555-0100;ext=12
PHOTO;ENCODING=b:AAAA
 BBBB
END:VCARD
"""
LEE = """begin:vcard
VERSION:3.0
N:Wu;Lee;;;
ORG:acme
ROLE:Head of
  nights
TEL;TYPE=FAX:+44 20 7946 0019
TEL;TYPE=CELL,VOICE:+44 20 7946 0018
NOTE:anything
end:vcard
"""


@pytest.fixture
def bring(team: Team, tmp_path: Path) -> Callable[..., Any]:
    """Import a file of this text: the rows, the exit code and what was told beside them."""

    def run(text: str | bytes, *words: str, name: str = "book.vcf") -> Any:
        file = tmp_path / name
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        done = team("import", "contacts", str(file), "--json", *words)
        return json.loads(done.stdout or "[]"), done.exit, done.stderr

    return run


def listed(team: Team) -> list[tuple[str, ...]]:
    rows = json.loads(team("contact", "list", "--json").stdout)
    return [tuple(row[name] for name in ("contact", "name", "role", "email", "phone")) for row in rows]


def test_cards_of_both_versions_come_in_once(team: Team, bring: Callable[..., Any]) -> None:
    rows, code, _ = bring(PAT + LEE)
    assert ([row["outcome"] for row in rows], code, listed(team)) == (["new", "new"], 0, [])
    for outcome in ("new", "present"):
        rows, code, told = bring(PAT + "\r\n\r\n" + LEE.replace("\n", "\r\n"), "--yes")
        assert [(row["outcome"], row["contact"]) for row in rows] == [(outcome, "acme.1"), (outcome, "acme.2")]
        assert code == 0
    assert listed(team) == [
        ("acme.1", "Pat Doyle, Jr", "Buyer", "pat@acme.example", "+1-757-555-0100 x 12"),
        ("acme.2", "Lee Wu", "Head of nights", None, "+44 20 7946 0018"),
    ]
    assert ([row["left"] for row in rows], "2 cards" in told) == (["pat@home.example", "+44 20 7946 0019"], True)
    assert team("store", "check").exit == 0


def test_a_table_says_it_as_well_and_several_rows_of_a_customer_are_several_contacts(
    team: Team, bring: Callable[..., Any]
) -> None:
    text = "company,name,title,e-mail,mobile\nAcme Tools,Pat,Buyer,,757 555 0100\nacme,Lee,,lee@acme.example,\n"
    text += "acme,pat,,,\n"
    _, code, told = bring(text, "--yes", name="book.csv")
    assert (code, "said by another row already" in told) == (0, True)
    assert [row[:3] for row in listed(team)] == [("acme.1", "Pat", "Buyer"), ("acme.2", "Lee", None)]


def test_an_unknown_organisation_is_refused_with_the_command_or_added_by_wish(
    team: Team, bring: Callable[..., Any]
) -> None:
    card = PAT.replace("ORG:Acme Tools", "ORG:Globex\\, Inc")
    rows, code, told = bring(card, "--yes")
    assert (rows[0]["outcome"], rows[0]["line"], code) == ("refused", 1, 65)
    assert "owncase customer add globex-inc --name 'Globex, Inc'" in told
    assert bring(card, "--yes", "--new-customers")[1] == 0
    added = json.loads(team("customer", "show", "globex-inc", "--json").stdout)
    assert (added["name"], added["account_owner"], added["contacts"][0]["n"]) == ("Globex, Inc", "rob", 1)


def test_one_customer_may_be_said_for_all(team: Team, bring: Callable[..., Any]) -> None:
    bare = "".join(line for line in PAT.splitlines(keepends=True) if not line.startswith("ORG"))
    assert "--customer KEY" in bring(bare)[2]
    assert bring(bare + LEE, "--customer", "norfolk shipping", "--yes")[1] == 0
    assert [row[0] for row in listed(team)] == ["norfolk.1", "norfolk.2"]


def test_who_is_here_otherwise_or_was_removed_is_told_and_not_touched(team: Team, bring: Callable[..., Any]) -> None:
    team("contact", "add", "acme", "Pat Doyle", "--email", "PAT@acme.example")
    team("contact", "add", "acme", "Lee Wu")
    team("contact", "remove", "acme.2")
    before = listed(team)
    rows, code, told = bring(PAT + LEE, "--yes")
    assert ([row["outcome"] for row in rows], code, listed(team)) == (["changed", "changed"], 0, before)
    assert "owncase contact edit acme.1 --role Buyer" in told
    assert "acme.2 was removed here" in told


def test_two_of_one_name_with_two_addresses_are_two(team: Team, bring: Callable[..., Any]) -> None:
    other = PAT.replace("pat@", "doyle@").replace("EMAIL;TYPE", "X-EMAIL;TYPE")
    assert bring(PAT + other, "--yes")[1] == 0
    assert len(listed(team)) == 2


def card(*lines: str) -> str:
    return "\n".join(("BEGIN:VCARD", "VERSION:3.0", "ORG:acme", *lines, "END:VCARD", ""))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PAT.replace("4.0", "2.1"), "is vCard 2.1"),
        (PAT.replace("VERSION:4.0\n", ""), "says no VERSION"),
        (card("FN;ENCODING=QUOTED-PRINTABLE:=C3=A9=", "=20foo"), "quoted-printable"),
        (card("FN;QUOTED-PRINTABLE:x"), "quoted-printable"),
        (card("FN:Pat", "BEGIN:VCARD"), "begins another card inside"),
        (card("FN:Pat").replace("END:VCARD\n", ""), "never ends"),
        (card("FN;a=b,c,,;a=b,c,,;a=b,c,,;a=b,c,,;a=b,c,,;a=b,c,,;a=b,c,,;a=b,c,,;a=b,c,,"), "none of a card"),
        (card('FN;TYPE="' + "a" * 5000), "none of a card"),
        (card("FN;ENCODING=b:!!!x"), "cannot be read"),
        (card("FN;ENCODING=b:SsO2cmc="), "base64"),
        (card("N:"), "has no name"),
        (card("FN:" + "x" * 70_000), "more than 64 KiB"),
        (card("FN:Pat\\nDoyle"), "line break"),
        (card("FN:Pat\u202e"), "U+202E"),
        (card("FN:Pat", "EMAIL:not an address"), "e-mail"),
        (card("FN:Pat", "TEL:call me"), "dialled"),
        (card("FN:Pat").encode() + b"", ""),
        (card("FN:P\u00e9").encode("latin-1"), "is not UTF-8 on line 14"),
    ],
)  # fmt: skip
def test_a_bad_card_is_refused_by_its_line_and_the_others_come_in_if_wished(
    team: Team, bring: Callable[..., Any], text: str | bytes, said: str
) -> None:
    whole = LEE.encode() + (text.encode() if isinstance(text, str) else text)
    rows, code, told = bring(whole, "--yes")
    if said:
        assert (code, rows[1]["line"], listed(team)) == (65, 11, [])
        assert said in told
        assert "Traceback" not in told
    assert bring(whole, "--yes", "--skip-bad")[1] == 0
    assert listed(team)[0][0] == "acme.1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"\xff\xfeB\0E\0", "UTF-16"),
        (b"name;phone\n", "line 1 of book.vcf belongs to no card"),
        (b"BEGIN:VCARD\nPHOTO:" + b"A" * (5 << 20), "longer than 4 MiB"),
    ],
)
def test_what_is_no_address_book_is_refused_whole(bring: Callable[..., Any], text: bytes, said: str) -> None:
    rows, code, told = bring(text)
    assert (rows, code, said in told) == ([], 65, True)


def test_nesting_without_end_and_much_that_is_not_wanted_are_no_trouble(bring: Callable[..., Any]) -> None:
    inside = card("FN:Pat", *["BEGIN:X"] * 20_000)
    assert "more than 64 KiB" in bring(inside)[2]
    photo = card("FN:Pat", "PHOTO;ENCODING=b:" + "A" * 1_000_000, *[" " + "B" * 70] * 10_000)
    assert bring("\ufeff" + photo)[1] == 0
    assert "more than 64 KiB" in bring(card("FN:Pat", *[" x"] * 500_000))[2]


def test_cards_come_from_stdin_by_their_first_line(team: Team) -> None:
    done = team("import", "contacts", "-", "--yes", stdin=PAT)
    assert (done.exit, [row[0] for row in listed(team)]) == (0, ["acme.1"])


def test_a_firm_and_a_group_are_no_contacts(team: Team, bring: Callable[..., Any]) -> None:
    firm = "BEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:Acme Tools\nEND:VCARD\n"
    rows, code, told = bring(firm + firm.replace("org", "group"))
    assert (rows, code, "2 rows left aside" in told) == ([], 0, True)


def test_several_rows_of_a_customer_add_contacts_and_the_same_file_nothing(team: Team, tmp_path: Path) -> None:
    file = tmp_path / "clients.csv"
    file.write_text(
        "key,name,contact,role,email,phone,owner\n"
        "hull,Hull Docks,Pat Moore,Buyer,pat@hull.example,,dana\n"
        "hull,Hull Docks,Lee Wu,,lee@hull.example,+44 20 7946 0018,\n"
        "acme,Acme Tools,Sam Hill,Driver,,,\n"
        "goole,Goole Ferry,Kim Reed,,,,\n"
    )
    for outcomes in (["new"] * 3 + ["changed", "new", "new"], ["present"] * 3 + ["changed", "present", "present"]):
        done = team("import", "customers", str(file), "--yes", "--json")
        assert (done.exit, [row["outcome"] for row in json.loads(done.stdout)]) == (0, outcomes)
        assert [row[:4] for row in listed(team)] == [
            ("acme.1", "Sam Hill", "Driver", None),
            ("hull.1", "Pat Moore", "Buyer", "pat@hull.example"),
            ("hull.2", "Lee Wu", None, "lee@hull.example"),
        ]
    hull = json.loads(team("customer", "show", "hull", "--json").stdout)
    assert (hull["contact"], hull["email"], hull["pending"]["to"]) == ("Pat Moore", "pat@hull.example", "dana")
    assert team("store", "check").exit == 0
