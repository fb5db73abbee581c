"""A letter as it goes over the wire: plain text and HTML in UTF-8, seven bits to a byte, threaded by its case.

Python folds and decodes headers in ways that turn some texts into further headers (CVE-2024-6923 and its kin) and spoil
some names. So the fields are written here, what is not plain ASCII as base64 words; then the finished bytes are read
again, and names, number and values of the headers have to be those that were set.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import format_datetime
from hashlib import sha256
from typing import NamedTuple

from owncase.domain import characters, text
from owncase.errors import BadData
from owncase.notify.wording import Words

WIRE = policy.SMTP.clone(cte_type="7bit")
FOLD = "\r\n "
LONGEST_NAME = 100
SHORT = 60
"""Characters of plain ASCII that stand on a line with the name of their field."""
WORD_BYTES = 45
"""Bytes of UTF-8 in one encoded word, which has at most 75 characters."""
MIME = ["Content-Type", "MIME-Version"]
_PHRASE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 '-]*")


class NotAsSet(BadData):
    """A text cannot stand in the header of a letter as it is."""


class Mailbox(NamedTuple):
    """A name and one plain ASCII address."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.address.rpartition("@")[2]

    def __str__(self) -> str:
        """For people: `Rob Hale <rob@hale.example>`."""
        return f"{self.name} <{self.address}>"


class Envelope(NamedTuple):
    """Whom a letter is from and to, and where answers go."""

    sender: Mailbox
    recipients: tuple[str, ...]
    reply_to: Mailbox


class Stamp(NamedTuple):
    """What a letter gets when it is sent: its id, and the moment (RFC 3339, UTC)."""

    message_id: str
    at: str


def built(words: Words, envelope: Envelope, thread: str, stamp: Stamp | None = None) -> str:
    """The whole message, in ASCII with CRLF ends. All letters about one thing name its `thread` as what they answer.

    Raises `NotAsSet`, and what `text.email` raises for an address.
    """
    sender, reply_to = (_known(mailbox) for mailbox in (envelope.sender, envelope.reply_to))
    to = [text.email(address) for address in envelope.recipients]
    subject = plain(words.subject)
    fields = {
        "From": _written(sender),
        "To": f",{FOLD}".join(to),
        "Reply-To": _written(reply_to),
        "Subject": _encoded(subject),
        **({"Date": _date(stamp.at), "Message-ID": stamp.message_id} if stamp else {}),
        "In-Reply-To": thread,
        "References": thread,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    finished = head.encode("ascii") + _body(words, thread)
    meant: dict[str, str | list[Mailbox]] = {
        **fields, "From": [sender], "To": [Mailbox("", one) for one in to], "Reply-To": [reply_to], "Subject": subject,
    }  # fmt: skip
    _is_as_set(finished, meant)
    return finished.decode("ascii")


def plain(words: str) -> str:
    """One line of a header in which nothing looks encoded already. Raises `NotAsSet` for a line break or control."""
    bad = next((one for one in words if characters.is_line_break(one) or characters.is_control(one)), None)
    if bad is not None:
        raise NotAsSet(f"a header has {characters.describe(bad)}", fix="leave it out")
    return " ".join(words.replace("=?", "= ?").split())


def sender_of(message: str) -> str:
    """The address that a finished message is from."""
    field = BytesParser(policy=policy.default).parsebytes(message.encode("ascii"), headersonly=True)["From"]
    return str(field.addresses[0].addr_spec)


def read_again(message: str) -> dict[str, str | None]:
    """What a finished message says: `from`, `reply_to`, `text` and `html`; of a redacted one, nothing."""
    read = BytesParser(policy=policy.default).parsebytes(message.encode())
    parts = {"text": read.get_body(("plain",)), "html": read.get_body(("html",))} if read.is_multipart() else {}
    said = {name: part.get_content() if part else None for name, part in parts.items()}
    return {"from": read["From"], "reply_to": read["Reply-To"], "text": None, "html": None} | said


def message_id(*made_of: object, domain: str) -> str:
    """An id that is the same for the same things, and says none of them."""
    return f"<{_digest(*made_of)}@{domain}>"


def thread_of(store: str, what: str, number: int) -> str:
    """The id that all letters about a case, or about a customer, answer."""
    return message_id("thread", store, what, number, domain="owncase")


def _known(mailbox: Mailbox) -> Mailbox:
    return Mailbox(plain(mailbox.name)[:LONGEST_NAME].strip(), text.email(mailbox.address))


def _written(mailbox: Mailbox) -> str:
    name = mailbox.name
    if len(name) <= SHORT and name.isascii():
        quoted = name if _PHRASE.fullmatch(name) else '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    else:
        quoted = _encoded(name)
    return f"{quoted}{FOLD if len(quoted) > SHORT else ' '}<{mailbox.address}>"


def _encoded(words: str) -> str:
    """A text as it may stand in a header: as it is, or in base64 words (RFC 2047) on lines of their own."""
    if len(words) <= SHORT and words.isascii():
        return words
    return FOLD.join(f"=?utf-8?b?{b64encode(part).decode()}?=" for part in _parts(words))


def _parts(words: str) -> Iterator[bytes]:
    part = b""
    for character in words.encode().decode():
        if len(part) + len(one := character.encode()) > WORD_BYTES:
            yield part
            part = b""
        part += one
    yield part


def _body(words: Words, thread: str) -> bytes:
    message = EmailMessage(policy=WIRE)
    message.set_content(words.text, charset="utf-8")
    message.add_alternative(words.html, subtype="html", charset="utf-8")
    message.set_boundary(f"=={_digest(words.text, words.html, thread)}==")  # the same letter is the same bytes
    return message.as_bytes()


def _date(moment: str) -> str:
    return format_datetime(datetime.fromisoformat(moment))


def _digest(*made_of: object) -> str:
    return sha256("\n".join(map(str, made_of)).encode()).hexdigest()[:32]


def _is_as_set(finished: bytes, fields: dict[str, str | list[Mailbox]]) -> None:
    again = BytesParser(policy=policy.default).parsebytes(finished)
    if sorted(again.keys()) != sorted([*fields, *MIME]) or again.defects:
        raise NotAsSet("a text of this letter would become another header", fix="say it in other words")
    for name, value in fields.items():
        field = again[name]
        if isinstance(value, list):
            read: object = [Mailbox(_solid(one.display_name), one.addr_spec) for one in field.addresses]
            said: object = [Mailbox(_solid(one.name), one.address) for one in value]
        else:
            read, said = _solid(str(field)), _solid(value)
        if read != said:
            raise NotAsSet(f"{name} cannot be written as it is", fix="say it in other words")


def _solid(words: str) -> str:
    """Without spaces, because the parser puts some of its own between the encoded words of a name."""
    return "".join(words.split())
