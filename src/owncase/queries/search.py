"""Which cases hold all of these words, each anywhere in what was ever written in them, or in the customer's name?

A word counts where a word begins with it, or is it if it is shorter than three characters; case and accents do not
count. Every word is quoted, so nothing typed is an operator. What was changed since, an old title, is still found.
"""

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from owncase.domain.text import search_tokens
from owncase.queries.case_story import case_objects
from owncase.queries.fitting import folded

if TYPE_CHECKING:
    from owncase.store.reader import Reader

PREFIX = 3
"""Shorter words stand for themselves only: too much begins with them."""
DIGITS = 15
"""No case has a number of more digits."""

TEXTS = "SELECT rowid FROM text_index WHERE text_index MATCH :phrase"
WRITTEN = """
SELECT DISTINCT e.case_number FROM json_each(:texts) AS i CROSS JOIN text AS t ON t.id = i.value
CROSS JOIN event AS e ON e.seq = t.event WHERE e.case_number IS NOT NULL
"""
TEXTS_OF = """
SELECT e.case_number, t.id FROM json_each(:cases) AS i CROSS JOIN event AS e ON e.case_number = i.value
CROSS JOIN text AS t ON t.event = e.seq
"""
NAMED = """
SELECT number FROM cases WHERE number = :number
UNION SELECT number FROM cases WHERE external = :token COLLATE NOCASE AND external IS NOT NULL
"""
CUSTOMERS = "SELECT id, key || ' ' || name FROM customer"
SERVED = "SELECT number FROM cases WHERE customer IN (SELECT value FROM json_each(:customers))"
ORDERED = """
SELECT number FROM cases WHERE number IN (SELECT value FROM json_each(:numbers))
ORDER BY status <> 'open', next_due IS NULL, next_due, number DESC LIMIT :most
"""


def search(reader: "Reader", words: str, now: str, *, limit: int = 0) -> tuple[list[dict[str, Any]], int]:
    """The cases found, open ones first by due, and how many there are in all. No word finds nothing.

    Raises BadData for more than 1,000 characters.
    """
    tokens = dict.fromkeys(search_tokens(words))
    customers = _named(reader) if tokens else {}
    held = [_Held(_texts(reader, token), _besides(reader, token, customers)) for token in tokens]
    found: set[int] | None = None
    for one in sorted(held, key=lambda one: len(one.texts) + len(one.cases)):
        found = _written(reader, one.texts) | one.cases if found is None else found & _kept(reader, one, found)
        if not found:
            break
    if not found:
        return [], 0
    rows = reader.rows(ORDERED, numbers=json.dumps(sorted(found)), most=limit or -1)
    return case_objects(reader, [row["number"] for row in rows], now), len(found)


class _Held(NamedTuple):
    """Where a word stands: in texts, and in what else is known of cases."""

    texts: set[int]
    cases: set[int]


def _texts(reader: "Reader", token: str) -> set[int]:
    phrase = f'"{token}"*' if len(token) >= PREFIX else f'"{token}"'
    return {text for (text,) in _tuples(reader, TEXTS, phrase=phrase)}


def _named(reader: "Reader") -> dict[int, str]:
    """Key and name of each customer, folded."""
    return {customer: folded(text) for customer, text in _tuples(reader, CUSTOMERS)}


def _besides(reader: "Reader", token: str, customers: dict[int, str]) -> set[int]:
    """Cases of this number or external id, and those of customers whose name or key holds the word."""
    number = int(token) if token.isascii() and token.isdigit() and len(token) <= DIGITS else None
    rows = reader.rows(NAMED, number=number, token=token)
    wanted, whole = folded(token), len(token) < PREFIX
    served = [
        customer
        for customer, text in customers.items()
        if wanted in text and any(word == wanted if whole else word.startswith(wanted) for word in _words(text))
    ]
    rows += reader.rows(SERVED, customers=json.dumps(served)) if served else []
    return {row["number"] for row in rows}


def _written(reader: "Reader", texts: set[int]) -> set[int]:
    return {case for (case,) in _tuples(reader, WRITTEN, texts=json.dumps(sorted(texts)))}


def _kept(reader: "Reader", held: _Held, found: set[int]) -> set[int]:
    """Which of the cases found so far hold this word too; the way that touches fewer rows is taken."""
    if len(held.texts) <= len(found):
        return _written(reader, held.texts) | held.cases
    texts = _tuples(reader, TEXTS_OF, cases=json.dumps(sorted(found)))
    return {case for case, text in texts if text in held.texts} | held.cases


def _tuples(reader: "Reader", sql: str, **values: Any) -> list[tuple[Any, ...]]:
    """Rows as tuples, because there may be very many."""
    cursor = reader.connection.cursor()
    cursor.row_factory = None
    return cursor.execute(sql, values).fetchall()


def _words(text: str) -> list[str]:
    return "".join(character if character.isalnum() else " " for character in text).split()
