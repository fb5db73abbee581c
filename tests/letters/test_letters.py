"""A letter is printed before anything is sent, states what is so, and names only who has said yes."""

import json
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot

Team = Callable[..., Any]


def test_a_letter_is_printed_and_nothing_is_recorded(promised: Team) -> None:
    before = promised("store", "head").stdout
    done = promised("letter", "1", "--kind", "eta", "--note", "The carrier has it.")
    assert done.stdout == snapshot(
        """\
From: Rob Hale <rob@hale.example>
To: pat@norfolk.example
Reply-To: Rob Hale <rob@hale.example>
Subject: Drives fail [1]

Hello,

Rob Hale looks after "Drives fail" for you.

The carrier has it.

What we promised you, and by when:
- A loan unit: Fri 27 Nov 2026 17:00 CET (Europe/Berlin)

If a time changes, you will hear it from us before you have to ask.

Whom to write to:
Rob Hale
rob@hale.example
+49 30 1234567
"""
    )
    assert done.stderr == "not sent; --send sends it\n"
    assert promised("store", "head").stdout == before


def test_a_letter_becomes_a_file_that_a_mail_program_opens(promised: Team, tmp_path: Path) -> None:
    file = tmp_path / "eta.eml"
    assert promised("letter", "1", "--kind", "eta", "-o", str(file)).exit == 0
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (message["Subject"], message["Message-ID"]) == ("Drives fail [1]", None)
    again = promised("letter", "1", "--kind", "eta", "-o", str(file))
    assert (again.exit, "exists already" in again.stderr) == (73, True)
    assert promised("letter", "1", "--kind", "eta", "-o", str(file), "--force").exit == 0
    assert promised("letter", "1", "--kind", "eta", "-o", "-").stdout.encode() == file.read_bytes()
    (tmp_path / "link.eml").symlink_to(tmp_path / "elsewhere")
    assert promised("letter", "1", "--kind", "eta", "-o", str(tmp_path / "link.eml"), "--force").exit == 73
    assert promised("letter", "1", "--kind", "eta", "-o", "x", "--send").exit == 2


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (
            ["1", "--kind", "eta-moved"],
            3,
            "knows every ETA of case 1 — owncase letter 1 --kind eta --send",
        ),
        (["1", "--kind", "new-owner"], 3, "case 1 has not changed hands"),
        (["1", "--kind", "resolved"], 3, "case 1 is not closed — owncase close 1 --outcome TEXT"),
        (["norfolk", "--account", "--kind", "eta"], 3, "a letter eta is about one case"),
        (["acme", "--account", "--kind", "welcome"], 2, "say it with --to ADDRESS"),
        (["1", "--kind", "hello"], 2, "--kind takes no 'hello'"),
        (["1"], 2, "say it with --kind KIND"),
        (["1", "--kind", "eta", "--to", "a@x.example, b@y.example"], 65, "--to is not one plain address"),
        (["1", "--kind", "eta", "--send"], 78, "no mail server is set — owncase config set smtp-host HOST"),
    ],
)
def test_a_letter_that_would_not_be_true_is_refused(promised: Team, words: list[str], code: int, says: str) -> None:
    done = promised("letter", *words)
    assert done.exit == code, done
    assert says in done.stderr


def test_only_the_owner_and_their_manager_write(promised: Team) -> None:
    promised("person", "edit", "carol", "--email", "carol@hale.example")
    refused = promised("letter", "1", "--kind", "eta", by="carol")
    assert refused.exit == 3
    assert refused.stderr == (
        "owncase: case 1 is rob's: only rob or their manager writes to the customer about it — ask rob to run: owncase"
        " letter 1 --kind eta --send\n"
    )
    promised("person", "edit", "dana", "--email", "dana@hale.example", by="dana")
    by_manager = promised("letter", "1", "--kind", "eta", by="dana").stdout
    assert "From: Dana Ortiz <dana@hale.example>\n" in by_manager
    assert "Reply-To: Rob Hale <rob@hale.example>\n" in by_manager
    assert "Rob Hale looks after" in by_manager


def test_a_new_owner_is_named_after_they_said_yes_and_never_before(promised: Team) -> None:
    promised("person", "edit", "dana", "--email", "dana@hale.example", by="dana")
    promised("handoff", "1", "--to", "dana")
    before = promised("letter", "1", "--kind", "new-owner")
    assert (before.exit, before.stderr) == (
        3,
        "owncase: case 1 is offered to dana, who has not said yes — ask dana to run: owncase ack 1\n",
    )
    promised("ack", "1", "--take", "1", by="dana")
    after = promised("letter", "1", "--kind", "new-owner", by="dana").stdout
    assert 'Dana Ortiz has taken over "Drives fail" from Rob Hale' in after


def test_a_closed_case_is_resolved_says_who_answers_for_it(promised: Team) -> None:
    promised("person", "edit", "dana", "--email", "dana@hale.example", by="dana")
    promised("promise", "keep", "1.1")
    promised("close", "1", "--outcome", "Replaced", "--unconfirmed", "Nobody there", "--to", "dana")
    promised("ack", "1", by="dana")
    found = promised("letter", "1", "--kind", "resolved", by="dana").stdout
    assert '"Drives fail" is done: Replaced.' in found
    assert "say so: Dana Ortiz answers for it" in found


def test_a_letter_goes_to_the_contact_of_the_case(promised: Team) -> None:
    added = promised("contact", "add", "norfolk", "Pat Lee", "--email", "lee@norfolk.example")
    assert added.exit == 0, added
    found = promised("letter", "1", "--kind", "eta").stdout
    assert "To: lee@norfolk.example\n" in found
    assert "Hello Pat Lee,\n" in found


def test_words_are_the_users_own(promised: Team, tmp_path: Path) -> None:
    folder = tmp_path / "home" / ".config" / "owncase" / "letters"
    folder.mkdir(parents=True)
    (folder / "eta.txt").write_text("Subject: Termin\n\nGuten Tag {{ customer.name }},\n\n<b>{{ case.title }}</b>\n")
    found = json.loads(promised("letter", "1", "--kind", "eta", "--json").stdout)
    assert found["subject"] == "Termin [1]"
    assert "<p>&lt;b&gt;Drives fail&lt;/b&gt;</p>" in found["html"]


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("Subject: x\n\n{{ ownr.name }}", "the template eta.txt is broken in line 3: 'ownr' is undefined"),
        ("Subject: x\n\n{% if %}", "the template eta.txt is broken in line 3: "),
        ("Subject: x\n\n{% include 'no.txt' %}", "there is no template no.txt"),
        ("Subject: x\n\n{{ 1 // 0 }}", "broken in line 3: integer division"),
        ("Subject: x\n\n{{ ''.__class__.__mro__ }}", "is unsafe"),
        ("Subject: x\n\n{% for i in range(10 ** 9) %}x{% endfor %}", "broken in line 3: "),
        ("Hello", "does not begin with a line 'Subject: …'"),
        ("Subject: x\n", "says nothing"),
        ("Subject: {{ '\\x07' }}x\n\nx", "subject has"),
    ],
)
def test_a_broken_template_is_one_line(promised: Team, tmp_path: Path, template: str, says: str) -> None:
    folder = tmp_path / "home" / ".config" / "owncase" / "letters"
    folder.mkdir(parents=True)
    (folder / "eta.txt").write_text(template)
    done = promised("letter", "1", "--kind", "eta")
    assert done.exit in (65, 78), done
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_who_has_no_address_writes_from_that_of_the_house(promised: Team, settings: Any) -> None:
    promised("person", "edit", "rob", "--email", "")
    assert promised("letter", "1", "--kind", "eta").exit == 78
    settings(mail_from="service@hale.example")
    assert "From: Rob Hale <service@hale.example>\n" in promised("letter", "1", "--kind", "eta").stdout


def test_a_zone_is_not_said_twice(promised: Team) -> None:
    promised("person", "edit", "rob", "--zone", "Etc/UTC")
    assert "- A loan unit: Fri 27 Nov 2026 16:00 UTC\n" in promised("letter", "1", "--kind", "eta").stdout
