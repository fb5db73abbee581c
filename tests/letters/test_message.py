"""The headers of a letter are those that were set, whatever people typed, and its bytes are the same each time."""

from email import message_from_string, policy

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from owncase.domain import characters
from owncase.errors import BadData
from owncase.notify.message import Envelope, Mailbox, NotAsSet, Stamp, built, message_id, sender_of, thread_of
from owncase.notify.wording import Words

ROB = Mailbox("Rob Hale", "rob@hale.example")
NAMES = [
    "Content-Type",
    "Date",
    "From",
    "In-Reply-To",
    "MIME-Version",
    "Message-ID",
    "References",
    "Reply-To",
    "Subject",
]
STAMP = Stamp(message_id("store", 18, domain="hale.example"), "2026-11-24T09:00:00Z")
THREAD = thread_of("store", "case", 42)


def is_visible(words: str) -> bool:
    return bool(words.strip()) and not any(characters.is_line_break(c) or characters.is_control(c) for c in words)


visible = some.text(some.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200).filter(is_visible)


@given(visible, visible, some.text(some.characters(exclude_categories=("Cs", "Cc")), max_size=500))
@example("=?UTF-8?Q?=0A?=Bcc: eve@evil.example", "=?utf-8?b?CkJjYzogZXZl?=", "x")
@example("Drives \u2028fail".replace("\u2028", ""), '"Rob" <eve@evil.example>, "Hale\\', "\u00e9" * 2_000)
@example("x" * 500, "Zoë (Sales), Hale; <x@y.example>", "")
def test_the_headers_are_those_that_were_set(subject: str, name: str, body: str) -> None:
    words = Words(subject, body or "x", f"<p>{body}</p>")
    finished = built(words, Envelope(Mailbox(name, ROB.address), ("pat@norfolk.example",), ROB), THREAD, STAMP)
    read = message_from_string(finished, policy=policy.default)
    assert sorted(read.keys()) == sorted([*NAMES, "To"])
    assert [one.addr_spec for one in read["To"].addresses] == ["pat@norfolk.example"]
    assert [one.addr_spec for one in read["From"].addresses] == ["rob@hale.example"]
    assert str(read["Subject"]).split() == subject.replace("=?", "= ?").split()
    assert finished.isascii()
    assert max(map(len, finished.splitlines())) <= 998
    assert sender_of(finished) == "rob@hale.example"


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\u2028", "\u0085", "\x00", "\x1b"])
def test_no_line_breaks_out_of_a_header(break_: str) -> None:
    for subject, name in ((f"Hello{break_}Bcc: eve@evil.example", "Rob"), ("Hello", f"Rob{break_}Bcc: e@evil.example")):
        with pytest.raises(NotAsSet):
            built(Words(subject, "x", "x"), Envelope(Mailbox(name, ROB.address), ("p@n.example",), ROB), THREAD, STAMP)


@pytest.mark.parametrize(
    "address",
    ["a@x.example, b@y.example", "Ana <ana@x.example>", "a@x", "ä@x.example", "a@x.example\r\nBcc: b", "a b@x.y"],
)
def test_an_address_is_one_plain_address(address: str) -> None:
    with pytest.raises(BadData):
        built(Words("Hello", "x", "x"), Envelope(ROB, (address,), ROB), THREAD, STAMP)


def test_the_same_letter_is_the_same_bytes() -> None:
    words, envelope = Words("Grüße", "Zoë", "<p>Zoë</p>"), Envelope(ROB, ("pat@norfolk.example",), ROB)
    assert built(words, envelope, THREAD, STAMP) == built(words, envelope, THREAD, STAMP)


def test_letters_about_one_case_are_one_thread() -> None:
    assert thread_of("store", "case", 42) == THREAD
    others = [thread_of("store", "case", 4), thread_of("other", "case", 42), thread_of("store", "customer", 42)]
    assert len({THREAD, *others}) == 4
