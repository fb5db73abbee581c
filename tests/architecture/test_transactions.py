"""Transactions begin and end in one module, so that nothing can be saved without passing its checks."""

import ast
from pathlib import Path

import owncase

ROOT = Path(owncase.__file__).parent
ENGINE = Path("store/engine.py")
TAKES_BACK = Path("store/own_checks.py")
"""Asks the full-text index to check itself, which SQLite takes for a write, inside a savepoint that is rolled back."""


def test_only_the_engine_begins_and_commits() -> None:
    found = {
        f"{file.relative_to(ROOT)}:{line}"
        for file in ROOT.rglob("*.py")
        if file.relative_to(ROOT) not in {ENGINE, TAKES_BACK}
        for line in transactions(ast.parse(file.read_text("utf-8")))
    }
    assert found == set()


def test_what_is_taken_back_is_never_kept() -> None:
    source = (ROOT / TAKES_BACK).read_text("utf-8")
    assert len(transactions(ast.parse(source))) == 1
    assert source.count("SAVEPOINT") == source.count("rollback()") == 1
    assert not any(word in source for word in ("COMMIT", "commit(", "RELEASE", "BEGIN"))


def transactions(tree: ast.AST) -> set[int]:
    """Lines that call `.commit(…)` or `.begin…(…)`, or that hold SQL which begins or commits."""
    return {node.lineno for node in ast.walk(tree) if _is_call(node) or _is_sql(node)}  # type: ignore[attr-defined]


def _is_call(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return node.func.attr in {"commit", "begin", "begin_nested"}


def _is_sql(node: ast.AST) -> bool:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    return node.value.strip().startswith(("BEGIN", "COMMIT", "END TRANSACTION", "SAVEPOINT"))


def test_the_finder_finds() -> None:
    source = "session.commit()\nconnection.execute('BEGIN IMMEDIATE')\nengine.begin()\nordinary('begin')"
    assert transactions(ast.parse(source)) == {1, 2, 3}
