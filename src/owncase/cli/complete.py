"""Completion of case numbers, handles and customer keys: `sqlite3` only, read-only, and silent on trouble."""

from typing import Any

import typer

from owncase.cli.context import invocation_of

MOST = 200
"""How many candidates a shell is offered."""

CASES = 'SELECT "case", title FROM case_view WHERE status = \'open\' ORDER BY "case" DESC LIMIT :most'
HANDLES = "SELECT handle, name FROM person_view WHERE active ORDER BY handle LIMIT :most"
CUSTOMERS = "SELECT key, name FROM customer_view ORDER BY key LIMIT :most"


def cases(ctx: typer.Context) -> list[tuple[str, str]]:
    """Numbers of open cases, newest first, with their titles."""
    return _ask(ctx, CASES)


def handles(ctx: typer.Context) -> list[tuple[str, str]]:
    """Handles of the people of the team, with their names."""
    return _ask(ctx, HANDLES)


def customers(ctx: typer.Context) -> list[tuple[str, str]]:
    """Keys of customers, with their names."""
    return _ask(ctx, CUSTOMERS)


def whoever(ctx: typer.Context) -> list[tuple[str, str]]:
    """Whatever `who` can be asked about."""
    return [*handles(ctx), *customers(ctx), *cases(ctx)]


def _ask(ctx: typer.Context, question: str) -> list[tuple[str, str]]:
    try:
        return [(str(value), _one_line(text)) for value, text in _rows(ctx, question)]
    except Exception:  # noqa: BLE001 - a Tab key must never print an error into somebody's command line
        return []


def _rows(ctx: typer.Context, question: str) -> list[Any]:
    import sqlite3  # only completion of values needs it

    store = invocation_of(ctx).desk.store.absolute()
    connection = sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True, timeout=0.2)
    try:
        return connection.execute(question, {"most": MOST}).fetchall()
    finally:
        connection.close()


def _one_line(text: str) -> str:
    from owncase.render.safe import safe  # only completion of values needs it

    return safe(text, one_line=True)
