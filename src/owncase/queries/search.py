"""Which cases hold all of these words, each anywhere in what was ever written in them, or in the customer's name?

A word counts where a word begins with it, or is it if it is shorter than three characters; case and accents do not
count. Every word is quoted, so nothing typed is an operator. What was changed since, an old title, is still found.
"""

from typing import TYPE_CHECKING, Any

from owncase.domain.text import search_tokens
from owncase.queries.case_story import case_objects
from owncase.queries.lookup import folded

if TYPE_CHECKING:
    from owncase.store.reader import Reader

PREFIX = 3
"""Shorter words stand for themselves only: too much begins with them."""
DIGITS = 15
"""No case has a number of more digits."""

WRITTEN = """
SELECT e.case_number AS number FROM text_index AS i CROSS JOIN text AS t ON t.id = i.rowid
CROSS JOIN event AS e ON e.seq = t.event WHERE text_index MATCH :phrase AND e.case_number IS NOT NULL
"""
NAMED = "SELECT number FROM cases WHERE number = :number OR external = :token COLLATE NOCASE"
SERVED = "SELECT number FROM cases WHERE customer IN (SELECT value FROM json_each(:customers))"
ORDERED = """
SELECT number FROM cases WHERE number IN (SELECT value FROM json_each(:numbers))
ORDER BY status <> 'open', next_due IS NULL, next_due, number DESC LIMIT :most
"""


def search(reader: "Reader", words: str, now: str, *, limit: int = 0) -> tuple[list[dict[str, Any]], int]:
    """The cases found, open ones first by due, and how many there are in all. No word finds nothing.

    Raises BadData for more than 1,000 characters.
    """
    found: set[int] | None = None
    for token in sorted(search_tokens(words), key=len, reverse=True):
        holding = _holding(reader, token)
        found = holding if found is None else found & holding
        if not found:
            return [], 0
    if not found:
        return [], 0
    import json  # only something found needs it

    rows = reader.rows(ORDERED, numbers=json.dumps(sorted(found)), most=limit or -1)
    return case_objects(reader, [row["number"] for row in rows], now), len(found)


def _holding(reader: "Reader", token: str) -> set[int]:
    phrase = f'"{token}"*' if len(token) >= PREFIX else f'"{token}"'
    number = int(token) if token.isascii() and token.isdigit() and len(token) <= DIGITS else None
    rows = reader.rows(WRITTEN, phrase=phrase) + reader.rows(NAMED, number=number, token=token)
    if customers := _customers(reader, token):
        import json  # only a customer found needs it

        rows += reader.rows(SERVED, customers=json.dumps(customers))
    return {row["number"] for row in rows}


def _customers(reader: "Reader", token: str) -> list[int]:
    wanted, whole = folded(token), len(token) < PREFIX
    return [
        row["id"]
        for row in reader.rows("SELECT id, key, name FROM customer")
        if any(word == wanted if whole else word.startswith(wanted) for word in _words(f"{row['key']} {row['name']}"))
    ]


def _words(text: str) -> list[str]:
    return "".join(character if character.isalnum() else " " for character in folded(text)).split()
