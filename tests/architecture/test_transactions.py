"""Transactions begin and end in one module, so that nothing can be saved without passing its checks."""

import ast
from pathlib import Path

import owncase

ROOT = Path(owncase.__file__).parent
ENGINE = Path("store/engine.py")


def test_only_the_engine_begins_and_commits() -> None:
    found = {
        f"{file.relative_to(ROOT)}:{line}"
        for file in ROOT.rglob("*.py")
        if file.relative_to(ROOT) != ENGINE
        for line in transactions(ast.parse(file.read_text("utf-8")))
    }
    assert found == set()


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
