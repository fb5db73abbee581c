"""Completion of case numbers, handles and customer keys: `sqlite3` only, read-only, and silent on trouble."""

from typing import Any

import typer

from owncase.cli.context import invocation_of

MOST = 200
"""How many candidates a shell is offered."""

LAST = chr(0x10FFFF)
"""Comes after every character of a key."""
LONGEST_NUMBER = 15

OPEN = "SELECT number, title FROM cases WHERE status = 'open' ORDER BY number DESC LIMIT :most"
CASES = """
SELECT k.number, k.title FROM json_each(:spans) AS s
CROSS JOIN cases AS k ON k.number BETWEEN s.value ->> 0 AND s.value ->> 1
WHERE k.status = 'open' ORDER BY k.number DESC LIMIT :most
"""
HANDLES = (
    "SELECT handle, name FROM person_view WHERE active AND handle BETWEEN :from AND :to ORDER BY handle LIMIT :most"
)
CONTACTS = """
SELECT u.key || '.' || c.n AS contact, c.name FROM customer AS u
CROSS JOIN contact AS c ON c.customer = u.id AND c.active
WHERE u.key BETWEEN :from AND :to ORDER BY u.key, c.n LIMIT :most
"""
PLAYBOOKS = (
    "SELECT playbook, title FROM playbook_view"
    " WHERE active AND playbook BETWEEN :from AND :to ORDER BY playbook LIMIT :most"
)
CUSTOMERS = "SELECT key, name FROM customer_view WHERE key BETWEEN :from AND :to ORDER BY key LIMIT :most"


def cases(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Numbers of open cases, newest first, with their titles; customers for whoever begins a word."""
    if not incomplete:
        return _ask(ctx, OPEN)
    if incomplete.isascii() and incomplete.isdigit():
        return _ask(ctx, CASES, spans=_numbers_from(incomplete))
    return customers(ctx, incomplete)


def handles(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Handles of the people of the team, with their names."""
    return _ask(ctx, HANDLES, **_words_from(incomplete))


def customers(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Keys of customers, with their names."""
    return _ask(ctx, CUSTOMERS, **_words_from(incomplete))


def contacts(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Customers and numbers of their contacts, with their names."""
    return _ask(ctx, CONTACTS, **_words_from(incomplete.rpartition(".")[0] or incomplete))


def playbooks(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Keys of playbooks in use, with their titles."""
    return _ask(ctx, PLAYBOOKS, **_words_from(incomplete))


def whoever(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Whatever `who` can be asked about."""
    found = dict(handles(ctx, incomplete)) | dict(customers(ctx, incomplete)) | dict(cases(ctx, incomplete))
    return list(found.items())


def _words_from(beginning: str) -> dict[str, str]:
    return {"from": beginning, "to": beginning + LAST}


def _numbers_from(digits: str) -> str:
    """Every span of numbers that begin with these digits, so that the index finds them: 42, 420 to 429, …"""
    number = int(digits[:LONGEST_NUMBER])
    return str([[number * 10**more, (number + 1) * 10**more - 1] for more in range(LONGEST_NUMBER - len(digits))])


def _ask(ctx: typer.Context, question: str, **values: str) -> list[tuple[str, str]]:
    try:
        return [(str(value), _one_line(text)) for value, text in _rows(ctx, question, values)]
    except Exception:  # noqa: BLE001 - a Tab key must never print an error into somebody's command line
        return []


def _rows(ctx: typer.Context, question: str, values: dict[str, str]) -> list[Any]:
    import sqlite3  # only completion of values needs it

    store = invocation_of(ctx).desk.store.absolute()
    connection = sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True, timeout=0.2)
    try:
        return connection.execute(question, {"most": MOST, **values}).fetchall()
    finally:
        connection.close()


def _one_line(text: str) -> str:
    from owncase.render.safe import safe  # only completion of values needs it

    return safe(text, one_line=True)
