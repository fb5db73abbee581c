"""Which customers and people fit an e-mail address, a phone number or words, by themselves or by a contact there?

SQL narrows a hundred thousand names and numbers down to a few, and only those are looked at by the rules of languages
and of phone numbers.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from owncase.store.reader import Reader

_ADDRESS = re.compile(r"(?:mailto:|[^<>]*<)?([^\s<>@:]+@[^\s<>@]+)>?", re.IGNORECASE)
_SPECIAL = re.compile(r"[%_\\]")
LONGEST = 100
SHORTEST_PHONE = 7

_CONTACTS = "FROM contact AS c JOIN customer AS u ON u.id = c.customer WHERE c.active"
ADDRESSED = f"""
SELECT 'customer' AS kind, key AS name, NULL AS contact FROM customer WHERE email = :address COLLATE NOCASE
UNION ALL SELECT 'customer', u.key, c.name {_CONTACTS} AND c.email = :address COLLATE NOCASE
UNION ALL SELECT 'person', handle, NULL FROM person WHERE email = :address COLLATE NOCASE
"""  # noqa: S608 - the program's own words
REACHED = f"""
SELECT 'customer' AS kind, key AS name, NULL AS contact, phone FROM customer WHERE phone LIKE :holds
UNION ALL SELECT 'customer', key, contact, contact FROM customer WHERE contact LIKE :holds
UNION ALL SELECT 'customer', u.key, c.name, c.phone {_CONTACTS} AND c.phone LIKE :holds
UNION ALL SELECT 'person', handle, NULL, phone FROM person WHERE phone LIKE :holds
"""  # noqa: S608 - the program's own words
_HOLDS = r"({0} LIKE :holds ESCAPE '\' OR length({0}) <> length(CAST({0} AS BLOB)))"
NAMED = f"""
SELECT 'customer' AS kind, key AS name, NULL AS contact, name AS called FROM customer
WHERE {_HOLDS.format("name")} OR key LIKE :holds ESCAPE '\\'
UNION ALL SELECT 'customer', key, contact, contact FROM customer WHERE {_HOLDS.format("contact")}
UNION ALL SELECT 'customer', u.key, c.name, c.name {_CONTACTS} AND {_HOLDS.format("c.name")}
UNION ALL SELECT 'person', handle, NULL, name FROM person WHERE active AND {_HOLDS.format("name")}
"""  # noqa: S608 - the program's own words


class Hit(NamedTuple):
    """A customer by key or a person by handle, and the contact there who was found, if it was one."""

    kind: str
    name: str
    contact: str | None = None


def fitting(reader: "Reader", text: str, *kinds: str) -> list[Hit]:
    """Who fits a text, each once: by e-mail address or phone number where it reads as one and somebody has it, else by
    words. `kinds` are those looked for, customers first.
    """
    found: list[Hit] = []
    if address := _ADDRESS.fullmatch(text.strip()):
        found = [_hit(row) for row in reader.rows(ADDRESSED, address=address[1])]
    elif is_phone(text):
        found = _by_phone(reader, text)
    return _once(found, kinds) or _once(_by_words(reader, text, kinds), kinds)


def is_phone(text: str) -> bool:
    """Whether a whole text reads as a phone number."""
    if sum(map(str.isdigit, text)) < SHORTEST_PHONE:
        return False
    from owncase.domain.phone import reads_as_phone  # few look for a number

    return reads_as_phone(text)


def folded(text: str) -> str:
    """A text for comparing: without case and accents."""
    if text.isascii():
        return text.lower()
    import unicodedata  # most names need none

    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def _by_phone(reader: "Reader", text: str) -> list[Hit]:
    """Whose number is most the one looked for; all of them where several are equally so."""
    from owncase.domain import phone  # few look for a number

    wanted = phone.plain(text)
    ending = phone.digits(phone.parts(wanted)[0])[-phone.ENDING :]
    known: dict[str, int] = {}
    rows = reader.rows(REACHED, holds=f"%{'%'.join(ending)}%")
    for number in dict.fromkeys(row["phone"] for row in rows):
        if phone.digits(phone.parts(number)[0]).endswith(ending):
            known[number] = phone.sameness(wanted, number)
    best = max(known.values(), default=0)
    return [_hit(row) for row in rows if best and known.get(row["phone"]) == best]


def _by_words(reader: "Reader", text: str, kinds: Sequence[str]) -> list[Hit]:
    """Who has a name of which each word given here begins a word; those of exactly this name stand alone."""
    wanted = folded(text).split()
    if not wanted:
        return []
    longest = max(wanted, key=len)[:LONGEST]
    holds = "%" + _SPECIAL.sub(r"\\\g<0>", longest) + "%" if longest.isascii() else ""
    rows = [row for row in reader.rows(NAMED, holds=holds) if row["kind"] in kinds]
    whole = [row for row in rows if folded(row["called"]).split() == wanted]
    return [_hit(row) for row in whole or rows if whole or _begin(wanted, _words(row))]


def _words(row: dict[str, Any]) -> list[str]:
    """The words of a name; of a customer's also those of its key."""
    name = folded(row["called"])
    key = row["name"] if row["kind"] == "customer" and row["contact"] is None else ""
    return [*re.split(r"[\W_]+", f"{name} {key}"), *name.split()]


def _begin(wanted: Iterable[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(token) for word in words) for token in wanted)


def _once(found: Iterable[Hit], kinds: Sequence[str]) -> list[Hit]:
    """Each customer and person once, a customer as itself rather than by a contact."""
    one: dict[tuple[str, str], Hit] = {}
    for hit in sorted(found, key=lambda hit: (hit.kind, hit.name, hit.contact is not None)):
        if hit.kind in kinds:
            one.setdefault((hit.kind, hit.name), hit)
    return list(one.values())


def _hit(row: dict[str, Any]) -> Hit:
    return Hit(row["kind"], row["name"], row["contact"])
